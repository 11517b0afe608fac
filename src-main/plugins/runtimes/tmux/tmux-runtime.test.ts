import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect as always } from 'vitest';
import { findProgram } from '#main/lib/find-program.ts';
import { itAtHome, processesWith, type PtyHome } from '../pty/fixtures/pty-home.ts';
import { joinRuntimes } from '../runtimes.ts';
import { launchScript } from './scripts.ts';
import { quoted } from '#main/lib/posix-word.ts';
import { createTmuxRuntime } from './tmux-runtime.ts';
import { openTmux, tmuxDirectory } from './tmux-server.ts';

const hasTmux = findProgram('tmux', process.env['PATH'] ?? '') !== null;
const it = itAtHome.skipIf(!hasTmux);

function withTmux({ paths, client }: PtyHome) {
  const pty = client();
  const tmux = openTmux({ paths, env: process.env });
  const runtime = joinRuntimes({ pty, tmux: createTmuxRuntime({ paths, tmux, pty }), nameOf: () => 'tmux' });
  return { runtime, tmux };
}

const textOf = async (runtime: ReturnType<typeof withTmux>['runtime'], terminal: string): Promise<string> => {
  const screen = await runtime.screen(terminal);
  return screen.ok ? screen.value.rows.join('\n') : '';
};
const eventually = async (fact: () => Promise<unknown>): Promise<void> => {
  await always.poll(async () => Boolean(await fact()), { timeout: 30_000, interval: 50 }).toBe(true);
};

it('shows an agent in tmux, takes what is typed, and tells its own exit code', async ({ home, expect }) => {
  const { runtime, tmux } = withTmux(home);
  const one = home.spec('echo ready; read line; echo "got $line"; sleep 0.5; exit 3');
  expect(await runtime.create(one)).toMatchObject({ ok: true });
  expect(await runtime.create(one), 'twice is once').toMatchObject({ ok: true });
  await eventually(async () => (await textOf(runtime, one.terminal)).includes('ready'));
  const listed = await tmux.list();
  expect(listed.ok && listed.value.map(({ terminal, name }) => [terminal, name])).toEqual([
    [one.terminal, one.session],
  ]);
  await runtime.input(one.terminal, Buffer.from('word\r'));
  await eventually(async () => (await textOf(runtime, one.terminal)).includes('got word'));
  await eventually(async () => (await runtime.probe(one.terminal)).kind === 'ended');
  expect(await runtime.probe(one.terminal)).toMatchObject({ kind: 'ended', exit: { code: 3 } });
  expect((await runtime.forget(one.terminal)).ok).toBe(true);
  expect(readdirSync(tmuxDirectory(home.paths))).toEqual(['tmux.conf']);
});

it('ends the whole tree of an agent that does not listen to signals', async ({ home, expect }) => {
  const { runtime, tmux } = withTmux(home);
  const mark = `sleep 600.${process.pid}`;
  const one = home.spec(`trap '' TERM HUP; (setsid sh -c '${mark}' &); echo up; while :; do ${mark}; done`);
  await runtime.create(one);
  await eventually(async () => (await textOf(runtime, one.terminal)).includes('up'));
  expect(await runtime.kill(one.terminal)).toMatchObject({ ok: true, value: { survivors: [] } });
  expect(await processesWith(`600.${process.pid}`)).toEqual([]);
  const listed = await tmux.list();
  expect(listed.ok && listed.value).toEqual([]);
});

it('outlives its pty host: the next look opens a view of the same process', async ({ home, expect }) => {
  const { runtime } = withTmux(home);
  const one = home.spec('echo "I am $$"; read line; echo "still $$ with $line"; sleep 600');
  await runtime.create(one);
  await eventually(async () => /I am \d+/.test(await textOf(runtime, one.terminal)));
  const pid = /I am (\d+)/.exec(await textOf(runtime, one.terminal))?.[1];
  for (const host of await home.hosts()) process.kill(host, 'SIGKILL');
  await eventually(async () => (await home.hosts()).length === 0);
  expect(await runtime.probe(one.terminal)).toMatchObject({ kind: 'alive' });
  await eventually(async () => {
    const { statuses } = await runtime.survey([{ terminal: one.terminal, runtime: 'tmux' }]);
    return statuses.some(({ terminal, exit }) => terminal === one.terminal && exit === null);
  });
  await eventually(async () => (await textOf(runtime, one.terminal)).includes(`I am ${pid}`));
  await runtime.input(one.terminal, Buffer.from('me\r'));
  await eventually(async () => (await textOf(runtime, one.terminal)).includes(`still ${pid} with me`));
  expect(await runtime.kill(one.terminal)).toMatchObject({ ok: true, value: { survivors: [] } });
});

it('keeps secrets out of arguments and of the server, and its files to the person', async ({ home, expect }) => {
  const { runtime } = withTmux(home);
  const spec = home.spec('echo "$SECRET"; sleep 600');
  const secret = `canary-${spec.terminal}`;
  await runtime.create({ ...spec, env: { ...spec.env, SECRET: secret } });
  await eventually(async () => (await textOf(runtime, spec.terminal)).includes('canary-'));
  expect(await processesWith(secret)).toEqual([]);
  const left = readdirSync(tmuxDirectory(home.paths)).map((name) => join(tmuxDirectory(home.paths), name));
  for (const file of left) {
    expect(readFileSync(file, 'utf8')).not.toContain(secret);
    expect(statSync(file).mode & 0o077).toBe(0);
  }
  await runtime.kill(spec.terminal);
});

it("touches nobody's own tmux sessions, whatever their names", async ({ home, expect }) => {
  const own = join(home.paths.home, 'person.sock');
  const person = (...args: string[]) =>
    execFileSync('tmux', ['-S', own, '-f', '/dev/null', ...args], { encoding: 'utf8' });
  person('new-session', '-d', '-s', 'test-1', 'sleep 600');
  try {
    const { runtime } = withTmux(home);
    const one = home.spec('sleep 600');
    await runtime.create(one);
    await runtime.kill(one.terminal);
    expect(person('list-sessions', '-F', '#{session_name}').trim()).toBe('test-1');
  } finally {
    person('kill-server');
  }
});

itAtHome('says what to do where tmux is not installed', async ({ home, expect }) => {
  const tmux = openTmux({ paths: home.paths, env: {}, find: () => null });
  const runtime = createTmuxRuntime({ paths: home.paths, tmux, pty: home.runtime });
  expect(await runtime.create(home.spec('true'))).toMatchObject({
    ok: false,
    problem: { code: 'terminal-not-started', what: 'tmux was not found on this machine.' },
  });
  expect(readdirSync(tmuxDirectory(home.paths)), 'the script with the environment is gone').toEqual([]);
});

it('leaves no script with an environment where its creator was killed before tmux ran it', async ({ home, expect }) => {
  const { runtime } = withTmux(home);
  const spec = home.spec('true');
  const tmux = openTmux({ paths: home.paths, env: process.env });
  const cutOff = { ...tmux, start: () => Promise.reject(new Error('killed here')) };
  await expect(
    createTmuxRuntime({ paths: home.paths, tmux: cutOff, pty: home.runtime }).create(spec),
  ).rejects.toThrow();
  const script = join(tmuxDirectory(home.paths), `${spec.terminal}.sh`);
  expect(existsSync(script)).toBe(true);
  expect(await runtime.forget(spec.terminal)).toMatchObject({ ok: true });
  expect(existsSync(script)).toBe(false);
});

itAtHome('hands an environment over as it is, whatever its values hold', async ({ home, expect }) => {
  const hostile = `'; touch ${home.paths.home}/escaped; $(id) \`id\` "\\\n%s`;
  const env = { PATH: '/usr/bin:/bin', VALUE: hostile, 'BAD-NAME;touch x': 'x' };
  const exitFile = join(home.paths.home, "exit 'file'");
  const spec = { ...home.spec(''), env, argv: ['/bin/sh', '-c', 'printf %s "$VALUE"; exit 7'] as const };
  const printed = execFileSync('/bin/sh', [
    '-c',
    launchScript({ ...spec, argv: [...spec.argv] }, exitFile),
    '/nowhere/x',
  ]);
  expect(printed.toString()).toBe(hostile);
  expect(readFileSync(exitFile, 'utf8')).toBe('7');
  expect(existsSync(join(home.paths.home, 'escaped'))).toBe(false);
  expect(quoted("it's")).toBe(`'it'\\''s'`);
});

const shells = ['sh', 'dash', 'bash', 'busybox'].flatMap((name) => findProgram(name, process.env['PATH'] ?? '') ?? []);

itAtHome('starts the agent also where the person exports what the shell keeps for itself', async ({ home, expect }) => {
  const env = {
    PATH: '/usr/bin:/bin',
    UID: '7',
    EUID: '7',
    PPID: '1',
    SHELLOPTS: 'braceexpand',
    BASHOPTS: 'x',
    LAST: 'z',
  };
  const argv = ['/bin/sh', '-c', 'printf "started %s" "$LAST"'] as const;
  const script = launchScript({ ...home.spec(''), env, argv: [...argv] }, join(home.paths.home, 'exit'));
  const printed = shells.map(
    (shell) => spawnSync(shell, ['-c', script, '/nowhere/x'], { argv0: 'sh', encoding: 'utf8' }).stdout,
  );
  expect([shells.length > 0, ...printed]).toEqual([true, ...shells.map(() => 'started z')]);
});
