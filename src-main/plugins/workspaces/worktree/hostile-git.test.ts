// A git that lies about the status, lock files that somebody left, our own looks beside an agent's rebase, and places that are not what they were.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryRepository, type TemporaryRepository } from '../../../lib/fixtures/temporary-repository.ts';
import { openGit, type Git } from '../../../lib/git.ts';
import type { WorkspaceSpec } from '../workspace.ts';
import { createWorktreeKeeper } from './worktree-keeper.ts';

let repository: TemporaryRepository;
let spec: WorkspaceSpec;
let path: string;

const keeperWith = (git: Git) => createWorktreeKeeper({ git, paths: repository.paths, now: Date.now });

beforeEach(async () => {
  repository = temporaryRepository();
  spec = {
    project: { id: 'app', path: repository.path, defaultBranch: 'main' },
    session: 'a-1',
    branch: 'b',
    base: null,
  };
  const keeper = keeperWith(repository.git);
  path = keeper.pathFor(spec);
  const made = await keeper.create(spec, () => {}, new AbortController().signal);
  expect(made.ok).toBe(true);
});
afterEach(() => repository.end());

/** A git on PATH that does something else at one of its commands. */
function gitThat(command: string, instead: string): Git {
  const bin = join(repository.root, 'bin');
  mkdirSync(bin);
  const script = `#!/bin/sh\nfor word in "$@"; do [ "$word" = ${command} ] && { ${instead}; }; done\nexec '${repository.git.path}' "$@"\n`;
  writeFileSync(join(bin, 'git'), script, { mode: 0o755 });
  const git = openGit({ env: { ...process.env, PATH: `${bin}:${process.env['PATH']}` }, home: repository.paths.home });
  if (!git.ok) throw new Error(git.problem.what);
  return git.value;
}

/** What of a tree could be changed, as one text. */
const contentOf = (root: string): string =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.git'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .join('\n');

describe.runIf(process.platform !== 'win32')('a git whose status', () => {
  const lies: readonly [string, string][] = [
    ['fails', 'exit 128'],
    ['is killed', 'kill -9 $$'],
    ['prints garbage', 'printf "\\377 nonsense"; exit 0'],
    ['prints garbage and fails', 'echo "Auf Branch b"; exit 1'],
    [
      'says in another language that all is clean',
      'echo "nichts zu committen, Arbeitsverzeichnis unverändert"; exit 0',
    ],
    ['says nothing', 'exit 0'],
  ];
  it.each(lies)('%s makes no worktree go with work in it', async (_name, instead) => {
    repository.write('work', 'mine', path);
    const removed = await keeperWith(gitThat('status', instead)).remove({ ...spec, path, onlySaved: true });
    expect([removed.ok, readFileSync(join(path, 'work'), 'utf8')]).toEqual([false, 'mine']);
  });

  it('is asked in no language but the plain one', async () => {
    const seen = join(repository.root, 'seen');
    await keeperWith(gitThat('status', `echo "$LC_ALL $GIT_OPTIONAL_LOCKS" >> '${seen}'`)).remove({ ...spec, path });
    expect(new Set(readFileSync(seen, 'utf8').trim().split('\n'))).toEqual(new Set(['C 0']));
  });
});

describe('a lock file that somebody left', () => {
  it.each(['worktrees/a-1/index.lock', 'worktrees/a-1/HEAD.lock', 'packed-refs.lock', 'index.lock', 'HEAD.lock'])(
    '%s is never removed, and nothing is lost',
    async (name) => {
      const lock = join(repository.path, '.git', name);
      writeFileSync(lock, 'somebody');
      repository.write('work', 'mine', path);
      const removed = await keeperWith(repository.git).remove({ ...spec, path });
      expect(readFileSync(lock, 'utf8')).toBe('somebody');
      if (removed.ok) expect(repository.sh(['show', `${removed.value.rescueRef}:work`])).toBe('mine');
      else
        expect([readFileSync(join(path, 'work'), 'utf8'), removed.problem.what]).toEqual([
          'mine',
          expect.stringContaining('.lock'),
        ]);
    },
  );
});

const runs = process.env['ATHENE_ALL_FAULTS'] === '1' ? 20 : 2;
it('our looks at full speed let every rebase of an agent through', { timeout: 30_000 * runs }, async () => {
  const keeper = keeperWith(repository.git);
  for (let n = 0; n < 30; n += 1) {
    repository.write(`file-${n}`, 'x', path);
    repository.sh(['add', '.'], path);
    repository.sh(['commit', '--quiet', '-m', `Work ${n}`], path);
  }
  let looks = 0;
  for (let run = 1; run <= runs; run += 1) {
    repository.write(`main-${run}`, 'x');
    repository.sh(['add', '.']);
    repository.sh(['commit', '--quiet', '-m', `Main ${run}`]);
    let busy = true;
    const env = { ...process.env, HOME: repository.root, GIT_COMMITTER_NAME: 'T', GIT_COMMITTER_EMAIL: 't@localhost' };
    const rebase = promisify(execFile)(repository.git.path, ['rebase', '--quiet', 'main'], { cwd: path, env }).finally(
      () => (busy = false),
    );
    while (busy) {
      await Promise.all([
        keeper.previewRemoval({ ...spec, path }),
        repository.git.run(path, ['diff', '--stat', 'HEAD']),
      ]);
      looks += 1;
    }
    await rebase;
    expect(repository.sh(['rev-list', '--count', 'main..b'])).toBe('30');
  }
  console.log(`${runs} rebases went through beside ${looks} of our looks`);
});

describe('a place that is not what it was', () => {
  const swaps: readonly [string, () => void][] = [
    [
      'a link to the home directory',
      () => (renameSync(path, `${path}-away`), symlinkSync(join(repository.root, 'person'), path)),
    ],
    ['a link to the main repository', () => (renameSync(path, `${path}-away`), symlinkSync(repository.path, path))],
    [
      'a .git of another repository',
      () => writeFileSync(join(path, '.git'), `gitdir: ${join(repository.root, 'other')}/.git\n`),
    ],
    [
      'a .git that is a link to the main one',
      () => {
        renameSync(join(path, '.git'), `${path}-git`);
        symlinkSync(join(repository.path, '.git'), join(path, '.git'));
      },
    ],
  ];
  it.each(swaps)('%s is refused, and left as it is', async (_name, swap) => {
    repository.write('person/precious', 'mine', repository.root);
    repository.sh(['clone', '--quiet', repository.path, join(repository.root, 'other')]);
    swap();
    const before = contentOf(repository.root);
    const keeper = keeperWith(repository.git);
    // For an undo, a place that holds something else is one in which nothing was made.
    await keeper.undoCreate(spec, true);
    expect(contentOf(repository.root)).toBe(before);
    expect((await keeper.remove({ ...spec, path })).ok).toBe(false);
    expect((await keeper.previewRemoval({ ...spec, path })).ok).toBe(false);
    expect([contentOf(repository.root), existsSync(path)]).toEqual([before, true]);
  });
});
