import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/package-root.ts';
import { temporaryRepository, type TemporaryRepository } from '../../../lib/fixtures/temporary-repository.ts';
import type { WorkspaceKeeper, WorkspaceSpec } from '../workspace.ts';
import { findMarked } from '../../../lib/occupants.ts';
import { createWorktreeKeeper } from './worktree-keeper.ts';

let repository: TemporaryRepository;
let spec: WorkspaceSpec;
let keeper: WorkspaceKeeper;
let before: string;

beforeEach(() => {
  repository = temporaryRepository();
  for (let n = 0; n < 60; n += 1) repository.write(`files/${n}`, 'x'.repeat(20_000));
  repository.write('.gitattributes', 'files/30 filter=slow\n');
  repository.sh(['add', '.']);
  repository.sh(['commit', '--quiet', '-m', 'Files']);
  before = repository.sh(['for-each-ref']);
  const project = { id: 'app', path: repository.path, defaultBranch: 'main' };
  spec = { project, session: 'a-1', branch: 'b', base: null };
  keeper = createWorktreeKeeper({ git: repository.git, paths: repository.paths, now: Date.now });
});
afterEach(() => repository.end());

/** A process of its own that makes the worktree. */
function startCreator(fault = ''): ChildProcess {
  const script = join(repository.root, 'create.ts');
  const main = join(packageRoot(), 'src-main');
  writeFileSync(
    script,
    `import { openGit } from '${main}/lib/git.ts';
     import { homePaths } from '${main}/storage/paths.ts';
     import { createWorktreeKeeper } from '${main}/plugins/workspaces/worktree/worktree-keeper.ts';
     const git = openGit({ env: process.env, home: '/none' });
     if (!git.ok) throw new Error('no git');
     const keeper = createWorktreeKeeper({ git: git.value, paths: homePaths(process.env), now: Date.now });
     const made = await keeper.create(${JSON.stringify(spec)}, () => {}, new AbortController().signal);
     if (!made.ok) throw new Error(JSON.stringify(made.problem));`,
  );
  const { PATH } = process.env;
  const env = { PATH, HOME: repository.root, ATHENE_HOME: repository.paths.home, ATHENE_FAULT: fault };
  return spawn(process.execPath, [script], { env, stdio: 'ignore' });
}

const world = () => [
  repository.sh(['for-each-ref']),
  repository.sh(['worktree', 'list']).split('\n').length,
  existsSync(keeper.pathFor(spec)),
];
const undone = { ok: true, value: { rescueRef: null } };

it('a creator killed before a call leaves nothing that an undo does not take back', { timeout: 60_000 }, async () => {
  const counted = join(repository.root, 'points');
  // The first one also asks for remotes, which the others within the minute don't.
  for (const file of ['/dev/null', counted]) {
    expect(await once(startCreator(`count:0:${file}`), 'exit')).toEqual([0, null]);
    expect(await keeper.undoCreate(spec, true)).toEqual(undone);
  }
  const points = readFileSync(counted, 'utf8').trim().split('\n').length;
  expect(points).toBeGreaterThan(10);
  // Every third: the tests of spawn kill at each.
  for (let point = 1; point <= points; point += 3) {
    expect(await once(startCreator(`kill:${point}`), 'exit')).toEqual([null, 'SIGKILL']);
    expect([point, await keeper.undoCreate(spec, true), ...world()]).toEqual([point, undone, before, 1, false]);
  }
});

it.runIf(process.platform === 'linux')('an undo waits for the git of a killed creator', async () => {
  repository.sh(['config', 'filter.slow.smudge', 'sleep 0.5; cat']);
  const creator = startCreator();
  const exited = once(creator, 'exit');
  const begun = join(keeper.pathFor(spec), 'files/0');
  await expect.poll(() => existsSync(begun), { timeout: 30_000, interval: 5 }).toBe(true);
  creator.kill('SIGKILL');
  await exited;
  expect(findMarked(`ATHENE_WORKTREE=${keeper.pathFor(spec)}`).length).toBeGreaterThan(0);
  expect([await keeper.undoCreate(spec, true), ...world()]).toEqual([undone, before, 1, false]);
});
