import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryRepository, type TemporaryRepository } from '../../../lib/fixtures/temporary-repository.ts';
import type { WorkspaceKeeper, WorkspaceSpec } from '../workspace.ts';
import { createCloneKeeper } from './clone-keeper.ts';

let repository: TemporaryRepository;
let keeper: WorkspaceKeeper;

beforeEach(() => {
  repository = temporaryRepository();
  keeper = createCloneKeeper({ git: repository.git, paths: repository.paths, now: Date.now });
});
afterEach(() => repository.end());

const specFor = (change: Partial<WorkspaceSpec> = {}): WorkspaceSpec => ({
  project: { id: 'app', path: repository.path, defaultBranch: 'main' },
  session: 'a-1',
  branch: 'session/a-1',
  base: null,
  ...change,
});
const placeOf = (spec = specFor()): string => keeper.pathFor(spec);
const create = (spec = specFor()) => keeper.create(spec, () => undefined, new AbortController().signal);
const remove = (spec = specFor()) => keeper.remove({ ...spec, path: placeOf(spec) });
const codeOf = (result: { ok: true } | { ok: false; problem: { code: string } }): string =>
  result.ok ? 'ok' : result.problem.code;
const refs = (): string => repository.sh(['for-each-ref', '--format=%(refname)']);
const inClone = (...args: string[]): string => repository.sh(args, placeOf());
const commitInClone = (name: string): string => {
  repository.write(name, name, placeOf());
  inClone('add', '.');
  inClone('commit', '--quiet', '-m', name);
  return inClone('rev-parse', 'HEAD');
};
const around = (): readonly string[] => readdirSync(dirname(placeOf()));

describe('create', () => {
  it('makes a repository of its own on a new branch, whole without the project', async () => {
    const made = await create();
    const baseCommit = repository.sh(['rev-parse', 'main']);
    const value = { path: placeOf(), branch: 'session/a-1', baseCommit, branchCreated: true };
    expect(made).toEqual({ ok: true, value });
    expect([statSync(join(placeOf(), '.git')).isDirectory(), inClone('status', '--porcelain', '--ignored')]).toEqual([
      true,
      '',
    ]);
    expect(inClone('for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/session/a-1');
    expect([around(), refs()]).toEqual([['a-1'], 'refs/heads/main']);
    rmSync(repository.path, { recursive: true });
    expect(inClone('fsck', '--full')).toBe('');
  });

  it('has the origin of the project, with its branches, and no password in an argument or a log', async () => {
    const remote = join(repository.root, 'remote.git');
    repository.sh(['clone', '--quiet', '--bare', repository.path, remote]);
    repository.sh(['branch', 'feat/7'], remote);
    repository.sh(['remote', 'add', 'origin', remote]);
    repository.sh(['fetch', '--quiet', 'origin']);
    repository.sh(['config', 'user.name', 'A "Person" \\ of us']);
    expect(codeOf(await create(specFor({ branch: 'feat/7' })))).toBe('ok');
    expect(inClone('config', '--get-all', 'remote.origin.url')).toBe(remote);
    expect(inClone('config', 'user.name')).toBe('A "Person" \\ of us');
    expect(inClone('for-each-ref', '--format=%(refname)', 'refs/remotes')).toBe(
      'refs/remotes/origin/HEAD\nrefs/remotes/origin/feat/7\nrefs/remotes/origin/main',
    );
    expect(inClone('rev-parse', '--abbrev-ref', '@{upstream}')).toBe('origin/feat/7');
    commitInClone('pushed');
    inClone('push', '--quiet');
    expect(repository.sh(['log', '-1', '--format=%s', 'feat/7'], remote)).toBe('pushed');
  });

  it('goes on with a branch that exists, also one that is checked out in the project', async () => {
    repository.sh(['checkout', '--quiet', '-b', 'mine']);
    expect(await create(specFor({ branch: 'mine' }))).toMatchObject({ ok: true, value: { branchCreated: false } });
    expect(inClone('symbolic-ref', 'HEAD')).toBe('refs/heads/mine');
  });

  it('leaves nothing when it is cancelled', async () => {
    const control = new AbortController();
    const made = keeper.create(specFor(), () => control.abort(), control.signal);
    expect(codeOf(await made)).toBe('workspace-failed');
    expect([around(), refs()]).toEqual([[], 'refs/heads/main']);
  });

  const project = (path: string) => specFor({ project: { ...specFor().project, path } });
  const inTheWay: readonly [string, () => WorkspaceSpec, string][] = [
    ['an empty directory', () => (mkdirSync(placeOf(), { recursive: true }), specFor()), 'ok'],
    ['foreign files', () => (repository.write('x', 'precious', placeOf()), specFor()), 'path-taken'],
    [
      'a file',
      () => (mkdirSync(dirname(placeOf()), { recursive: true }), writeFileSync(placeOf(), 'x'), specFor()),
      'path-taken',
    ],
    [
      'a link',
      () => (mkdirSync(dirname(placeOf()), { recursive: true }), symlinkSync(repository.path, placeOf()), specFor()),
      'path-taken',
    ],
    [
      'a worktree of the project',
      () => (repository.sh(['worktree', 'add', '--quiet', '--detach', placeOf()]), specFor()),
      'path-taken',
    ],
    [
      'what an earlier one left unfinished',
      () => (repository.write('half/x', 'x', join(dirname(placeOf()), '.a-1.making')), specFor()),
      'ok',
    ],
    ['a missing base', () => specFor({ base: 'nope' }), 'base-missing'],
    ['a hostile branch', () => specFor({ branch: '--upload-pack=x' }), 'branch-taken'],
    ['a directory that is no repository', () => project(repository.root), 'not-a-repository'],
    [
      'a bare repository',
      () => {
        repository.sh(['clone', '--quiet', '--bare', repository.path, join(repository.root, 'bare.git')]);
        return project(join(repository.root, 'bare.git'));
      },
      'not-a-repository',
    ],
    [
      'a shallow repository',
      () => {
        const path = join(repository.root, 'shallow');
        repository.sh(['clone', '--quiet', '--depth=1', `file://${repository.path}`, path]);
        return project(path);
      },
      'ok',
    ],
  ];
  it.each(inTheWay)('meets %s', async (_name, arrange, expected) => {
    const spec = arrange();
    const [before, places] = [refs(), existsSync(dirname(placeOf())) ? around() : []];
    const made = await create(spec);
    expect(codeOf(made)).toBe(expected);
    if (!made.ok) {
      expect([refs(), existsSync(dirname(placeOf())) ? around() : []]).toEqual([before, places]);
      return;
    }
    commitInClone('work');
    expect(await remove(spec)).toEqual({ ok: true, value: { rescueRef: null } });
    expect([repository.sh(['log', '-1', '--format=%s', 'session/a-1'], spec.project.path), around()]).toEqual([
      'work',
      [],
    ]);
  });

  it.each([{ unborn: true }, { init: ['--object-format=sha256'] }])('meets a repository %o', async (kind) => {
    const other = temporaryRepository(kind);
    const spec = specFor({ project: { id: 'app', path: other.path, defaultBranch: 'main' } });
    expect(codeOf(await create(spec))).toBe(kind.unborn === true ? 'base-missing' : 'ok');
    if (kind.unborn !== true) {
      writeFileSync(join(placeOf(), 'work'), 'x');
      expect(await remove(spec)).toEqual({ ok: true, value: { rescueRef: 'refs/athene/rescue/a-1/1' } });
      expect(other.sh(['show', 'refs/athene/rescue/a-1/1:work'])).toBe('x');
    }
    await other.end();
  });
});

describe('remove', () => {
  beforeEach(async () => {
    repository.sh(['tag', 'v1']);
    await create();
  });
  const rescueRef = 'refs/athene/rescue/a-1/1';
  const known = 'refs/heads/main\nrefs/heads/session/a-1\nrefs/tags/v1';

  it('takes a clean one; its branch and commits are in the project then', async () => {
    const commit = commitInClone('work');
    expect(await remove()).toEqual({ ok: true, value: { rescueRef: null } });
    expect([existsSync(placeOf()), refs(), repository.sh(['rev-parse', 'session/a-1'])]).toEqual([
      false,
      known,
      commit,
    ]);
    expect(await remove()).toEqual({ ok: true, value: { rescueRef: null } });
  });

  it('takes only what holds no unsaved work, when asked so', async () => {
    writeFileSync(join(placeOf(), 'work'), 'x');
    const removal = { ...specFor(), path: placeOf(), onlySaved: true };
    expect(codeOf(await keeper.remove(removal))).toBe('workspace-dirty');
    expect([existsSync(join(placeOf(), 'work')), refs()]).toEqual([true, 'refs/heads/main\nrefs/tags/v1']);
    commitInClone('work');
    expect(await keeper.remove(removal)).toEqual({ ok: true, value: { rescueRef: null } });
  });

  it('keeps the branch also when nothing was committed on it', async () => {
    expect(await remove()).toEqual({ ok: true, value: { rescueRef: null } });
    expect(refs()).toBe(known);
  });

  /** Each leaves a commit or file behind that nothing else holds; the rest tells where it must be found in the project, and what. */
  const work: readonly [string, () => void, () => readonly string[], readonly string[]][] = [
    [
      'an uncommitted and an untracked file',
      () => (repository.write('read.me', 'changed\n', placeOf()), repository.write('new', 'x', placeOf())),
      () => [repository.sh(['show', `${rescueRef}:read.me`]), repository.sh(['show', `${rescueRef}:new`])],
      ['changed', 'x'],
    ],
    [
      'a stash of two',
      () => {
        for (const content of ['first\n', 'second\n']) {
          repository.write('read.me', content, placeOf());
          inClone('stash', 'push', '--quiet');
        }
      },
      () => [1, 2].map((n) => repository.sh(['show', `refs/athene/rescue/a-1/${n}:read.me`])),
      ['second', 'first'],
    ],
    [
      'a commit on no branch',
      () => (inClone('checkout', '--quiet', '--detach'), void commitInClone('lonely')),
      () => [repository.sh(['show', `${rescueRef}:lonely`])],
      ['lonely'],
    ],
    [
      'a commit that its branch was set back from',
      () => (commitInClone('given-up'), void inClone('reset', '--hard', '--quiet', 'HEAD~1')),
      () => [repository.sh(['show', `${rescueRef}^2:given-up`])],
      ['given-up'],
    ],
    [
      'another branch',
      () => (inClone('checkout', '--quiet', '-b', 'idea'), void commitInClone('idea'), inClone('checkout', '-q', '-')),
      () => [repository.sh(['show', 'refs/heads/idea:idea'])],
      ['idea'],
    ],
    [
      'a branch that went another way in the project',
      () => {
        inClone('checkout', '--quiet', '-B', 'both', 'HEAD');
        commitInClone('ours');
        repository.sh(['checkout', '--quiet', '-b', 'both']);
        repository.write('theirs', 'theirs');
        repository.sh(['add', '.']);
        repository.sh(['commit', '--quiet', '-m', 'theirs']);
      },
      () => [repository.sh(['show', `${rescueRef}:ours`]), repository.sh(['show', 'both:theirs'])],
      ['ours', 'theirs'],
    ],
    [
      'a branch that is checked out in the project',
      () => (inClone('checkout', '--quiet', '-B', 'main', 'HEAD'), void commitInClone('ahead')),
      () => [repository.sh(['show', `${rescueRef}:ahead`]), repository.sh(['status', '--porcelain'])],
      ['ahead', ''],
    ],
    [
      'a tag on a commit of no branch',
      () => {
        inClone('checkout', '--quiet', '--detach');
        commitInClone('tagged');
        inClone('tag', '-a', '-m', 'x', 'keep');
        inClone('checkout', '--quiet', 'session/a-1');
      },
      () => [repository.sh(['show', `${rescueRef}:tagged`])],
      ['tagged'],
    ],
  ];
  it.each(work)('loses nothing of %s', async (_name, arrange, find, found) => {
    arrange();
    const removed = await remove();
    expect(codeOf(removed)).toBe('ok');
    expect([existsSync(placeOf()), find()]).toEqual([false, found]);
    expect(refs()).not.toMatch(/incoming|leaving/);
  });

  it('fast-forwards the branch of an earlier clone', async () => {
    commitInClone('one');
    await remove();
    await create();
    const two = commitInClone('two');
    expect(await remove()).toEqual({ ok: true, value: { rescueRef: null } });
    expect([repository.sh(['rev-parse', 'session/a-1']), refs()]).toEqual([two, known]);
  });

  it.each([
    [
      'a link to the project in its place',
      () => (renameSync(placeOf(), `${placeOf()}-away`), symlinkSync(repository.path, placeOf())),
      'cannot-tell',
    ],
    [
      'a .git that is a link',
      () => (
        renameSync(join(placeOf(), '.git'), join(repository.root, 'away')),
        symlinkSync(join(repository.root, 'away'), join(placeOf(), '.git'))
      ),
      'cannot-tell',
    ],
    [
      'files that are elsewhere',
      () => (
        mkdirSync(join(repository.root, 'else')),
        inClone('config', 'core.worktree', join(repository.root, 'else'))
      ),
      'cannot-tell',
    ],
    [
      'a worktree of its own',
      () => inClone('worktree', 'add', '--quiet', '--detach', join(repository.root, 'w')),
      'workspace-dirty',
    ],
    ['an index.lock', () => writeFileSync(join(placeOf(), '.git', 'index.lock'), ''), 'workspace-dirty'],
    [
      'a damaged reference',
      () => writeFileSync(join(placeOf(), '.git', 'refs', 'heads', 'broken'), 'garbage'),
      'cannot-tell',
    ],
    ['a project that is gone', () => renameSync(repository.path, `${repository.path}-away`), 'cannot-tell'],
  ] as [string, () => void, string][])('refuses %s and touches nothing', async (_name, arrange, code) => {
    repository.write('canary', 'alive', placeOf());
    arrange();
    expect(codeOf(await remove())).toBe(code);
    const place = [placeOf(), `${placeOf()}-away`].find((each) => existsSync(join(each, 'canary')));
    expect(readFileSync(join(place ?? '', 'canary'), 'utf8')).toBe('alive');
  });

  it('looks again before it takes it: what is committed while it is brought home comes along', async () => {
    let left = 1;
    const busy: typeof repository.git = {
      ...repository.git,
      run: async (cwd, args, options) => {
        const told = await repository.git.run(cwd, args, options);
        if (args[0] === 'fetch' && left-- > 0) commitInClone('late');
        return told;
      },
    };
    commitInClone('early');
    const slow = createCloneKeeper({ git: busy, paths: repository.paths, now: Date.now });
    expect(await slow.remove({ ...specFor(), path: placeOf() })).toEqual({ ok: true, value: { rescueRef: null } });
    expect(repository.sh(['log', '--format=%s', '-2', 'session/a-1'])).toBe('late\nearly');
  });

  it('refuses while a process has it as its current directory', async () => {
    const child = spawn('/bin/sleep', ['60'], { cwd: placeOf(), stdio: 'ignore' });
    await new Promise((resolve) => child.once('spawn', resolve));
    expect(codeOf(await remove())).toBe('workspace-dirty');
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(codeOf(await remove())).toBe('ok');
  });
});

describe('undoCreate', () => {
  it('takes back one in which nothing was done, with no branch left, and again is no error', async () => {
    await create();
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await keeper.undoCreate(specFor(), true)).toEqual({ ok: true, value: { rescueRef: null } });
      expect([refs(), around()]).toEqual(['refs/heads/main', []]);
    }
  });

  it('puts what was done in it aside', async () => {
    await create();
    commitInClone('work');
    repository.write('more', 'y', placeOf());
    expect(await keeper.undoCreate(specFor(), true)).toEqual({
      ok: true,
      value: { rescueRef: 'refs/athene/rescue/a-1/1' },
    });
    expect(refs()).toBe('refs/athene/rescue/a-1/1\nrefs/heads/main\nrefs/heads/session/a-1');
  });

  it('cleans what was cut off half-way', async () => {
    repository.write('.git/HEAD', 'garbage', join(dirname(placeOf()), '.a-1.making'));
    expect(codeOf(await keeper.undoCreate(specFor(), true))).toBe('ok');
    expect(around()).toEqual([]);
  });
});
