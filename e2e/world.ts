// A world for one test: its own home, its own repository, its own processes, and nothing of it left afterwards.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readIfThere } from './read-if-there.ts';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  /** Athene's home (`ATHENE_HOME`). */
  readonly home: string;
  /** A git repository with one commit. */
  readonly repository: string;
  /** Environment of every process of this world. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path of the command. */
  readonly command: string;
  /** Runs the command; never throws for its exit code. */
  athene(...args: string[]): Promise<CommandResult>;
  /** Command line for a `custom` agent that runs one of `fake-agents/`. */
  fakeAgent(name: string, ...args: string[]): string;
  /** Pids of this world's processes that are not our own children: pty host, mirror, agents. */
  processes(): number[];
  /** Ends the sessions, then whatever else still runs in this world, then removes its files. */
  close(): Promise<void>;
}

const top = dirname(dirname(fileURLToPath(import.meta.url)));
/** Milliseconds that a command may take. */
const patience = 60_000;

export function createWorld(): World {
  const root = realpathSync(process.env['ATHENE_PICTURES'] === undefined ? newRoot() : plainRoot());
  const [repository, person] = [join(root, 'repo'), join(root, 'person')];
  const home = join(person, '.athene');
  mkdirSync(person);
  const command = join(top, 'bin', process.platform === 'win32' ? 'athene.cmd' : 'athene');
  const env = {
    ATHENE_HOME: home,
    HOME: person,
    USER: process.env['USER'] ?? 'someone',
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    PATH: [join(top, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter),
  };
  makeRepository(repository, env);
  const world: World = {
    home,
    repository,
    env,
    command,
    athene: (...args) => run(command, args, { cwd: repository, env }),
    fakeAgent: (name, ...args) =>
      [process.execPath, join(top, 'e2e', 'fake-agents', `${name}.mjs`), ...args].map(quoted).join(' '),
    processes: () => processesOf(root),
    close: async () => {
      // Only there does every process name its world: its agents by their environment.
      if (process.platform !== 'linux') await killSessions(world);
      await endAll(root);
      rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
  return world;
}

/** Short, because the path of a socket may have about 100 bytes; with a space, because people's paths have them. */
const newRoot = (): string => mkdtempSync(join(tmpdir(), 'athene e2e-'));

/** Pictures show paths: the same each time, and made anew, so that one at a time has it. */
function plainRoot(): string {
  const root = join(tmpdir(), 'athene-pictures');
  mkdirSync(root);
  return root;
}

function makeRepository(path: string, env: Record<string, string>): void {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: path, env, encoding: 'utf8' });
  mkdirSync(path);
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'A Person');
  git('config', 'user.email', 'person@example.invalid');
  writeFileSync(join(path, 'README.md'), '# A repository\n\nFor trying Athene.\n');
  git('add', '.');
  git('commit', '-q', '-m', 'first commit');
}

export async function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string> },
): Promise<CommandResult> {
  const { promise, resolve } = Promise.withResolvers<CommandResult>();
  execFile(command, args, { ...options, timeout: patience, encoding: 'utf8' }, (error, stdout, stderr) => {
    const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
    resolve({ code, stdout, stderr: stderr || (error?.killed === true ? `No end after ${patience} ms` : '') });
  });
  return await promise;
}

async function killSessions(world: World): Promise<void> {
  const { code, stdout } = await world.athene('session', 'ls', '--json');
  if (code !== 0) return;
  const ids = [...stdout.matchAll(/"id":\s*"([^"]+)"/g)].map((match) => match[1] ?? '');
  for (const id of new Set(ids)) await world.athene('session', 'kill', id);
}

/** Processes that name this world's folder in their arguments or environment: the folder's name is used only once. */
function processesOf(root: string): number[] {
  if (process.platform !== 'linux') return processesByArguments(root);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids
    .filter((pid) => ['cmdline', 'environ'].some((file) => readIfThere(join('/proc', pid, file)).includes(root)))
    .map(Number);
}

function processesByArguments(root: string): number[] {
  const list = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' });
  const lines = list.split('\n').filter((line) => line.includes(root));
  return lines.map((line) => Number.parseInt(line, 10)).filter((pid) => pid !== process.pid);
}

/** Again and again, because one may just be starting another. */
async function endAll(root: string): Promise<void> {
  for (let pids = processesOf(root); pids.length > 0; pids = processesOf(root)) {
    for (const pid of pids) end(pid);
    await delay(10);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone meanwhile: that is what was wanted.
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
