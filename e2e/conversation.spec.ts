// What was said in a session, instead of its terminal: as its agent writes it down, while somebody looks on.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sessionRow, terminalOf } from './screen.ts';
import { expect, test } from './test.ts';
import type { World } from './world.ts';

// Many steps in one world: the machine may be busy with others.
test.slow();

/** Puts a claude on the person's PATH. */
function answerAsClaude(world: World): void {
  const bin = join(dirname(world.repository), 'bin');
  mkdirSync(bin);
  const program = join(import.meta.dirname, 'fake-agents', 'writes-down.mjs');
  writeFileSync(join(bin, 'claude'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, { mode: 0o755 });
  writeFileSync(join(world.env['HOME'] ?? '', '.profile'), `PATH='${bin}':"$PATH"; export PATH\n`);
}

// Before a host starts: it asks for the person's PATH once.
test.beforeEach(({ world }) => answerAsClaude(world));

test('what an agent writes down of its conversation is read beside its terminal, live and back to the beginning', async ({
  world,
  host,
}) => {
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const hostile = 'Go on <img src=x onerror="document.title=1">';
  const spawned = await world.athene('spawn', '-a', 'claude-code', '--name', 'talker', '--prompt', hostile);
  expect(spawned.stderr).toBe('');
  await world.athene('spawn', '-a', 'custom', '--name', 'silent', '--command', 'sleep 600');
  const page = await host.open();
  await sessionRow(page, 'talker').click();
  await expect(terminalOf(page, 'talker')).toBeVisible();
  await page.getByRole('tab', { name: 'Conversation' }).click();
  const conversation = page.getByRole('region', { name: 'Conversation, talker' });
  await expect(conversation).toBeFocused();
  await expect(terminalOf(page, 'talker')).toBeHidden();
  const rows = conversation.getByRole('listitem');
  await expect(rows).toHaveText([
    /^›Told: Go on <img src=x onerror="document.title=1">\d\d:\d\d$/,
    /^Bash, done/,
    /^Agent: Heard: Go on <img src=x onerror="document.title=1">\d\d:\d\d$/,
  ]);

  const tool = rows.nth(1);
  await expect(tool.getByText('seen by look 1')).toBeHidden();
  await tool.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(tool.getByText('seen by look 1')).toBeVisible();

  await page.getByLabel('Message talker').fill('and then?');
  await page.keyboard.press('Enter');
  await expect(rows.last()).toContainText('Heard: and then?');
  await expect(rows).toHaveCount(6);

  // A choice of this window's, which outlives its page.
  await page.reload();
  await expect(rows.last()).toContainText('Heard: and then?');
  await page.getByLabel('Message talker').fill('900 times look again');
  await page.keyboard.press('Enter');
  await expect(rows.last()).toContainText('Heard: look again 900');
  await expect(rows.last()).toBeInViewport();

  // Only its end is read at first; what was said before comes as somebody goes up.
  await page.reload();
  await expect(rows.last()).toContainText('Heard: look again 900');
  await expect(page.getByRole('button', { name: 'Show earlier' })).toBeAttached();
  await expect(async () => {
    await conversation.focus();
    await page.keyboard.press('Home');
    await expect(rows.first()).toContainText(hostile, { timeout: 1000 });
  }).toPass();
  await page.getByRole('button', { name: 'To the end' }).click();
  await expect(rows.last()).toBeInViewport();
  await expect(conversation).toBeFocused();

  await page.keyboard.press('ControlOrMeta+Shift+BracketLeft');
  await expect(terminalOf(page, 'talker')).toBeVisible();
  await sessionRow(page, 'silent').click();
  await page.getByRole('tab', { name: 'Conversation' }).click();
  await expect(page.getByText('keeps no record of its conversation that Athene can read')).toBeVisible();
  await page.getByRole('button', { name: 'Show its terminal' }).click();
  await expect(terminalOf(page, 'silent')).toBeVisible();
  expect(await page.title()).not.toBe('1');
});
