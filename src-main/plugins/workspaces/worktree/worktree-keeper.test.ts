import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { excludeFileIn, writeExclude } from '../../../lib/git-exclude.ts';
import { temporaryRepository, type TemporaryRepository } from '../../../lib/fixtures/temporary-repository.ts';
import type { WorkspaceKeeper, WorkspaceSpec } from '../workspace.ts';
import { createWorktreeKeeper } from './worktree-keeper.ts';

let repository: TemporaryRepository;
let keeper: WorkspaceKeeper;
let lines: string[];

beforeEach(() => {
  repository = temporaryRepository();
  lines = [];
  keeper = createWorktreeKeeper({ git: repository.git, paths: repository.paths, now: Date.now });
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
const create = (spec = specFor()) => keeper.create(spec, (line) => lines.push(line), new AbortController().signal);
const codeOf = (result: { ok: true } | { ok: false; problem: { code: string } }): string =>
  result.ok ? 'ok' : result.problem.code;
const remove = (spec = specFor()) => keeper.remove({ ...spec, path: placeOf(spec) });
const refs = (): string => repository.sh(['for-each-ref', '--format=%(refname)']);
const worktrees = (): number => repository.sh(['worktree', 'list']).split('\n').length;

describe('create', () => {
  it('makes one again whose directory somebody deleted, on its branch, and keeps what git still held of it', async () => {
    await create();
    repository.write('staged', 'precious', placeOf());
    repository.sh(['add', 'staged'], placeOf());
    rmSync(placeOf(), { recursive: true });
    expect(await keeper.plan(specFor())).toEqual({ ok: true, value: { branchExists: true, stale: true } });
    expect(codeOf(await create())).toBe('ok');
    expect(repository.sh(['branch', '--show-current'], placeOf())).toBe('session/a-1');
    expect(repository.sh(['show', 'refs/athene/rescue/a-1/1:staged'])).toBe('precious');
  });

  it('makes a worktree on a new branch from the default branch, and puts nothing of its own into it', async () => {
    const made = await create();
    expect(made).toEqual({
      ok: true,
      value: {
        path: placeOf(),
        branch: 'session/a-1',
        baseCommit: repository.sh(['rev-parse', 'main']),
        branchCreated: true,
      },
    });
    expect(repository.sh(['status', '--porcelain', '--ignored'], placeOf())).toBe('');
    expect(lines[0]).toMatch(/^New branch session\/a-1 from main at /);
  });

  it('starts from the remote default branch, fetched, and fetches at most once a minute', async () => {
    const remote = join(repository.root, 'remote.git');
    repository.sh(['clone', '--quiet', '--bare', repository.path, remote]);
    repository.sh(['remote', 'add', 'origin', remote]);
    const other = join(repository.root, 'other');
    repository.sh(['clone', '--quiet', remote, other]);
    repository.write('new', 'x', other);
    repository.sh(['add', '.'], other);
    repository.sh(['commit', '--quiet', '-m', 'New'], other);
    repository.sh(['push', '--quiet'], other);
    expect(codeOf(await create())).toBe('ok');
    expect(existsSync(join(placeOf(), 'new'))).toBe(true);
    expect(codeOf(await create(specFor({ session: 'a-2', branch: 'session/a-2' })))).toBe('ok');
    expect(lines.filter((line) => line.startsWith('Fetching'))).toHaveLength(1);
    expect(repository.sh(['config', '--get-regexp', '^branch\\.'], other)).toContain('main');
    expect(() => repository.sh(['config', 'branch.session/a-1.merge'])).toThrow();
  });

  it('goes on without a remote that does not answer', async () => {
    repository.sh(['remote', 'add', 'origin', join(repository.root, 'nowhere')]);
    expect(codeOf(await create())).toBe('ok');
    expect(lines).toContain('Could not fetch main; going on with what is here');
  });

  it('goes on with a branch that exists and is free, and an undo keeps that branch', async () => {
    repository.sh(['branch', 'mine']);
    const spec = specFor({ branch: 'mine' });
    expect(await keeper.plan(spec)).toEqual({ ok: true, value: { branchExists: true, stale: false } });
    expect(await create(spec)).toMatchObject({ ok: true, value: { branchCreated: false } });
    expect(await keeper.undoCreate(spec, false)).toEqual({ ok: true, value: { rescueRef: null } });
    expect(refs()).toContain('refs/heads/mine');
  });

  it('tracks a branch of the same name that only the remote has', async () => {
    const remote = join(repository.root, 'remote.git');
    repository.sh(['clone', '--quiet', '--bare', repository.path, remote]);
    repository.sh(['branch', 'feat/7'], remote);
    repository.sh(['remote', 'add', 'origin', remote]);
    repository.sh(['fetch', '--quiet', 'origin']);
    expect(codeOf(await create(specFor({ branch: 'feat/7' })))).toBe('ok');
    expect(repository.sh(['rev-parse', '--abbrev-ref', '@{upstream}'], placeOf())).toBe('origin/feat/7');
  });

  it('uses a base that is a branch, a tag or a commit', async () => {
    repository.sh(['tag', 'v1']);
    for (const [index, base] of ['main', 'v1', repository.sh(['rev-parse', 'main'])].entries()) {
      const spec = specFor({ session: `a-${index}`, branch: `session/a-${index}`, base });
      expect(codeOf(await create(spec))).toBe('ok');
    }
  });

  it('lets ten at once through, all of them whole', async () => {
    const specs = Array.from({ length: 10 }, (_, n) => specFor({ session: `a-${n}`, branch: `session/a-${n}` }));
    const made = await Promise.all(specs.map((spec) => create(spec)));
    expect(made.map(codeOf)).toEqual(specs.map(() => 'ok'));
    expect(worktrees()).toBe(11);
  });

  it('leaves nothing when it is cancelled', async () => {
    const control = new AbortController();
    const made = keeper.create(specFor(), () => control.abort(), control.signal);
    expect(codeOf(await made)).toBe('workspace-failed');
    expect([refs(), worktrees(), existsSync(placeOf())]).toEqual(['refs/heads/main', 1, false]);
  });
});

describe('what stands in the way of create', () => {
  const cases: readonly [string, () => WorkspaceSpec, string][] = [
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
      'a worktree of another repository',
      () => {
        const other = join(repository.root, 'other');
        repository.sh(['clone', '--quiet', repository.path, other]);
        repository.sh(['worktree', 'add', '--quiet', '--detach', placeOf()], other);
        return specFor();
      },
      'path-taken',
    ],
    [
      'a registration whose directory is gone',
      () => {
        repository.sh(['worktree', 'add', '--quiet', '-b', 'old', placeOf()]);
        rmSync(placeOf(), { recursive: true });
        return specFor();
      },
      'ok',
    ],
    [
      'a locked registration whose directory is gone',
      () => {
        repository.sh(['worktree', 'add', '--quiet', '-b', 'old', placeOf()]);
        repository.sh(['worktree', 'lock', placeOf()]);
        rmSync(placeOf(), { recursive: true });
        return specFor();
      },
      'workspace-failed',
    ],
    ['a branch checked out elsewhere', () => specFor({ branch: 'main' }), 'branch-taken'],
    ['a branch below which it would lie', () => (repository.sh(['branch', 'session']), specFor()), 'branch-taken'],
    ['a missing base', () => specFor({ base: 'nope' }), 'base-missing'],
    ['a missing default branch', () => specFor({ project: { ...specFor().project, defaultBranch: 'gone' } }), 'ok'],
    [
      'a directory that is no repository',
      () => specFor({ project: { ...specFor().project, path: repository.root } }),
      'not-a-repository',
    ],
    [
      'a bare repository',
      () => {
        const path = join(repository.root, 'bare.git');
        repository.sh(['clone', '--quiet', '--bare', repository.path, path]);
        return specFor({ project: { ...specFor().project, path } });
      },
      'not-a-repository',
    ],
    [
      'a shallow repository',
      () => {
        const path = join(repository.root, 'shallow');
        repository.sh(['clone', '--quiet', '--depth=1', `file://${repository.path}`, path]);
        return specFor({ project: { ...specFor().project, path } });
      },
      'ok',
    ],
  ];
  it.each(cases)('%s', async (_name, arrange, expected) => {
    const spec = arrange();
    const before = refs();
    const made = await create(spec);
    expect(codeOf(made)).toBe(expected);
    if (!made.ok) expect([refs(), made.problem.what !== '', made.problem.todo !== '']).toEqual([before, true, true]);
  });

  it('a repository without a commit', async () => {
    const unborn = temporaryRepository({ unborn: true });
    const made = await create(specFor({ project: { id: 'app', path: unborn.path, defaultBranch: 'main' } }));
    expect(made).toMatchObject({
      ok: false,
      problem: { code: 'base-missing', todo: expect.stringContaining('first commit') as unknown },
    });
    await unborn.end();
  });

  it('nothing, in a repository of SHA-256', async () => {
    const other = temporaryRepository({ init: ['--object-format=sha256'] });
    const made = await create(specFor({ project: { id: 'app', path: other.path, defaultBranch: 'main' } }));
    expect(codeOf(made)).toBe('ok');
    writeFileSync(join(placeOf(), 'work'), 'x');
    const spec = specFor({ project: { id: 'app', path: other.path, defaultBranch: 'main' } });
    expect(await remove(spec)).toEqual({ ok: true, value: { rescueRef: 'refs/athene/rescue/a-1/1' } });
    await other.end();
  });

  it.each(['../x', '-x', 'a\nb', '$(touch x)', 'x'.repeat(300), 'a\u202eb', '@{-1}', 'HEAD', 'a..b'])(
    'a hostile branch %j',
    async (branch) => {
      expect(codeOf(await create(specFor({ branch })))).toBe('branch-taken');
      expect(codeOf(await create(specFor({ base: branch })))).toBe('base-missing');
      expect(refs()).toBe('refs/heads/main');
    },
  );

  it.each(['../x', '-x', 'a\nb', '_meta', '__proto__', 'x'.repeat(300), 'a/b', '.', ''])(
    'a hostile session or project %j',
    async (id) => {
      expect(() => keeper.pathFor(specFor({ session: id }))).toThrow();
      await expect(create(specFor({ project: { ...specFor().project, id } }))).rejects.toThrow();
    },
  );
});

/** What a rescue holds, by name. */
const rescued = (ref: string, file: string): string => repository.sh(['show', `${ref}:${file}`]);

describe('remove', () => {
  beforeEach(async () => {
    repository.write('.gitignore', '.env\nbuild/\n*.log\n');
    repository.sh(['add', '.']);
    repository.sh(['commit', '--quiet', '-m', 'Ignore']);
    await create();
  });
  const rescueRef = 'refs/athene/rescue/a-1/1';

  it('takes a clean worktree, and keeps the branch with its commits', async () => {
    repository.write('done', 'x', placeOf());
    repository.sh(['add', '.'], placeOf());
    repository.sh(['commit', '--quiet', '-m', 'Work'], placeOf());
    expect(await remove()).toEqual({ ok: true, value: { rescueRef: null } });
    expect([existsSync(placeOf()), worktrees(), refs()]).toEqual([false, 1, 'refs/heads/main\nrefs/heads/session/a-1']);
    expect(await remove()).toEqual({ ok: true, value: { rescueRef: null } });
  });

  const dirty: readonly [string, () => void, string, string][] = [
    ['an unstaged change', () => repository.write('read.me', 'changed\n', placeOf()), 'read.me', 'changed'],
    ['an untracked file', () => repository.write('a/b c\nd', 'new', placeOf()), 'a/b c\nd', 'new'],
    ['an ignored file written by hand', () => repository.write('.env', 'KEY=1', placeOf()), '.env', 'KEY=1'],
    [
      'a change that assume-unchanged hides',
      () => {
        repository.sh(['update-index', '--assume-unchanged', 'read.me'], placeOf());
        repository.write('read.me', 'hidden\n', placeOf());
      },
      'read.me',
      'hidden',
    ],
    [
      'a change of the same size in the same second as the index',
      () => {
        repository.sh(['checkout', '--quiet', '--', 'read.me'], placeOf());
        repository.write('read.me', 'HELLO\n', placeOf());
      },
      'read.me',
      'HELLO',
    ],
    [
      'a detached head with a commit',
      () => {
        repository.sh(['checkout', '--quiet', '--detach'], placeOf());
        repository.write('lonely', 'x', placeOf());
        repository.sh(['add', '.'], placeOf());
        repository.sh(['commit', '--quiet', '-m', 'Lonely'], placeOf());
      },
      'lonely',
      'x',
    ],
    ['a link out of the worktree', () => symlinkSync(repository.path, join(placeOf(), 'out')), 'out', ''],
    [
      'an orphan branch without a commit',
      () => (
        repository.sh(['checkout', '--quiet', '--orphan', 'fresh'], placeOf()),
        repository.write('new', 'x', placeOf())
      ),
      'new',
      'x',
    ],
  ];
  it.each(dirty)('puts %s aside first', async (_name, arrange, file, content) => {
    arrange();
    expect(await remove()).toEqual({ ok: true, value: { rescueRef } });
    expect(existsSync(placeOf())).toBe(false);
    if (content === '') expect(rescued(rescueRef, file)).toBe(repository.path);
    else expect(rescued(rescueRef, file)).toBe(content);
    expect(existsSync(join(repository.path, 'read.me'))).toBe(true);
  });

  /** The commit's message says what hangs on it. */
  const part = (name: string): string =>
    new RegExp(`^${name} ([0-9a-f]+)$`, 'm').exec(repository.sh(['cat-file', 'commit', rescueRef]))?.[1] ?? '';

  it('puts ignored directories aside that no tool makes again, without what a tool makes in them', async () => {
    repository.write('.gitignore', '.env\nbuild/\n*.log\nlocal/\n', placeOf());
    repository.sh(['commit', '--quiet', '-am', 'Ignore more'], placeOf());
    repository.write('local/notes', 'mine', placeOf());
    repository.write('local/tool/node_modules/x', 'theirs', placeOf());
    expect(await keeper.previewRemoval({ ...specFor(), path: placeOf() })).toEqual({
      ok: true,
      value: {
        refusal: null,
        putAside: [{ path: 'local/notes', size: 4 }],
        goes: [{ path: 'local/tool/node_modules/', size: null }],
        large: [],
      },
    });
    expect(await remove()).toEqual({ ok: true, value: { rescueRef } });
    expect(repository.sh(['ls-tree', '-r', '--name-only', rescueRef, 'local'])).toBe('local/notes');
  });

  it('counts copies that nobody changed for no work, those of a set-up that git itself does not ignore, too', async () => {
    const copied = ['same.local', 'changed.local'];
    for (const name of copied) {
      repository.write(name, 'KEY=1');
      repository.write(name, 'KEY=1', placeOf());
    }
    const file = excludeFileIn(repository.paths.sessionDirectory('a-1'));
    mkdirSync(dirname(file), { recursive: true });
    await writeExclude(repository.git, { workspace: placeOf(), paths: copied, home: undefined, file });
    repository.write('changed.local', 'KEY=12', placeOf());
    expect(await keeper.previewRemoval({ ...specFor(), path: placeOf() })).toEqual({
      ok: true,
      value: { refusal: null, putAside: [{ path: 'changed.local', size: 6 }], goes: [], large: [] },
    });
    expect(await remove()).toEqual({ ok: true, value: { rescueRef } });
    expect(repository.sh(['ls-tree', '--name-only', rescueRef, ...copied])).toBe('changed.local');
  });

  it('says beforehand that a repository inside of it is in the way', async () => {
    repository.sh(['init', '--quiet', join(placeOf(), 'inner')]);
    repository.write('inner/file', 'x', placeOf());
    const refused = await remove();
    expect(await keeper.previewRemoval({ ...specFor(), path: placeOf() })).toEqual({
      ok: true,
      value: { refusal: refused.ok ? null : refused.problem.what, putAside: [], goes: [], large: [] },
    });
    expect(codeOf(refused)).toBe('workspace-dirty');
  });

  it('keeps ignored files that are too large to be put aside, until somebody says that they may go', async () => {
    repository.write('.env', 'x'.repeat(51 * 1024 * 1024), placeOf());
    const told = await keeper.previewRemoval({ ...specFor(), path: placeOf() });
    expect(told).toMatchObject({ ok: true, value: { putAside: [], large: [{ path: '.env' }] } });
    expect(await remove()).toMatchObject({
      ok: false,
      problem: { code: 'workspace-dirty', what: expect.stringContaining('.env (51 MB)') as unknown },
    });
    expect(existsSync(join(placeOf(), '.env'))).toBe(true);
    const gone = await keeper.remove({ ...specFor(), path: placeOf(), discardLarge: true });
    expect(gone).toEqual({ ok: true, value: { rescueRef: null } });
  });

  it('keeps commits that were made on a detached head and left', async () => {
    repository.sh(['checkout', '--quiet', '--detach'], placeOf());
    repository.write('left', 'x', placeOf());
    repository.sh(['add', '.'], placeOf());
    repository.sh(['commit', '--quiet', '-m', 'Left behind'], placeOf());
    const left = repository.sh(['rev-parse', 'HEAD'], placeOf());
    repository.sh(['checkout', '--quiet', 'session/a-1'], placeOf());
    expect(await remove()).toEqual({ ok: true, value: { rescueRef } });
    expect(part('abandoned')).toBe(left);
    repository.sh(['gc', '--quiet', '--prune=now']);
    expect(repository.sh(['show', `${left}:left`])).toBe('x');
  });

  it('makes no snapshot of what an amended or rebased branch once was: its reflog has that', async () => {
    repository.write('work', 'x', placeOf());
    repository.sh(['add', '.'], placeOf());
    repository.sh(['commit', '--quiet', '-m', 'One'], placeOf());
    repository.sh(['commit', '--quiet', '--amend', '-m', 'Two'], placeOf());
    repository.write('other', 'x');
    repository.sh(['add', '.']);
    repository.sh(['commit', '--quiet', '-m', 'Other']);
    repository.sh(['rebase', '--quiet', 'main'], placeOf());
    expect(await remove()).toEqual({ ok: true, value: { rescueRef: null } });
  });

  it('keeps a file byte for byte that git would store otherwise', async () => {
    repository.sh(['config', 'core.autocrlf', 'input']);
    repository.sh(['config', 'filter.lossy.clean', "tr -d 'x'"]);
    repository.write('.gitattributes', '*.cut filter=lossy\n', placeOf());
    repository.write('read.me', 'one\r\ntwo\r\n', placeOf());
    repository.write('a.cut', 'axb', placeOf());
    expect(await remove()).toEqual({ ok: true, value: { rescueRef } });
    expect([rescued(rescueRef, 'a.cut'), rescued(part('raw'), 'a.cut')]).toEqual(['ab', 'axb']);
    expect(rescued(part('raw'), 'read.me')).toBe('one\r\ntwo');
  });

  it('keeps what was staged in a worktree whose directory somebody has deleted', async () => {
    repository.write('staged', 'x', placeOf());
    repository.sh(['add', '.'], placeOf());
    rmSync(placeOf(), { recursive: true });
    expect(await remove()).toEqual({ ok: true, value: { rescueRef } });
    expect(rescued(rescueRef, 'staged')).toBe('x');
  });

  it('refuses automation what it would put aside, and gives it what is clean', async () => {
    const place = { ...specFor(), path: placeOf() };
    repository.write('new', 'x', placeOf());
    expect(codeOf(await keeper.remove({ ...place, onlySaved: true }))).toBe('workspace-dirty');
    expect([refs(), existsSync(placeOf())]).toEqual(['refs/heads/main\nrefs/heads/session/a-1', true]);
    rmSync(join(placeOf(), 'new'));
    expect(await keeper.remove({ ...place, onlySaved: true })).toEqual({ ok: true, value: { rescueRef: null } });
  });

  it('keeps what was staged apart from what was changed after', async () => {
    repository.write('read.me', 'staged\n', placeOf());
    repository.sh(['add', '.'], placeOf());
    repository.write('read.me', 'later\n', placeOf());
    await remove();
    expect([rescued(rescueRef, 'read.me'), rescued(`${rescueRef}^2`, 'read.me')]).toEqual(['later', 'staged']);
  });

  it('counts rescues up and never moves one', async () => {
    repository.write('x', '1', placeOf());
    await remove();
    await create(specFor());
    repository.write('x', '2', placeOf());
    expect(await remove()).toEqual({ ok: true, value: { rescueRef: 'refs/athene/rescue/a-1/2' } });
    expect(rescued(rescueRef, 'x')).toBe('1');
  });

  it('keeps one snapshot of what a refused removal put aside before, dated anew', async () => {
    repository.write('read.me', 'staged', placeOf());
    repository.sh(['add', 'read.me'], placeOf());
    repository.write('read.me', 'and changed', placeOf());
    const stopped = { code: 'tear-down-failed', what: 'No.' } as const;
    const refused = { ...specFor(), path: placeOf(), afterRescue: () => Promise.resolve(stopped) };
    expect(await keeper.remove(refused)).toEqual({ ok: false, problem: stopped });
    const commit = repository.sh(['cat-file', 'commit', rescueRef]);
    repository.write('old', `${commit.replaceAll(/ \d+ \+0000$/gm, ' 1000000000 +0000')}\n`, repository.root);
    const old = repository.sh(['hash-object', '-t', 'commit', '-w', join(repository.root, 'old')]);
    repository.sh(['update-ref', rescueRef, old]);
    expect(await keeper.remove(refused)).toEqual({ ok: false, problem: stopped });
    expect(repository.sh(['cat-file', 'commit', rescueRef])).not.toContain(' 1000000000 ');
    expect(await remove()).toEqual({ ok: true, value: { rescueRef } });
    expect(refs().match(/rescue/g)).toHaveLength(1);
    expect([rescued(rescueRef, 'read.me'), rescued(`${rescueRef}^2`, 'read.me')]).toEqual(['and changed', 'staged']);
  });

  it('takes only what holds no unsaved work, when asked so', async () => {
    repository.write('work', 'x', placeOf());
    const removal = { ...specFor(), path: placeOf(), onlySaved: true };
    expect(codeOf(await keeper.remove(removal))).toBe('workspace-dirty');
    expect([existsSync(join(placeOf(), 'work')), refs()]).toEqual([true, 'refs/heads/main\nrefs/heads/session/a-1']);
    repository.sh(['add', '.'], placeOf());
    repository.sh(['commit', '--quiet', '-m', 'Work'], placeOf());
    expect(await keeper.remove(removal)).toEqual({ ok: true, value: { rescueRef: null } });
  });

  it('counts build output as no work', async () => {
    repository.write('build/out', 'x', placeOf());
    repository.write('npm.log', 'x', placeOf());
    expect(await remove()).toEqual({ ok: true, value: { rescueRef: null } });
  });

  const refused: readonly [string, () => void, string][] = [
    [
      'a rebase in progress',
      () => {
        repository.write('read.me', 'one\n');
        repository.sh(['commit', '--quiet', '-am', 'One']);
        repository.write('read.me', 'two\n', placeOf());
        repository.sh(['commit', '--quiet', '-am', 'Two'], placeOf());
        expect(() => repository.sh(['rebase', 'main'], placeOf())).toThrow();
      },
      'workspace-dirty',
    ],
    ['a lock', () => repository.sh(['worktree', 'lock', placeOf()]), 'workspace-dirty'],
    [
      'a repository of its own inside',
      () => repository.sh(['clone', '--quiet', repository.path, join(placeOf(), 'inner')]),
      'workspace-dirty',
    ],
    [
      'a repository of its own in an ignored directory',
      () => {
        repository.write('.gitignore', 'vendored/\n', placeOf());
        repository.sh(['clone', '--quiet', repository.path, join(placeOf(), 'vendored/inner')]);
      },
      'workspace-dirty',
    ],
    [
      'a repository made in a directory of tracked files',
      () => {
        repository.write('tracked/file', 'x', placeOf());
        repository.sh(['add', '.'], placeOf());
        repository.sh(['commit', '--quiet', '-m', 'Tracked'], placeOf());
        repository.sh(['init', '--quiet'], join(placeOf(), 'tracked'));
      },
      'workspace-dirty',
    ],
    [
      'an index.lock',
      () => writeFileSync(join(repository.path, '.git/worktrees/a-1/index.lock'), ''),
      'workspace-dirty',
    ],
    ['a broken .git', () => writeFileSync(join(placeOf(), '.git'), 'garbage'), 'cannot-tell'],
    [
      'a .git that points to the main repository',
      () => writeFileSync(join(placeOf(), '.git'), `gitdir: ${repository.path}/.git\n`),
      'cannot-tell',
    ],
    [
      'a damaged index',
      () => writeFileSync(join(repository.path, '.git/worktrees/a-1/index'), 'garbage'),
      'workspace-failed',
    ],
    [
      'a link to the main repository in its place',
      () => (renameSync(placeOf(), `${placeOf()}-away`), symlinkSync(repository.path, placeOf())),
      'cannot-tell',
    ],
    [
      'a link above it',
      () => {
        renameSync(dirname(placeOf()), join(repository.root, 'away'));
        symlinkSync(join(repository.root, 'away'), dirname(placeOf()));
      },
      'cannot-tell',
    ],
    ['a repository that is gone', () => renameSync(repository.path, `${repository.path}-away`), 'cannot-tell'],
  ];
  it.each(refused)('refuses %s and touches nothing', async (_name, arrange, code) => {
    repository.write('canary', 'alive', placeOf());
    arrange();
    expect(codeOf(await remove())).toBe(code);
    const places = [placeOf(), `${placeOf()}-away`, join(repository.root, 'away', 'a-1')];
    const canary = places.map((place) => join(place, 'canary')).find((file) => existsSync(file));
    expect(readFileSync(canary ?? '', 'utf8')).toBe('alive');
    const main = [repository.path, `${repository.path}-away`].map((path) => join(path, 'read.me'));
    expect(main.some((file) => existsSync(file))).toBe(true);
  });

  it('refuses while a process has it as its current directory', async () => {
    mkdirSync(join(placeOf(), 'deep'));
    const child = spawn('/bin/sleep', ['60'], { cwd: join(placeOf(), 'deep'), stdio: 'ignore' });
    await new Promise((resolve) => child.once('spawn', resolve));
    expect(await remove()).toMatchObject({ ok: false, problem: { code: 'workspace-dirty' } });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(codeOf(await remove())).toBe('ok');
  });

  it('refuses a path that is not the session’s', async () => {
    expect(codeOf(await keeper.remove({ ...specFor(), path: repository.path }))).toBe('cannot-tell');
  });

  it('runs no program that the repository names', async () => {
    const marker = join(repository.root, 'ran');
    const script = join(repository.root, 'evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    mkdirSync(join(repository.root, 'hooks'));
    for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change']) {
      writeFileSync(join(repository.root, 'hooks', hook), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    }
    repository.sh(['config', 'core.fsmonitor', script]);
    repository.sh(['config', 'core.hooksPath', join(repository.root, 'hooks')]);
    repository.sh(['config', 'alias.status', `!${script}`]);
    repository.write('x', '1', placeOf());
    expect(codeOf(await remove())).toBe('ok');
    expect(codeOf(await create(specFor({ session: 'a-2', branch: 'session/a-2' })))).toBe('ok');
    expect(existsSync(marker)).toBe(false);
  });
});

describe('undoCreate', () => {
  it('takes back worktree and branch, and again is no error', async () => {
    await create();
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await keeper.undoCreate(specFor(), true)).toEqual({ ok: true, value: { rescueRef: null } });
      expect([refs(), worktrees(), existsSync(placeOf())]).toEqual(['refs/heads/main', 1, false]);
    }
  });

  it('keeps a branch that has commits of its own, and puts unsaved files aside', async () => {
    await create();
    repository.write('work', 'x', placeOf());
    repository.sh(['add', '.'], placeOf());
    repository.sh(['commit', '--quiet', '-m', 'Work'], placeOf());
    repository.write('more', 'y', placeOf());
    const undone = await keeper.undoCreate(specFor(), true);
    expect(undone).toEqual({ ok: true, value: { rescueRef: 'refs/athene/rescue/a-1/1' } });
    expect(refs()).toBe('refs/athene/rescue/a-1/1\nrefs/heads/main\nrefs/heads/session/a-1');
  });

  const halves: readonly [string, () => void][] = [
    ['only the branch', () => repository.sh(['branch', 'session/a-1'])],
    ['an empty directory', () => mkdirSync(placeOf(), { recursive: true })],
    [
      'an entry that does not yet say where',
      () => {
        const entry = join(repository.path, '.git/worktrees/a-1');
        mkdirSync(entry, { recursive: true });
        writeFileSync(join(entry, 'locked'), 'initializing');
      },
    ],
    [
      'a checkout cut off half-way',
      () => {
        repository.sh(['worktree', 'add', '--quiet', '-b', 'session/a-1', placeOf()]);
        repository.write('.git/worktrees/a-1/locked', 'initializing');
        rmSync(join(repository.path, '.git/worktrees/a-1/index'));
        writeFileSync(join(repository.path, '.git/worktrees/a-1/index.lock'), '');
      },
    ],
    [
      'a worktree into which nothing was checked out',
      () => {
        repository.sh(['worktree', 'add', '--quiet', '--no-checkout', '-b', 'session/a-1', placeOf()]);
        repository.write('.git/worktrees/a-1/locked', 'initializing');
      },
    ],
  ];
  it.each(halves)('cleans %s', async (_name, arrange) => {
    arrange();
    expect(await keeper.undoCreate(specFor(), true)).toEqual({ ok: true, value: { rescueRef: null } });
    expect([refs(), worktrees(), existsSync(placeOf())]).toEqual(['refs/heads/main', 1, false]);
    expect(existsSync(join(repository.path, '.git/worktrees/a-1'))).toBe(false);
    expect(codeOf(await create())).toBe('ok');
  });
});
