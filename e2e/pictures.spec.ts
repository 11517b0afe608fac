// The pictures of the README, made of the real thing. `ATHENE_PICTURES=docs/images npm test -- e2e` renews them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectText, openDialog, sessionRow, terminalOf } from './screen.ts';
import { expect, test } from './test.ts';
import type { World } from './world.ts';

test.use({ viewport: { width: 1440, height: 900 } });

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['ATHENE_PICTURES'] ?? test.info().outputDir;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

/** A working day: a few sessions in two projects, in different states. */
async function fill(world: World): Promise<void> {
  await world.athene('project', 'add', world.repository, '--id', 'api');
  const spawn = async (...args: string[]): Promise<string> => {
    const { stdout, stderr } = await world.athene('spawn', '--project', 'api', ...args);
    expect(stderr).toBe('');
    return /SESSION=(\S+)/.exec(stdout)?.[1] ?? '';
  };
  const custom = (name: string, command: string): Promise<string> =>
    spawn('--agent', 'custom', '--name', name, '--command', command);
  await custom('cache-warm', world.fakeAgent('spinner'));
  await custom('nav-a11y', world.fakeAgent('exits', '--code', '1', '--kilobytes', '1'));
  await custom('icons', world.fakeAgent('exits', '--code', '0', '--kilobytes', '1'));
  const stopped = await custom('import-job', 'sleep 600');
  await world.athene('session', 'kill', stopped);
  await world.athene('spawn', '427', '--project', 'api', '--agent', 'shell', '--name', 'by hand');
  await world.athene('demo');
}

for (const theme of ['dark', 'light'] as const) {
  test(`pictures of a day, ${theme}`, async ({ world, host }) => {
    const page = await host.open();
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.getByRole('button', { name: 'Try the sandbox project' })).toBeVisible();
    await expect(page.getByText('not found').first()).toBeVisible();
    await picture(page, `welcome-${theme}`);

    await fill(world);
    await sessionRow(page, 'Find the slow function').click();
    const terminal = terminalOf(page, 'Find the slow function');
    await expectText(terminal, 'Do you want to commit');
    await terminal.click();
    await expect(sessionRow(page, 'nav-a11y')).toHaveAccessibleName(/crashed/);
    await expect(sessionRow(page, 'Find the slow function')).toHaveAccessibleName(/asks/);
    await picture(page, `session-${theme}`);

    await openDialog(page);
    const dialog = page.getByRole('dialog', { name: 'New session' });
    await dialog
      .getByLabel('What should it do?')
      .fill(
        'The login test fails about one run in five since Monday. Find the race, fix it, and prove it with 50 green runs.',
      );
    await expect(dialog.getByText('Draft saved')).toBeVisible();
    await picture(page, `spawn-${theme}`);
  });
}

/** Cheap agents that ask as programs do, and wait. */
const cheapAsk = (number: number): string => `printf 'Overwrite part-${number}.json? [y/N] '; read -r line; sleep 600`;

test('pictures of the queue with nobody, three and forty waiting', async ({ world, host }) => {
  test.skip(process.env['ATHENE_PICTURES'] === undefined, 'Forty agents are started only to be drawn.');
  test.setTimeout(900_000);
  const page = await host.open();
  const inBothThemes = async (name: string): Promise<void> => {
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      // Colours change within a moment, and a picture of that moment has both.
      await page.waitForFunction(() => !document.getAnimations().some((each) => each instanceof CSSTransition));
      await picture(page, `queue-${name}-${theme}`);
    }
  };
  await world.athene('project', 'add', world.repository, '--id', 'api');
  const custom = (name: string, command: string) =>
    world.athene('spawn', '--project', 'api', '--agent', 'custom', '--name', name, '--command', command);
  for (const name of ['cache-warm', 'ui-kit', 'tf-upgrade']) await custom(name, world.fakeAgent('spinner'));
  await page.getByRole('button', { name: /^Queue/ }).click();
  await expect(page.getByText('Nobody is waiting.')).toBeVisible();
  await expect(page.getByText('3 sessions work.')).toBeVisible();
  await inBothThemes('0');

  await world.athene('demo');
  await custom('nav-a11y', world.fakeAgent('exits', '--code', '1', '--kilobytes', '1'));
  await expect(page.getByRole('button', { name: /^3 sessions wait/ })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: /^Preview of/ })).toContainText('Do you want to commit');
  await expect(page.getByRole('group', { name: 'Answers' })).toHaveCount(3);
  await inBothThemes('3');

  for (let number = 1; number <= 37; number += 1) await custom(`part-${number}`, cheapAsk(number));
  await expect(page.getByRole('button', { name: /^40 sessions wait/ })).toBeVisible({ timeout: 60_000 });
  await inBothThemes('40');
});
