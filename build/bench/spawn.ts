// How long a session takes to begin, and how much of that is git's.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'node-pty';
import type { Host } from '#main/host/host.ts';
import { type Benchmark, interleaved, median } from './benchmark.ts';
import { type BenchHost, call, spawnCommand, withHost } from './bench-host.ts';

/** Files in the repository: git's share grows with them. */
const files = 1000;
/** Prints at once and then stays, as an agent does. */
const command = 'echo ready; exec sleep 600';

export const spawnBenchmark: Benchmark = {
  names: ['spawn'],
  says: `from the request to the first byte of the agent in a repository of ${files} files, against git worktree add, then pty.spawn of the same command`,
  run: async ({ quick }) => {
    const { ours, bare } = await withHost({ live: false, files }, (setup) =>
      interleaved(
        quick ? 5 : 15,
        () => spawnSession(setup),
        (round) => spawnBare(setup, round),
      ),
    );
    return [{ name: 'spawn', unit: 'ms', value: median(ours), reference: median(bare), target: { atMost: 1.15 } }];
  },
};

/** Milliseconds until the first byte; ends and removes the session after that. */
async function spawnSession({ host }: BenchHost): Promise<number> {
  const start = Date.now();
  const session = await spawnCommand({ host }, command);
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

async function spawnBare({ repository, folder, env }: BenchHost, round: number): Promise<number> {
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
