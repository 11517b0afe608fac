// Work that nobody committed, through a cleanup and back: real command, real git.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type CommandResult, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'demo');
}, 30_000);
afterAll(() => world.close(), 30_000);

const athene = async (...words: string[]): Promise<CommandResult> => {
  const ended = await world.athene(...words);
  expect([ended.code, ended.stderr], words.join(' ')).toEqual([0, '']);
  return ended;
};
const json = async <T>(...words: string[]): Promise<T> => JSON.parse((await athene(...words, '--json')).stdout) as T;
const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8', env: world.env });

async function endedSession(): Promise<{ readonly id: string; readonly worktree: string }> {
  const { id, worktree } = await json<{ id: string; worktree: string }>(
    ...['spawn', '--project', 'demo', '--agent', 'custom', '--command', 'sleep 600'],
  );
  return { id, worktree };
}

it('puts everything aside that a cleanup would lose, shows it, and gives it back as it was', async () => {
  const { id, worktree } = await endedSession();
  const files = {
    'README.md': 'changed\n',
    'staged.txt': 'staged\n',
    'new dir/ünïcode.txt': 'untracked\n',
    '.env': 'KEY=1\n',
  };
  mkdirSync(join(worktree, 'new dir'));
  writeFileSync(join(worktree, '.gitignore'), '.env\n');
  for (const [name, content] of Object.entries(files)) writeFileSync(join(worktree, name), content);
  git(worktree, 'add', 'staged.txt');
  const still = await json<{ killed: string[]; skipped: string[] }>('session', 'cleanup', '--dry-run');
  expect(still).toMatchObject({ killed: [], skipped: [id] });
  await athene('session', 'kill', id);
  const dry = await json<{ killed: string[]; rescued: string[] }>('session', 'cleanup', '--dry-run');
  expect([dry.killed, dry.rescued, existsSync(worktree)]).toEqual([[id], [], true]);
  const done = await json<{ killed: string[]; rescued: string[] }>('session', 'cleanup');
  expect([done.killed, done.rescued, existsSync(worktree)]).toEqual([[id], [`refs/athene/rescue/${id}/1`], false]);

  const { data } = await json<{ data: { ref: string; files: number; at: number }[] }>('rescue', 'ls');
  expect(data).toMatchObject([{ ref: `refs/athene/rescue/${id}/1`, files: 5, session: id, project: 'demo' }]);
  const shown = await athene('rescue', 'show', `${id}/1`);
  for (const part of ['M  README.md', 'A  new dir/ünïcode.txt', 'A  .env', '+KEY=1'])
    expect(shown.stdout).toContain(part);

  const place = join(world.home, '..', 'given back');
  expect((await athene('rescue', 'restore', `${id}/1`, place)).stdout).toContain(`rescue/${id}-1`);
  for (const [name, content] of Object.entries(files)) expect(readFileSync(join(place, name), 'utf8')).toBe(content);
  expect(git(place, 'status', '--porcelain', '-z').split('\0').filter(Boolean).toSorted()).toEqual(
    [' M README.md', '?? .gitignore', '?? new dir/', 'A  staged.txt'].toSorted(),
  );
  const again = await world.athene('rescue', 'restore', `${id}/1`, place);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('There is something at')]);
  expect(readFileSync(join(place, '.env'), 'utf8')).toBe('KEY=1\n');
});

it('forgets a snapshot only when it is old, and never the worktree that was made of one', async () => {
  expect(await json('rescue', 'prune')).toMatchObject({ pruned: [], kept: 1 });
  expect(await json('rescue', 'prune', '--days', '0', '--dry-run')).toMatchObject({ pruned: [{}], kept: 0 });
  expect(await json('rescue', 'prune', '--days', '0')).toMatchObject({ pruned: [{}], kept: 0 });
  expect((await athene('rescue', 'ls')).stdout).toBe('Nothing was put aside.\n');
  expect(git(world.repository, 'branch', '--list', 'rescue/*').trim()).not.toBe('');
});

it('takes no snapshot of a worktree whose work is all on its branch', async () => {
  const { id, worktree } = await endedSession();
  writeFileSync(join(worktree, 'done.txt'), 'committed');
  git(worktree, 'add', '.');
  git(worktree, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-q', '-m', 'work');
  await athene('session', 'kill', id);
  expect(await json('session', 'cleanup')).toMatchObject({ killed: [id], rescued: [] });
  expect(git(world.repository, 'show', `session/${id}:done.txt`)).toBe('committed');
});

it('says what there is not, and takes no ref that is not one of its own', async () => {
  for (const name of ['repo-9/1', '../x', '--all', 'refs/heads/main', `refs/athene/rescue/a/1;touch x`]) {
    const ended = await world.athene('rescue', 'show', '--', name);
    expect([name, ended.code, ended.stderr]).toEqual([name, 1, expect.stringContaining('There is no snapshot')]);
  }
});
