// What lies in a home is its owner's alone: whatever the umask, whoever looks, and whatever the starter had in its environment.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readIfThere } from './read-if-there.ts';
import { createWorld, run, type CommandResult, type World } from './world.ts';

const isWindows = process.platform === 'win32';
const patience = 40_000;
/** A user who owns nothing here. */
const nobody = 65_534;
/** A secret that must be found nowhere. Made of parts, so that no file holds it but by a leak. */
const canary = (name: string): string => ['CANARY', name, 'LEAKED'].join('-');
const secrets = {
  npm_config__authToken: canary('npm'),
  ATHENE_SOMETHING_SECRET: canary('athene'),
  AO_SOMETHING_SECRET: canary('legacy'),
  ELECTRON_SECRET: canary('electron'),
  NODE_OPTIONS: `--title=${canary('node')}`,
  GIT_SECRET: canary('git'),
  A_SECRET_OF_THE_STARTER: canary('starter'),
};

describe.skipIf(isWindows)('a home after a whole scenario under umask 000', () => {
  let world: World;
  let server: ChildProcess;
  let ticket: string;
  let env: Record<string, string>;
  const athene = (...args: string[]): Promise<CommandResult> =>
    run('/bin/sh', ['-c', 'umask 000; exec "$@"', 'sh', world.command, ...args], { cwd: world.repository, env });

  beforeAll(async () => {
    world = createWorld();
    // Otherwise nobody could look further than the folder that the test made.
    chmodSync(dirname(world.repository), 0o755);
    chmodSync(dirname(world.home), 0o755);
    env = { ...world.env, ...secrets };
    const url = `https://person:${canary('url')}@127.0.0.1:9/acme/api.git`;
    execFileSync('git', ['remote', 'add', 'origin', url], { cwd: world.repository, env: world.env });
    server = spawn('/bin/sh', ['-c', 'umask 000; exec "$@"', 'sh', world.command, 'serve'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaint = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    ticket = '';
    for await (const line of createInterface({ input: server.stdout! })) {
      ticket = /\?ticket=(\S+)/.exec(line)?.[1] ?? '';
      if (ticket !== '') break;
    }
    if (ticket === '') throw new Error(`The server told no address. ${complaint}`);
    server.stdout?.resume();
    await athene('project', 'add', world.repository, '--id', 'api');
    await athene('spawn', '-p', 'api', '-a', 'custom', '--command', 'env; echo all told; sleep 600');
    await vi.waitUntil(async () => (await printed()).includes('all told'), { timeout: patience, interval: 100 });
  }, 60_000);

  afterAll(async () => {
    if (server.exitCode === null && server.signalCode === null) {
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
    }
    await world.close();
  }, 60_000);

  const idOf = async (): Promise<string> =>
    (JSON.parse((await athene('status', '--json')).stdout) as { data: { id: string }[] }).data[0]?.id ?? '';
  const printed = async (): Promise<string> =>
    (await athene('session', 'output', await idOf(), '--lines', '1000')).stdout;

  it('is open to nobody else: no directory, no file, no socket', () => {
    const open = pathsIn(world.home)
      .map((path) => ({ path: relative(world.home, path), mode: lstatSync(path).mode & 0o777 }))
      .filter(({ mode }) => (mode & 0o077) !== 0)
      .map(({ path, mode }) => `${mode.toString(8)} ${path}`);
    expect(open).toEqual([]);
    expect(pathsIn(world.home).some((path) => lstatSync(path).isSocket())).toBe(true);
  });

  it.skipIf(process.getuid?.() !== 0)('can be neither read nor connected to by another user', () => {
    const socket = pathsIn(world.home).find((path) => lstatSync(path).isSocket()) ?? '';
    const look = (command: string): string =>
      execFileSync('/bin/sh', ['-c', command], { cwd: '/', uid: nobody, gid: nobody, encoding: 'utf8', stdio: 'pipe' });
    expect(look(`ls '${dirname(world.home)}' && id -u`)).toContain(String(nobody));
    expect(look(`ls -A '${world.home}' 2>/dev/null; cat '${world.home}/config.yaml' 2>/dev/null; true`)).toBe('');
    const connecting = `require('node:net').connect(process.argv[1]).on('connect', () => console.log('in')).on('error', (e) => console.log(e.code))`;
    // A copy, because the package may lie in a directory that is closed to others.
    const folder = mkdtempSync(join(tmpdir(), 'athene-node-'));
    try {
      chmodSync(folder, 0o755);
      copyFileSync(process.execPath, join(folder, 'node'));
      expect(look(`'${folder}/node' -e "${connecting}" '${socket}'`)).toBe('EACCES\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('holds none of the secrets that its starter had, nor do arguments and agents', async () => {
    const everything = pathsIn(world.home)
      .filter((path) => lstatSync(path).isFile())
      .map((path) => ({ where: relative(world.home, path), text: readFileSync(path, 'latin1') }));
    const processes = [server.pid ?? 0, ...world.processes()].map((pid) => ({
      where: `arguments of ${pid}`,
      text: readIfThere(`/proc/${pid}/cmdline`),
    }));
    const children = world
      .processes()
      .filter((pid) => pid !== server.pid)
      .map((pid) => ({ where: `environment of ${pid}`, text: readIfThere(`/proc/${pid}/environ`) }));
    const output = { where: 'what the agent printed', text: await printed() };
    const found = [...everything, ...processes, ...children, output].flatMap(({ where, text }) =>
      [...text.matchAll(/CANARY-\w+-LEAKED/g)].map(([secret]) => `${secret} in ${where}`),
    );
    // Node shows its own title instead of its arguments.
    expect(found.filter((line) => line !== `${canary('node')} in arguments of ${server.pid}`)).toEqual([]);
    expect([...everything, ...processes].filter(({ text }) => text.includes(ticket))).toEqual([]);
  });
});

/** The home itself and everything in it, but for what git checks out. */
function pathsIn(home: string): string[] {
  const walk = (path: string): string[] => {
    const isWorktree = /\/worktrees\/[^/]+\/[^/]+$/.test(path);
    if (isWorktree) return [];
    return lstatSync(path).isDirectory()
      ? [path, ...readdirSync(path).flatMap((name) => walk(join(path, name)))]
      : [path];
  };
  return walk(home);
}

describe.skipIf(isWindows)('a home in which somebody has planted', () => {
  const plantings: readonly (readonly [string, string, (path: string, victim: string) => void])[] = [
    ['a link for run/', 'run', (path, victim) => symlinkSync(dirname(victim), path)],
    ['a link for the configuration', 'config.yaml', (path) => symlinkSync('/dev/zero', path)],
    ['a FIFO for the database', 'athene.db', (path) => execFileSync('mkfifo', [path])],
    ['a FIFO for the pty host’s log', 'logs/pty-host.log', (path) => execFileSync('mkfifo', [path])],
    ['a FIFO for its own log', 'logs/host.log', (path) => execFileSync('mkfifo', [path])],
    ['a link for the socket', 'run/pty-host-1.sock', (path, victim) => symlinkSync(victim, path)],
    ['a directory for the socket', 'run/pty-host-1.sock', (path) => mkdirSync(path)],
    ['a FIFO for the socket', 'run/pty-host-1.sock', (path) => execFileSync('mkfifo', [path])],
  ];

  it.concurrent.each(plantings)(
    '%s neither hangs nor reaches out of itself',
    async (_what, name, plant) => {
      const world = createWorld();
      try {
        const victim = join(world.home, '..', 'victim');
        writeFileSync(victim, 'precious\n', { mode: 0o644 });
        mkdirSync(dirname(join(world.home, name)), { recursive: true, mode: 0o700 });
        plant(join(world.home, name), victim);
        const added = await world.athene('project', 'add', world.repository, '--id', 'api');
        const spawned = await world.athene('spawn', '-p', 'api', '-a', 'custom', '--command', 'sleep 600');
        expect([added.stderr, spawned.stderr].join('\n')).not.toContain('No end after');
        expect([readFileSync(victim, 'utf8'), lstatSync(victim).mode & 0o777]).toEqual(['precious\n', 0o644]);
      } finally {
        await world.close();
      }
    },
    60_000,
  );
});
