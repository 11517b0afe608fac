// The notice centre on the real thing: an agent asks, the bell counts it, and Open leads to exactly that session.
import { expectText, sessionRow, terminalOf, typeInto } from './screen.ts';
import { expect, test } from './test.ts';

test('a notice opens exactly its session or answers it, says who answered, and is cleared with a way back', async ({
  world,
  host,
}) => {
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const page = await host.open();
  await expect(page.getByRole('button', { name: 'Notices', exact: true })).toBeVisible();
  const ask =
    "stty -echo; echo ready; read line; printf 'Overwrite it? [y/N] '; read answer; echo done $answer; sleep 600";
  for (const name of ['bystander', 'asker', 'second']) {
    const command = name === 'bystander' ? 'sleep 600' : ask;
    const spawned = await world.athene('spawn', '-p', 'repo', '-a', 'custom', '--name', name, '--command', command);
    expect(spawned.stderr).toBe('');
  }
  for (const name of ['second', 'asker']) {
    await sessionRow(page, name).click();
    await expectText(terminalOf(page, name), 'ready');
    await typeInto(page, terminalOf(page, name), 'go\n');
    // Whoever still looks when it asks has read what tells of it.
    await sessionRow(page, 'bystander').click();
  }

  await page.getByRole('button', { name: /^Notices, 2 unread/ }).click();
  const centre = page.getByRole('dialog', { name: 'Notices' });
  await expect(centre.getByText('asker asks you')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(centre).toBeHidden();
  await page.getByRole('button', { name: /^Notices, 2 unread/ }).press('Enter');
  const answered = centre.getByRole('group', { name: 'second asks you' });
  await answered.focus();
  // Answers are taken from a moment after the question came up.
  await expect(async () => {
    await page.keyboard.press('2');
    await expect(answered.getByRole('status')).toContainText(/^(Sending|Sent): No/, { timeout: 500 });
  }).toPass();
  await expect(centre.getByText(/You answered it here\./)).toBeVisible();

  const card = centre.getByRole('group', { name: 'asker asks you' });
  await card.getByRole('button', { name: 'Open', exact: true }).press('Enter');
  await expect(centre).toBeHidden();
  const terminal = terminalOf(page, 'asker');
  await expect(terminal).toBeVisible();
  await expect(page.getByRole('button', { name: 'Notices', exact: true })).toBeVisible();

  await typeInto(page, terminal, 'y\n');
  await expectText(terminal, 'done y');
  await page.getByRole('button', { name: 'Notices', exact: true }).click();
  await expect(centre.getByText(/It was answered in its terminal\./)).toBeVisible();
  await centre.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(centre.getByText('No notices.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Notices', exact: true }).click();
  await expect(centre.getByText(/It was answered in its terminal\./)).toBeVisible();
});

test('the command mutes a session and tries out a notifier', async ({ world }) => {
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const { stdout } = await world.athene('spawn', '-p', 'repo', '-a', 'custom', '--command', 'sleep 600');
  const id = /SESSION=(\S+)/.exec(stdout)?.[1] ?? '';
  expect((await world.athene('session', 'mute', id, '--for', '1h')).stdout).toContain(`${id} is muted until`);
  const show = async () =>
    JSON.parse((await world.athene('session', 'show', id, '--json')).stdout) as { muted: unknown };
  expect((await show()).muted).toEqual({ until: expect.any(Number) as unknown });
  expect((await world.athene('session', 'unmute', id)).stdout).toBe(`${id} is not muted any more.\n`);
  expect((await show()).muted).toBe(null);
  expect((await world.athene('session', 'mute', id, '--for', 'ever')).stderr).toContain('30m, 1h or 2d');

  expect((await world.athene('notify', 'list')).stdout).toContain('urgent   desktop');
  expect((await world.athene('notify', 'test', 'nobody')).stderr).toContain('There is no notifier called "nobody".');
});
