// What the worktrees of a project need: said in the settings, kept in config.yaml, done at a spawn, and used beside the agent.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { askForSession, expectText, openDialog, startSession, terminalOf, typeInto } from './screen.ts';
import { expect, test } from './test.ts';
import type { World } from './world.ts';

// Many steps in one world: the machine may be busy with others.
test.slow();

const configOf = ({ home }: World): string => join(home, 'config.yaml');
async function openWork(page: Page) {
  await page.getByRole('button', { name: 'Settings' }).click();
  const projects = page.getByRole('region', { name: 'Projects', exact: true });
  await projects.getByText('Worktrees of repo').click();
  return {
    save: projects.getByRole('button', { name: 'Save' }),
    summary: projects.locator('summary').filter({ hasText: 'Worktrees of repo' }),
    field: (name: string) => projects.getByLabel(name, { exact: true }),
    error: projects.locator('[aria-invalid] + p'),
  };
}

/** As a person edits the file beside the open app. */
const edit = (world: World, from: string, to: string): void => {
  const text = readFileSync(configOf(world), 'utf8');
  expect(text).toContain(from);
  writeFileSync(configOf(world), text.replace(from, to));
};

test('what worktrees need is saved into config.yaml, read back from it, done at a spawn, and run beside the agent', async ({
  world,
  host,
}) => {
  writeFileSync(join(world.repository, '.env'), 'KEY=1\n');
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const page = await host.open();
  await test.step('settings', async () => {
    const { save, summary, field, error } = await openWork(page);
    await expect(summary).toContainText('no set-up');
    await expect(save).toBeDisabled();
    await field('Copy').fill('.env\n../outside');
    await expect(error).toContainText('Line 2');
    await expect(save).toBeDisabled();
    await field('Copy').fill('.env');
    await field('Set-up').fill('cat .env\n\n  echo "branch $(git branch --show-current)"  ');
    await field('Tear-down').fill('exit 5');
    await field('Run').fill('echo "port $ATHENE_PORT_BASE"; cat');
    await save.click();
    await expect(page.getByText('Saved what worktrees of repo need')).toBeVisible();
    await expect(save).toBeDisabled();
    const saved = readFileSync(configOf(world), 'utf8');
    expect(saved).toMatch(/^ +copy:\n +- \.env\n/m);
    expect(saved).toMatch(/^ +setUp:\n +- cat \.env\n +- echo "branch \$\(git branch --show-current\)"\n/m);
    expect(saved).toMatch(/^ +tearDown:\n +- exit 5\n/m);
    expect(saved).toMatch(/^ +run: echo "port \$ATHENE_PORT_BASE"; cat\n/m);
    expect(saved).not.toContain('link:');
    edit(world, 'exit 5', 'test ! -e keep');
    await expect(field('Tear-down')).toHaveValue('test ! -e keep');
    await expect(field('Set-up')).toHaveValue('cat .env\necho "branch $(git branch --show-current)"');
    await expect(summary).toContainText('.env copied or linked, then cat .env and 1 more');
  });

  await test.step('a spawn on a branch of one’s own', async () => {
    await openDialog(page);
    const dialog = page.getByRole('dialog', { name: 'New session' });
    await dialog.getByText('More', { exact: true }).click();
    await expect(dialog.getByRole('switch', { name: /^Set up first: \.env copied/ })).toBeChecked();
    await dialog.getByLabel('Branch', { exact: true }).fill('mine/here');
    await dialog.getByLabel('From', { exact: true }).fill('main');
    await startSession(page, { agent: 'Custom command', command: 'echo agent runs; cat', name: 'with work' });
  });
  const agent = terminalOf(page, 'with work');
  await expectText(agent, /Copied \.env[^]*KEY=1[^]*branch mine\/here[^]*agent runs/);
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText('mine/here');
  await expect(inspector).toContainText('Set up.');

  const tab = (name: RegExp) => page.getByRole('tab', { name });
  await test.step('the run command', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(tab(/^run/)).toHaveAttribute('aria-selected', 'true');
    await expectText(agent, /^port \d{4,5}$/m);
    await typeInto(page, agent, 'to the server\n');
    await expectText(agent, /to the server[^]*to the server/);
    await page.getByRole('button', { name: 'Stop the run command' }).click();
    await expect(tab(/^run/)).toHaveAccessibleName(/signal|exit/);
    await expectText(agent, 'to the server');
    edit(world, 'cat\n', 'exit 3\n');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(tab(/^run/)).toHaveAccessibleName('run exit 3');
    await expect(tab(/^run/)).toHaveCount(1);
  });

  await test.step('a shell', async () => {
    await page.getByRole('button', { name: 'Open a shell' }).click();
    await expect(tab(/^shell 1/)).toHaveAttribute('aria-selected', 'true');
    await typeInto(page, agent, 'echo "on $(git branch --show-current)"\n');
    await expectText(agent, /^on mine\/here$/m);
    await tab(/^Agent/).click();
    await expectText(agent, 'agent runs');
    await tab(/^shell 1/).click();
    await typeInto(page, agent, 'touch keep; exit 7\n');
    await expect(tab(/^shell 1/)).toHaveAccessibleName('shell 1 exit 7');
    await page.getByRole('button', { name: 'Close shell 1' }).click();
    await expect(tab(/^shell 1/)).toHaveCount(0);
    await expect(tab(/^Agent/)).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('the tear-down that keeps it from being removed, and what would be put aside', async () => {
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Stop session' }).click();
    await page.getByRole('button', { name: 'Remove worktree' }).click();
    const question = page.getByRole('dialog', { name: /^Remove with work/ });
    await expect(question.getByRole('listitem')).toHaveText(['keep0 B']);
    await question.getByRole('button', { name: 'Remove it' }).click();
    await expect(question.getByRole('alert')).toContainText('The tear-down of');
    await expect(question.getByRole('alert')).toContainText('test ! -e keep');
    await question.getByRole('button', { name: 'Without the tear-down' }).click();
    await expect(question).toBeHidden();
    await expect(page.getByText(/^Removed with work; kept branch mine\/here and snapshot /)).toBeVisible();
    expect(existsSync(join(world.home, 'worktrees', 'repo', 'repo-1'))).toBe(false);
  });
});

test('a session works where the dialog says: in a clone, in the own checkout, in a worktree that is there', async ({
  world,
  host,
}) => {
  const theirs = join(world.repository, '..', 'theirs');
  execFileSync('git', ['worktree', 'add', '-q', '-b', 'theirs', theirs], { cwd: world.repository, env: world.env });
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const page = await host.open();
  const dialog = page.getByRole('dialog', { name: 'New session' });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const agent = { agent: 'Custom command', command: 'echo "in $PWD"; exec sleep 600' };
  const choose = async (label: string): Promise<void> => {
    await openDialog(page);
    await dialog.getByText('More', { exact: true }).click();
    await dialog.getByLabel('Works in', { exact: true }).selectOption({ label });
  };
  await test.step('a clone', async () => {
    await choose('A clone of its own');
    await startSession(page, { ...agent, name: 'cloned' });
    await expectText(terminalOf(page, 'cloned'), 'in ');
    await expect(inspector).toContainText('a clone of its own');
  });
  await test.step('the own checkout, one at a time unless told so', async () => {
    await choose('My own checkout');
    await expect(dialog.getByRole('note')).toContainText(world.repository);
    await expect(dialog.getByLabel('Branch', { exact: true })).toBeHidden();
    await expect(dialog.getByRole('group', { name: 'Checks' })).not.toContainText('from main');
    await startSession(page, { ...agent, name: 'at home' });
    await expectText(terminalOf(page, 'at home'), `in ${world.repository}`);
    await choose('My own checkout');
    await askForSession(page, { ...agent, name: 'beside' });
    await expect(dialog.getByRole('alert')).toContainText(`has its files in ${world.repository}`);
    await expect(dialog.getByLabel('Works in', { exact: true })).toHaveValue('in-place');
    await dialog.getByRole('switch', { name: /^Also beside/ }).click();
    await dialog.getByRole('button', { name: 'Start' }).click();
    await expectText(terminalOf(page, 'beside'), `in ${world.repository}`);
  });
  await test.step('a worktree that is there', async () => {
    await choose('A worktree that is there');
    const path = dialog.getByLabel('Its path', { exact: true });
    await path.fill('theirs');
    await expect(path).toHaveAccessibleDescription('Give the absolute path of a worktree');
    await path.fill(theirs);
    await startSession(page, { ...agent, name: 'guest' });
    await expectText(terminalOf(page, 'guest'), `in ${theirs}`);
    await expect(inspector).toContainText('theirs');
  });
});
