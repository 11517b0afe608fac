// How long a session takes to begin, and how much of that is git's.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'node-pty';
import type { Host } from '#main/host/host.ts';
import { openHost } from '#main/host/open-host.ts';
import { uuidV7 } from '#shared/lib/uuid-v7.ts';
import { type Benchmark, interleaved, median } from './benchmark.ts';
import { endHost } from './host-process.ts';

/** Files in the repository: git's share grows with them. */
const files = 1000;
/** Prints at once and then stays, as an agent does. */
const command = 'echo ready; exec sleep 600';

export const spawnBenchmark: Benchmark = {
  names: ['spawn'],
  says: `from the request to the first byte of the agent in a repository of ${files} files, against git worktree add, then pty.spawn of the same command`,
  run: async ({ quick }) => {
    const { ours, bare } = await withHost((setup) =>
      interleaved(
        quick ? 5 : 15,
        () => spawnSession(setup),
        (round) => spawnBare(setup, round),
      ),
    );
    return [{ name: 'spawn', unit: 'ms', value: median(ours), reference: median(bare), target: { atMost: 1.15 } }];
  },
};

interface Setup {
  readonly host: Host;
  readonly folder: string;
  readonly repository: string;
  readonly env: Readonly<Record<string, string>>;
}

async function withHost<T>(measure: (setup: Setup) => Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'athene-bench-')));
  const env = {
    ATHENE_HOME: join(folder, 'home'),
    HOME: folder,
    USER: process.env['USER'] ?? 'someone',
    SHELL: '/bin/sh',
    LANG: 'C.UTF-8',
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  };
  const repository = makeRepository(join(folder, 'repository'), env);
  const opened = await openHost({ env, live: false });
  if (!opened.ok) throw new Error(opened.problem.what);
  const host = opened.value;
  try {
    await call(host, 'project.add', { path: repository, id: 'bench' });
    return await measure({ host, folder, repository, env });
  } finally {
    for (const { id } of host.listSessions()) await call(host, 'session.kill', { id });
    await host.close();
    await endHost(host.sessions.paths.home);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Milliseconds until the first byte; ends and removes the session after that. */
async function spawnSession({ host }: Setup): Promise<number> {
  const request = uuidV7(Date.now(), randomBytes(10));
  const start = Date.now();
  const { session } = (await call(host, 'session.spawn', {
    ...{ request, project: 'bench', agent: 'custom', command, permissions: 'ask' },
    ...{ prompt: null, issue: null, name: null, branch: null, base: null, model: null },
  })) as { session: string };
  const first = await firstByte(host, session);
  await call(host, 'session.kill', { id: session });
  await call(host, 'session.remove', { id: session });
  return first - start;
}

/** Milliseconds since the epoch, as the pty host saw it: the agent prints only once. */
async function firstByte({ sessions }: Host, session: string): Promise<number> {
  for (;;) {
    const listed = await sessions.runtime.list();
    if (!listed.ok) throw new Error(listed.problem.what);
    const at = listed.value.find((one) => one.session === session)?.lastOutputAt;
    if (at !== undefined && at !== null) return at;
    await sleep(5);
  }
}

async function spawnBare({ repository, folder, env }: Setup, round: number): Promise<number> {
  const path = join(folder, `bare-${round}`);
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: repository, env, encoding: 'utf8' });
  const start = performance.now();
  git('worktree', 'add', '-q', '-b', `bare-${round}`, path, 'main');
  const pty = spawn('/bin/sh', ['-lc', command], { cols: 120, rows: 40, cwd: path, env, encoding: null });
  await new Promise<void>((resolve) => pty.onData(() => resolve()));
  const took = performance.now() - start;
  const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()));
  pty.kill('SIGKILL');
  await ended;
  git('worktree', 'remove', '--force', path);
  return took;
}

function makeRepository(path: string, env: Readonly<Record<string, string>>): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: path, env, encoding: 'utf8' });
  for (let index = 0; index < files; index += 1) {
    const folder = join(path, `part-${index % 25}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `file-${index}.txt`), `line of file ${index}\n`.repeat(100));
  }
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', 'commit', '-q', '-m', 'files');
  return path;
}

type CallName = keyof Host['handlers']['calls'];
type Handler = (
  input: unknown,
  call: { context: { kind: 'command' }; signal: AbortSignal },
) => ReturnType<Host['handlers']['calls'][CallName]>;

async function call(host: Host, name: CallName, input: object): Promise<unknown> {
  const handler = host.handlers.calls[name] as Handler;
  const answer = await handler(input, { context: { kind: 'command' }, signal: new AbortController().signal });
  if (!answer.ok) throw new Error(`${name}: ${answer.problem.what} ${answer.problem.details ?? ''}`);
  return answer.value;
}
