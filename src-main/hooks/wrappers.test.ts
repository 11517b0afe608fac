import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProgram } from '../lib/find-program.ts';
import { openGit } from '../lib/git.ts';
import { homePaths, openHome, type HomePaths } from '../storage/paths.ts';
import { ensureWrappers, removeWrappers, wrapperState, type Wrappers } from './wrappers.ts';

let root: string;
let paths: HomePaths;
let wrappers: Wrappers;
beforeEach(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "athene wrappers' ")));
  paths = homePaths({ ATHENE_HOME: join(root, 'home') });
  openHome({ ATHENE_HOME: paths.home });
  const made = await ensureWrappers(paths);
  if (made === null) throw new Error('There are no wrappers here');
  wrappers = made;
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const inside = () => ({
  ATHENE_HOME: paths.home,
  ATHENE_SESSION: 'app-1',
  ATHENE_TERMINAL: '01a20e88-792b-75c3-807a-eb0cec7acc90',
});

/** A program that tells how it was called. */
function install(directory: string, name: string, body: string): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return file;
}

function call(name: string, args: readonly string[], { env = {}, path = '', input = '', cwd = root } = {}) {
  const search = [wrappers.directory, path, '/usr/bin:/bin'].filter(Boolean).join(':');
  const ran = spawnSync(join(wrappers.directory, name), args, {
    cwd,
    env: { PATH: search, ...env },
    input,
    encoding: 'utf8',
  });
  return { code: ran.status, signal: ran.signal, out: ran.stdout, err: ran.stderr };
}

/** What was told, each as its first line and what follows. */
const told = () =>
  readdirSync(paths.spool).map((name) => {
    expect(name).toMatch(/^[0-9a-f-]{36}\.json$/);
    const [event = '', data = '{}'] = readFileSync(join(paths.spool, name), 'utf8').split('\n');
    const { source, kind, pid } = JSON.parse(event) as { source: string; kind: string; pid?: number };
    return { source, kind, pid: typeof pid, data: JSON.parse(data) as unknown };
  });

describe.runIf(process.platform !== 'win32')('the git wrapper', () => {
  const tell = 'printf "<%s>" "$@"; cat; printf err >&2; exit 7';

  it('hands on arguments, input, output and exit code, in a session and outside of one', () => {
    const path = join(root, 'bin');
    install(path, 'git', tell);
    const args = ['status', 'a b', '', '*', "it's", '$(touch x)'];
    const expected = { code: 7, signal: null, out: "<status><a b><><*><it's><$(touch x)>in", err: 'err' };
    expect(call('git', args, { path, input: 'in' })).toEqual(expected);
    expect(call('git', args, { path, input: 'in', env: inside() })).toEqual(expected);
    expect(told()).toEqual([]);
  });

  it.each([
    [['checkout', '-b', 'feat/x'], 'feat/x'],
    [['checkout', '-B', 'feat/x', 'origin/main'], 'feat/x'],
    [['switch', '-c', 'feat-x'], 'feat-x'],
    [['switch', 'main'], 'main'],
    [['-C', '/some where', '-c', 'a.b=checkout', '--no-pager', 'checkout', 'main'], 'main'],
    [['checkout', '-'], ''],
    [['checkout', 'a";rm -rf x'], ''],
    [['branch', '-m', 'renamed'], ''],
  ])('tells of %j', (args, branch) => {
    const path = join(root, 'bin');
    install(path, 'git', 'exit 3');
    expect(call('git', args, { path, env: inside() }).code).toBe(3);
    expect(told()).toEqual([{ source: 'git', kind: 'checkout', pid: 'number', data: { branch } }]);
  });

  it.each([[['commit', '-m', 'checkout']], [['log', 'switch']], [['checkout', '--', 'file']], [['branch', 'x']], [[]]])(
    'does not tell of %j',
    (args) => {
      const path = join(root, 'bin');
      install(path, 'git', 'exit 0');
      call('git', args, { path, env: inside() });
      expect(told()).toEqual([]);
    },
  );

  it('tells nothing outside of a session, and fails nothing when it can not tell', () => {
    const path = join(root, 'bin');
    install(path, 'git', 'echo fine');
    const fine = { code: 0, signal: null, out: 'fine\n', err: '' };
    const args = ['checkout', '-b', 'x'];
    expect(call('git', args, { path })).toEqual(fine);
    for (const change of [{ ATHENE_HOME: '/nowhere' }, { ATHENE_SESSION: '../x' }, { ATHENE_TERMINAL: '' }]) {
      expect(call('git', args, { path, env: { ...inside(), ...change } })).toEqual(fine);
    }
    expect(told()).toEqual([]);
    rmSync(paths.spool, { recursive: true });
    symlinkSync(root, paths.spool);
    expect(call('git', args, { path, env: inside() })).toEqual(fine);
    expect(readdirSync(root).filter((name) => name.endsWith('.json'))).toEqual([]);
  });

  it('tells under the legacy names too', () => {
    const path = join(root, 'bin');
    install(path, 'git', 'exit 0');
    const { ATHENE_HOME, ATHENE_SESSION, ATHENE_TERMINAL } = inside();
    call('git', ['switch', 'x'], {
      path,
      env: { AO_HOME: ATHENE_HOME, AO_SESSION: ATHENE_SESSION, AO_TERMINAL: ATHENE_TERMINAL },
    });
    expect(told()).toHaveLength(1);
  });

  it('is the program itself to whoever sends it a signal', async () => {
    const path = join(root, 'bin');
    install(path, 'git', `trap 'echo got it; exit 5' TERM; echo $$; while :; do sleep 0.05; done`);
    const child = spawn(join(wrappers.directory, 'git'), ['checkout', 'x'], {
      env: { PATH: `${wrappers.directory}:${path}:/usr/bin:/bin`, ...inside() },
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (out === `${child.pid}\n`) child.kill('SIGTERM');
    });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(5);
    expect(out).toBe(`${child.pid}\ngot it\n`);
  });

  it('never runs what a worktree or a relative entry of the PATH offers, nor itself again', () => {
    const worktree = join(root, 'worktree');
    const hijack = 'touch "$(dirname "$0")/hijacked"; exit 9';
    for (const place of ['.', 'node_modules/.bin']) install(join(worktree, place), 'git', hijack);
    symlinkSync(join(wrappers.directory, 'git'), join(root, 'git'));
    cpWrappers(join(root, 'other', 'wrappers', 'athene-0123456789ab'));
    const path = [
      '.',
      'node_modules/.bin',
      '',
      `${wrappers.directory}/`,
      root,
      join(root, 'other', 'wrappers', 'athene-0123456789ab'),
    ];
    const ran = call('git', ['--version'], { path: path.join(':'), cwd: worktree, env: inside() });
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/^git version/) });
    expect(existsSync(join(worktree, 'hijacked'))).toBe(false);
    const alone = spawnSync(join(wrappers.directory, 'git'), [], {
      cwd: worktree,
      env: { PATH: `.:${root}` },
      encoding: 'utf8',
    });
    expect([alone.status, alone.stderr]).toEqual([127, 'git: not found\n']);
  });

  const cpWrappers = (to: string): void => {
    mkdirSync(to, { recursive: true });
    execFileSync('cp', ['-R', `${wrappers.directory}/.`, to]);
  };
});

describe.runIf(process.platform !== 'win32')('the gh wrapper', () => {
  const created = 'https://github.com/o/r/pull/42';

  it.each([
    ['create', ['pr', 'create', '--title', 'x', '--draft'], { url: created, number: '42', draft: true, subject: '' }],
    ['new', ['pr', 'new', '-R', 'o/r'], { url: created, number: '42', draft: false, subject: '' }],
  ])('tells the pull request that `pr %s` opened, and changes nothing', (_, args, data) => {
    const path = join(root, 'bin');
    install(path, 'gh', `printf 'Creating\\n' >&2; printf 'note\\n${created}\\n\\n'; cat`);
    const ran = call('gh', args, { path, input: 'typed', env: inside() });
    expect(ran).toEqual({ code: 0, signal: null, out: `note\n${created}\n\ntyped`, err: 'Creating\n' });
    expect(told()).toEqual([{ source: 'gh', kind: 'pr-create', pid: 'undefined', data }]);
  });

  it.each([
    ['-R', 'o/r', 'pr', 'create'],
    ['--repo', 'o/r', 'pr', 'new', '--fill'],
    ['--repo=o/r', 'pr', 'create'],
    ['-Ro/r', 'pr', 'create'],
    ['pr', '-R', 'o/r', 'create', '--title', 'pr list'],
  ])('tells of a call with options in front: %s %s %s %s', (...args) => {
    const path = join(root, 'bin');
    install(path, 'gh', 'echo "$*"');
    expect(call('gh', args, { path, env: inside() }).out).toBe(`${args.join(' ')}\n`);
    expect(told()).toMatchObject([{ source: 'gh', kind: 'pr-create' }]);
  });

  it.each([
    ['-R', 'pr', 'create', 'x'],
    ['issue', '--repo', 'pr', 'create', 'pr'],
  ])('takes no value of an option for the command: %s %s %s %s', (...args) => {
    const path = join(root, 'bin');
    install(path, 'gh', 'echo "$*"');
    call('gh', args, { path, env: inside() });
    expect(told()).toEqual([]);
  });

  it('tells a merge as what it is, a claim; and neither what failed nor what it does not know', () => {
    const path = join(root, 'bin');
    install(path, 'gh', 'echo "$*"; [ "$3" != bad ] || exit 4');
    expect(call('gh', ['pr', 'merge', 'bad'], { path, env: inside() })).toMatchObject({
      code: 4,
      out: 'pr merge bad\n',
    });
    call('gh', ['pr', 'list', 'merge'], { path, env: inside() });
    call('gh', ['pr', 'create'], { path });
    expect(told()).toEqual([]);
    call('gh', ['-R', 'o/r', 'pr', 'merge', '--repo', 'o/r', '42', '--squash'], { path, env: inside() });
    expect(told()).toEqual([
      { source: 'gh', kind: 'pr-merge', pid: 'undefined', data: { url: '', number: '', draft: false, subject: '42' } },
    ]);
  });

  it('hands a signal on and ends by it', async () => {
    const path = join(root, 'bin');
    install(
      path,
      'gh',
      `trap 'echo asked to end; trap - TERM; kill -TERM $$' TERM; echo ready >&2; while :; do sleep 0.05; done`,
    );
    const child = spawn(join(wrappers.directory, 'gh'), ['pr', 'create'], {
      env: { PATH: `${wrappers.directory}:${path}:/usr/bin:/bin`, ...inside() },
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.once('data', () => child.kill('SIGTERM'));
    const ended = await new Promise((resolve) => child.on('close', (code, signal) => resolve([code, signal])));
    expect([ended, out]).toEqual([[null, 'SIGTERM'], 'asked to end\n']);
    expect(readdirSync(paths.spool)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('leaves a terminal to the program', () => {
    const path = join(root, 'bin');
    install(path, 'gh', '[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo all three');
    const line = `'${join(wrappers.directory, 'gh').replaceAll("'", `'\\''`)}' pr create`;
    const env = { PATH: `${wrappers.directory}:${path}:/usr/bin:/bin`, SHELL: '/bin/sh', ...inside() };
    expect(execFileSync('script', ['-qec', line, '/dev/null'], { env, encoding: 'utf8' })).toBe('all three\r\n');
    expect(told()).toEqual([{ source: 'gh', kind: 'pr-create', pid: 'number', data: { draft: false } }]);
  });
});

describe.runIf(process.platform !== 'win32')('the glab wrapper', () => {
  const opened = 'https://gitlab.example.org:8443/group/sub/project/-/merge_requests/42';
  const data = { url: opened, number: '42', draft: false, subject: '' };

  it.each([
    ['mr create --fill', { ...data }],
    ['mr new -d text -R group/sub/project', { ...data }],
    ['-R group/sub/project mr create --title x --draft', { ...data, draft: true }],
    ['mr create --wip', { ...data, draft: true }],
  ])('tells the merge request that `%s` opened, and changes nothing', (line, tells) => {
    const path = join(root, 'bin');
    install(path, 'glab', `echo 'Creating merge request' >&2; printf '!42 Mend it (feat)\n ${opened}\n'; cat`);
    const ran = call('glab', line.split(' '), { path, input: 'typed', env: inside() });
    const out = `!42 Mend it (feat)\n ${opened}\ntyped`;
    expect(ran).toEqual({ code: 0, signal: null, out, err: 'Creating merge request\n' });
    expect(told()).toEqual([{ source: 'glab', kind: 'pr-create', pid: 'undefined', data: tells }]);
  });

  it('tells a merge as what it is, a claim; and nothing of what failed or is something else', () => {
    const path = join(root, 'bin');
    install(path, 'glab', '[ "$3" != bad ] || exit 4');
    expect(call('glab', ['mr', 'merge', 'bad'], { path, env: inside() }).code).toBe(4);
    for (const line of ['mr list', 'issue create', 'pr create', 'api mr create', '-R mr create x'])
      call('glab', line.split(' '), { path, env: inside() });
    call('glab', ['mr', 'create'], { path });
    expect(told()).toEqual([]);
    call('glab', ['mr', 'accept', '!42', '--squash'], { path, env: inside() });
    const subject = { url: '', number: '', draft: false, subject: '!42' };
    expect(told()).toEqual([{ source: 'glab', kind: 'pr-merge', pid: 'undefined', data: subject }]);
  });
});

/** Those that are here, with the options that a caller may have exported. */
const shells = [
  ['sh', '-eu'],
  ['dash', '-eua'],
  ['bash', '--posix', '-eua'],
  ['bash', '-euo', 'pipefail'],
  ['busybox', 'sh', '-eu'],
  ['ksh', '-eu'],
].flatMap(([name = '', ...args]) => {
  const file = findProgram(name, process.env['PATH'] ?? '');
  return file === null ? [] : [[file, ...args]];
});

describe.runIf(process.platform !== 'win32').each(shells.map((shell) => [shell.join(' '), shell] as const))(
  'the wrappers, read by %s',
  (_, [shell = '', ...options]) => {
    const read = (name: string, args: readonly string[]) => {
      const env = { PATH: `${wrappers.directory}:${join(root, 'bin')}:/usr/bin:/bin`, ...inside() };
      const argv = [...options, join(wrappers.directory, name), ...args];
      const ran = spawnSync(shell, argv, { cwd: root, env, input: '{}', encoding: 'utf8' });
      return [ran.status, ran.stdout, ran.stderr];
    };
    const hostile = ['a b', '', '*', '%s%n', '$(touch x)', "it's", '"', 'two\nlines', '\\0', '-n'];

    it('hand on whatever is said, and tell', () => {
      for (const name of ['git', 'gh', 'glab'])
        install(join(root, 'bin'), name, 'env | grep -c ^_a_; printf "<%s>" "$@"; exit 7');
      const said = `0\n${['checkout', ...hostile].map((word) => `<${word}>`).join('')}`;
      expect(read('git', ['checkout', ...hostile])).toEqual([7, said, '']);
      for (const name of ['gh', 'glab'])
        expect(read(name, hostile)).toEqual([7, `0\n${hostile.map((word) => `<${word}>`).join('')}`, '']);
      install(join(root, 'bin'), 'gh', 'printf "https://github.com/o/r/pull/42\\n"');
      expect(read('gh', ['pr', 'create'])).toEqual([0, 'https://github.com/o/r/pull/42\n', '']);
      install(join(root, 'bin'), 'glab', 'printf "https://gitlab.com/g/s/p/-/merge_requests/42\n"');
      expect(read('glab', ['mr', 'create'])).toEqual([0, 'https://gitlab.com/g/s/p/-/merge_requests/42\n', '']);
      expect(read('athene-hook', ['codex', 'Stop'])).toEqual([0, '', '']);
      const events = told().map(({ source, kind }) => `${source} ${kind}`);
      expect(events.toSorted()).toEqual(['codex Stop', 'gh pr-create', 'git checkout', 'glab pr-create']);
    });

    it('say nothing and end like the program when nothing can be told', () => {
      for (const name of ['git', 'gh']) install(join(root, 'bin'), name, 'echo fine; exit 3');
      unlinkSync(join(wrappers.directory, 'athene-hook'));
      expect(read('git', ['checkout', 'x'])).toEqual([3, 'fine\n', '']);
      expect(read('gh', ['pr', 'create'])).toEqual([3, 'fine\n', '']);
      install(join(root, 'bin'), 'gh', 'echo fine');
      expect(read('gh', ['pr', 'create'])).toEqual([0, 'fine\n', '']);
      rmSync(paths.spool, { recursive: true });
      expect(read('gh', ['pr', 'create'])).toEqual([0, 'fine\n', '']);
    });
  },
);

describe.runIf(process.platform !== 'win32')('what agents’ own hooks call', () => {
  it('says nothing, fails nothing and waits for nobody', () => {
    const quiet = { code: 0, signal: null, out: '', err: '' };
    expect(call('athene-hook', ['claude-code', 'Stop'], { input: 'x'.repeat(1_000_000) })).toEqual(quiet);
    expect(call('athene-hook', [], { env: inside() })).toEqual(quiet);
    expect(call('athene-hook', ['../x', 'Stop'], { env: inside() })).toEqual(quiet);
    chmodSync(paths.spool, 0o500);
    if (process.getuid?.() !== 0) expect(call('athene-hook', ['codex', 'Stop'], { env: inside() })).toEqual(quiet);
    chmodSync(paths.spool, 0o700);
    expect(call('athene-hook', ['codex', 'Stop'], { env: inside(), input: '{}' })).toEqual(quiet);
    expect(told()).toEqual([{ source: 'codex', kind: 'Stop', pid: 'undefined', data: {} }]);
  });
});

describe.runIf(process.platform !== 'win32')('the directory of the wrappers', () => {
  it.each([
    ['a changed script', () => writeFileSync(join(wrappers.directory, 'git'), '#!/bin/sh\necho hijacked\n')],
    [
      'a script of the same length',
      () =>
        writeFileSync(
          join(wrappers.directory, 'gh'),
          readFileSync(join(wrappers.directory, 'gh'), 'utf8').replace('a', 'b'),
        ),
    ],
    ['a missing script', () => unlinkSync(join(wrappers.directory, 'gh'))],
    ['another program beside them', () => install(wrappers.directory, 'ls', 'echo hijacked')],
    [
      'a link in the place of a script',
      () => {
        unlinkSync(join(wrappers.directory, 'git'));
        symlinkSync('/bin/true', join(wrappers.directory, 'git'));
      },
    ],
    ['one that others may write to', () => chmodSync(wrappers.directory, 0o777)],
    [
      'a link in its place',
      () => {
        rmSync(wrappers.directory, { recursive: true });
        symlinkSync('/bin', wrappers.directory);
      },
    ],
    [
      'a file in its place',
      () => {
        rmSync(wrappers.directory, { recursive: true });
        writeFileSync(wrappers.directory, '');
      },
    ],
    ['nothing', () => rmSync(wrappers.directory, { recursive: true })],
  ])('is seen with %s, and made again', async (_, spoil) => {
    expect(wrapperState(paths)).toBe('good');
    spoil();
    expect(wrapperState(paths)).not.toBe('good');
    await ensureWrappers(paths);
    expect([wrapperState(paths), readdirSync(paths.wrappers).length, existsSync('/bin/true')]).toEqual([
      'good',
      1,
      true,
    ]);
  });

  it('is made once by many at the same time', async () => {
    await removeWrappers(paths);
    const made = await Promise.all(Array.from({ length: 8 }, () => ensureWrappers(paths)));
    expect(new Set(made.map((each) => each?.directory))).toEqual(new Set([wrappers.directory]));
    expect([wrapperState(paths), readdirSync(paths.wrappers)]).toEqual([
      'good',
      [wrappers.directory.split('/').at(-1)],
    ]);
  });

  it('is never where Athene itself looks for git', async () => {
    install(
      wrappers.directory,
      'git',
      `touch '${join(root, 'hijacked').replaceAll("'", `'\\''`)}'; exec /usr/bin/git "$@"`,
    );
    const git = openGit({ env: { PATH: `${wrappers.directory}:${process.env['PATH']}` }, home: paths.home });
    if (!git.ok) throw new Error(git.problem.what);
    expect((await git.value.run(root, ['version'])).ok).toBe(true);
    expect([git.value.path.startsWith(paths.home), existsSync(join(root, 'hijacked'))]).toEqual([false, false]);
  });
});
