import {
  addProject,
  expectText,
  openDialog,
  sessionRow,
  settledText,
  startSession,
  terminalOf,
  textOf,
  typeInto,
} from './screen.ts';
import { expect, test } from './test.ts';

/** `cat` says each line again: once as its echo, once as its own. */
const twice = (text: string): RegExp => new RegExp(`${text}[^]*${text}`);

test('a repository is added, an agent started in it, seen, typed at, stopped and restored', async ({ world, host }) => {
  const page = await host.open();
  await addProject(page, world.repository);
  await startSession(page, { agent: 'Custom command', command: 'echo ready; cat', name: 'echo chamber' });
  await sessionRow(page, 'echo chamber').click();
  const terminal = terminalOf(page, 'echo chamber');
  await expectText(terminal, 'ready');
  await typeInto(page, terminal, 'hello from a person\n');
  await expectText(terminal, twice('hello from a person'));

  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Stop session' }).click();
  await expect(sessionRow(page, 'echo chamber')).toHaveAccessibleName(/stopped/);
  await expect(page.getByText(/^Ended/).first()).toBeVisible();
  expect(await textOf(terminal)).toMatch(twice('hello from a person'));

  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  // Its new terminal, in which nothing was typed yet.
  await expectText(terminal, /^ready\s*$/);
  await typeInto(page, terminal, 'hello again\n');
  await expectText(terminal, twice('hello again'));
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Stop session' }).click();

  await page.getByRole('button', { name: 'Remove worktree' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(sessionRow(page, 'echo chamber')).toHaveCount(0);
});

test('a reload, and a host that was killed, bring back the screen and the agent', async ({ world, host }) => {
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const spawned = await world.athene(
    ...['spawn', '-a', 'custom', '--name', 'painter'],
    ...['--command', "printf '\\033[?1049h\\033[2J\\033[5;10Hpainted here\\033[7;3H'; cat"],
  );
  expect(spawned.stderr).toBe('');
  let page = await host.open();
  await sessionRow(page, 'painter').click();
  let terminal = terminalOf(page, 'painter');
  await expectText(terminal, 'painted here');
  const before = await settledText(terminal);

  await page.reload();
  await sessionRow(page, 'painter').click();
  await expect.poll(() => textOf(terminal)).toBe(before);

  await host.kill9();
  if (host.name === 'browser')
    await expect(page.getByRole('status', { name: 'Connection' })).not.toContainText('Connected');
  await host.start();
  // A tab comes back by itself; a window went with its app and is opened again.
  if (host.name !== 'browser') page = await host.again(page);
  terminal = terminalOf(page, 'painter');
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Connected', { timeout: 30_000 });
  await expect.poll(() => textOf(terminal)).toBe(before);
  await expect(sessionRow(page, 'painter')).toHaveAccessibleName(/working|idle/);
});

test('what the command does shows in an open window by itself', async ({ world, host }) => {
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const page = await host.open();
  await expect(page.getByText('repo').first()).toBeVisible();
  await world.athene('spawn', '-a', 'custom', '--command', 'sleep 600', '--name', 'from the command');
  await expect(sessionRow(page, 'from the command')).toBeVisible();
  const { stdout } = await world.athene('status', '--json');
  const { data } = JSON.parse(stdout) as { data: { id: string }[] };
  await world.athene('session', 'kill', data[0]?.id ?? '');
  await expect(sessionRow(page, 'from the command')).toHaveAccessibleName(/stopped/);
});

test('two tabs see the same terminal, one has its keyboard, and the other can take it over', async ({
  world,
  host,
}) => {
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  await world.athene('spawn', '-a', 'custom', '--command', 'echo ready; cat', '--name', 'shared');
  const [first, second] = [await host.open(), await host.open()];
  for (const page of [first, second]) {
    await page.bringToFront();
    await sessionRow(page, 'shared').click();
    await expectText(terminalOf(page, 'shared'), 'ready');
  }
  await typeInto(second, terminalOf(second, 'shared'), 'typed in the second\n');
  for (const page of [first, second]) await expectText(terminalOf(page, 'shared'), twice('typed in the second'));

  await first.bringToFront();
  await expect(first.getByText(/read-only/i).first()).toBeVisible();
  await first.getByRole('button', { name: 'Take over' }).click();
  await typeInto(first, terminalOf(first, 'shared'), 'now from the first\n');
  for (const page of [first, second]) await expectText(terminalOf(page, 'shared'), twice('now from the first'));
});

test('bad input is refused with what to do, and nothing typed is lost', async ({ world, host }) => {
  const page = await host.open();
  await addProject(page, '/');
  await expect(page.getByRole('alert')).toContainText(/not a git repository/i);
  await expect(page.getByLabel('Path of the repository')).toHaveValue('/');

  await addProject(page, world.repository);
  const dialog = page.getByRole('dialog', { name: 'New session' });
  await dialog.getByLabel('What should it do?').fill('A prompt worth keeping');
  await dialog.getByLabel('Agent', { exact: true }).selectOption({ label: 'Custom command' });
  await dialog.getByLabel('Command', { exact: true }).fill('sleep 600');
  await dialog.getByText('More').click();
  await dialog.getByLabel('From', { exact: true }).fill('no-such-branch');
  await dialog.getByRole('button', { name: 'Start' }).click();
  const failed = page.getByRole('button', { name: /A prompt worth keeping.*not started/ });
  await expect(failed).toBeVisible();
  await failed.click();
  await expect(page.getByRole('alert')).toContainText('no-such-branch');
  await page.getByRole('button', { name: 'Edit and retry' }).click();
  await expect(dialog.getByLabel('What should it do?')).toHaveValue('A prompt worth keeping');
});

test('the draft of the dialog outlives a reload', async ({ world, host }) => {
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const page = await host.open();
  await openDialog(page);
  const dialog = page.getByRole('dialog', { name: 'New session' });
  await dialog.getByLabel('What should it do?').fill('Half a thought');
  await expect(dialog.getByText('Draft saved')).toBeVisible();
  await page.reload();
  await openDialog(page);
  await expect(dialog.getByLabel('What should it do?')).toHaveValue('Half a thought');
});

test('the sandbox project and its demo agent go the whole way, without any account', async ({ host }) => {
  const page = await host.open();
  await page.getByRole('button', { name: 'Try the sandbox project' }).click();
  const dialog = page.getByRole('dialog', { name: 'New session' });
  await expect(dialog.getByLabel('What should it do?')).not.toHaveValue('');
  await dialog.getByRole('button', { name: 'Start' }).click();
  const terminal = page.getByRole('region', { name: /^Terminal, / });
  await expectText(terminal, 'Do you want to commit');
  await typeInto(page, terminal, '1');
  await page.keyboard.press('Enter');
  await expectText(terminal, /└ [0-9a-f]{7} /);
});
