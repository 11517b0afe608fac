// Texts that wait or were not seen to arrive: the session's page says so, and a person decides.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectText, sessionRow, terminalOf, textOf } from './screen.ts';
import { expect, test } from './test.ts';

// Many steps in one world: the machine may be busy with others.
test.slow();

test('a message that waits is sent all the same, or discarded; one that was not seen to arrive is sent again', async ({
  world,
  host,
}) => {
  const seen = join(world.home, '..', 'seen');
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const spawn = (name: string, command: string) =>
    world.athene('spawn', '-a', 'custom', '--name', name, '--command', command);
  await spawn('asker', world.fakeAgent('asks', '--answers', '2'));
  // Says nothing of what it hears, until it is told to.
  await spawn('silent', `stty -echo; echo ready; while read -r l; do [ -e '${seen}' ] && echo "heard $l"; done`);
  const page = await host.open();

  await test.step('it waits for a question to be answered', async () => {
    await sessionRow(page, 'asker').click();
    const terminal = terminalOf(page, 'asker');
    await expectText(terminal, 'Do you want to proceed?');
    for (const text of ['first text', 'second text']) {
      const sent = await world.athene('send', 'repo-1', text, '--timeout', '1');
      expect(sent.stdout + sent.stderr).toMatch(/queued/i);
    }
    // Those behind it wait for nothing but their turn, which is no news.
    const waiting = page.getByRole('status', { name: 'A message waits.' });
    await expect(waiting).toContainText('first text');
    await waiting.getByRole('button', { name: 'Discard' }).click();
    await expect(page.getByText('Discarded a text for asker')).toBeVisible();
    await expect(waiting).toContainText('second text');
    await waiting.getByRole('button', { name: 'Send anyway' }).click();
    await expectText(terminal, `got ${Buffer.from('second text').toString('hex')} then enter`);
    await expect(waiting).toHaveCount(0);
    expect(await textOf(terminal)).not.toContain(Buffer.from('first text').toString('hex'));
  });

  await test.step('nothing shows that it arrived', async () => {
    await sessionRow(page, 'silent').click();
    const terminal = terminalOf(page, 'silent');
    await expectText(terminal, 'ready');
    const doubtful = page.getByRole('alert', { name: /^A message was typed; nothing on the screen shows/ });
    await world.athene('send', 'repo-2', 'are you there');
    await expect(doubtful).toContainText('are you there');
    writeFileSync(seen, '');
    await doubtful.getByRole('button', { name: 'Send again' }).click();
    await expectText(terminal, 'heard are you there');
    await expect(doubtful).toHaveCount(0);
  });

  await test.step('a saved reply stands behind a slash, and an agent’s own command goes as it is', async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText('Saved replies of repo').click();
    await page.getByLabel('Replies', { exact: true }).fill('go on\n\nrun the tests');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved the replies of repo')).toBeVisible();
    await sessionRow(page, 'silent').click();
    const terminal = terminalOf(page, 'silent');
    const bar = page.getByRole('textbox', { name: 'Message silent' });
    await bar.fill('/');
    await expect(page.getByRole('option')).toHaveText(['go on', 'run the tests']);
    await bar.press('ArrowDown');
    await bar.press('ArrowDown');
    await bar.press('Enter');
    await expect(bar).toHaveValue('run the tests');
    await bar.press('Enter');
    await expectText(terminal, 'heard run the tests');
    await bar.fill('/go');
    await expect(page.getByRole('option')).toHaveText(['go on']);
    await bar.press('Enter');
    await expectText(terminal, 'heard /go');
  });
});
