// What stands where in the sidebar, and what a row and its page tell of issue and pull request.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { sessionRow } from './screen.ts';
import { expect, test } from './test.ts';
import type { World } from './world.ts';

// Many steps in one world: the machine may be busy with others.
test.slow();

/** Where its orchestrator would stand. */
const lead = 'Start orchestrator of repo';

/** Names of all rows, from top to bottom: groups, projects, sessions. */
const rows = (page: Page): Promise<string[]> =>
  page
    .getByRole('list', { name: 'Sessions by project' })
    .locator('[data-row]')
    .evaluateAll((all) => all.map((row) => row.getAttribute('aria-label')?.split(',')[0] ?? ''));

const act = async (page: Page, name: string, action: string): Promise<void> => {
  await sessionRow(page, name).hover();
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
};

test('sessions are pinned on top and put into the archive, by menu and by key, and come back', async ({
  world,
  host,
}) => {
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  for (const name of ['one', 'two', 'three'])
    await world.athene('spawn', '-a', 'custom', '--name', name, '--command', 'sleep 600');
  const page = await host.open();
  const usual = ['Project repo', lead, 'one', 'two', 'three'];
  await expect.poll(() => rows(page)).toEqual(usual);

  await act(page, 'two', 'Pin');
  await expect.poll(() => rows(page)).toEqual(['Pinned', 'two', 'Project repo', lead, 'one', 'three']);
  await act(page, 'two', 'Unpin');
  await expect.poll(() => rows(page)).toEqual(usual);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => rows(page)).toEqual(['Pinned', 'two', 'Project repo', lead, 'one', 'three']);
  await sessionRow(page, 'two').focus();
  await page.keyboard.press('*');
  await expect.poll(() => rows(page)).toEqual(usual);

  await sessionRow(page, 'three').focus();
  await page.keyboard.press('#');
  await expect(page.getByText('Archived three; its agent runs on')).toBeVisible();
  await expect.poll(() => rows(page)).toEqual(['Project repo', lead, 'one', 'two', 'Archive']);
  await page.reload();
  const archive = page.getByRole('button', { name: 'Archive, 1 sessions' });
  await expect(archive).toHaveAttribute('aria-expanded', 'false');
  await archive.click();
  await expect.poll(() => rows(page)).toEqual(['Project repo', lead, 'one', 'two', 'Archive', 'three']);
  await expect(sessionRow(page, 'three')).toContainText('repo · Custom command');
  await act(page, 'three', 'Take out of the archive');
  await expect.poll(() => rows(page)).toEqual(usual);
  await act(page, 'one', 'Archive');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(() => rows(page)).toEqual(usual);
});

/** Puts a gh on the person's PATH that answers from these values. */
function answerAsGh(world: World, replies: unknown): void {
  const directory = join(dirname(world.repository), 'gh');
  const program = fileURLToPath(new URL('../src-main/lib/fixtures/fake-gh-program.mjs', import.meta.url));
  mkdirSync(directory);
  writeFileSync(join(directory, 'replies.json'), JSON.stringify(replies));
  const line = `exec '${process.execPath}' '${program}' '${directory}' "$@"`;
  writeFileSync(join(directory, 'gh'), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  writeFileSync(join(world.env['HOME'] ?? '', '.profile'), `PATH='${directory}':"$PATH"; export PATH\n`);
}

/** A branch on the remote alone, and a gh that knows it as a pull request. */
function withGitHub(world: World): void {
  const root = dirname(world.repository);
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: world.repository, env: world.env, encoding: 'utf8' });
  const remote = join(root, 'remote.git');
  git('clone', '-q', '--bare', world.repository, remote);
  git('remote', 'add', 'origin', remote);
  git('push', '-q', 'origin', 'main:feat/login', 'main:refs/pull/88/head');
  answerAsGh(world, {
    issues: { '7': { title: 'Login fails now and then', state: 'CLOSED' } },
    pulls: {
      '88': {
        ...{ number: 88, headRefName: 'feat/login', state: 'OPEN', title: 'Login', isDraft: false },
        ...{ headRefOid: git('rev-parse', 'main').trim(), isCrossRepository: false },
        url: 'https://github.com/o/r/pull/88',
      },
    },
  });
}

test.describe('with GitHub', () => {
  // Before a host starts: it asks for the person's PATH once.
  test.beforeEach(({ world }) => withGitHub(world));

  test('the issue and the pull request of a session stand in its row and on its page, and lead there after a question', async ({
    world,
    host,
  }) => {
    await world.athene('project', 'add', world.repository, '--id', 'repo');
    const config = join(world.home, 'config.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^( *)repo:$/m, '$1repo:\n$1  repo: github.com/o/r'));
    const page = await host.open();
    const spawned = await world.athene('spawn', '7', '-a', 'custom', '--command', 'sleep 600');
    expect(spawned.stderr).toBe('');
    const name = 'Login fails now and then';
    await expect(sessionRow(page, name)).toContainText('Custom command · #7');
    await sessionRow(page, name).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await expect(inspector).toContainText(`Issue 7: ${name}`);
    await expect(inspector).toContainText('GitHub has this issue as closed.');
    await expect(inspector).not.toContainText('#88');

    const claimed = await world.athene('session', 'claim-pr', '88', 'repo-1');
    expect(claimed.stderr).toBe('');
    await expect(sessionRow(page, name)).toHaveAccessibleName(/pull request 88 open/);
    await expect(inspector).toContainText('feat/login');
    for (const [link, address] of [
      [`Issue 7: ${name}`, 'https://github.com/o/r/issues/7'],
      ['#88 open', 'https://github.com/o/r/pull/88'],
    ] as const) {
      await inspector.getByRole('button', { name: link }).click();
      const question = page.getByRole('dialog');
      await expect(question).toContainText(address);
      await page.keyboard.press('Escape');
      await expect(question).toBeHidden();
    }
  });
});
