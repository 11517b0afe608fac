// What it costs to know what fifty sessions use.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf, ownIdentity } from '../../src-main/lib/process-identity.ts';
import { endTree } from '../../src-main/lib/process-tree.ts';
import { watchUsage } from '../../src-main/resources/usage-watch.ts';
import { openStore } from '../../src-main/storage/open-database.ts';
import { openHome } from '../../src-main/storage/paths.ts';
import { insertTerminal } from '../../src-main/storage/terminals.ts';
import { interleaved, median, type Benchmark } from './benchmark.ts';

/** Sessions; each has three processes. */
const sessions = 50;

export const sweepBenchmark: Benchmark = {
  names: ['sweep'],
  says: `one sweep for ${sessions} sessions of three processes each; reference: reading /proc/PID/stat of all processes and nothing else`,
  async run({ quick }) {
    if (process.platform !== 'linux') return [];
    const root = mkdtempSync(join(tmpdir(), 'athene-bench-'));
    const trees = Array.from({ length: sessions }, (_, index) => begin(`${process.pid}-${index}`));
    try {
      const home = openHome({ ATHENE_HOME: join(root, 'home') });
      if (!home.ok) throw new Error(home.problem.what);
      const { store } = await openStore({ database: home.value.database, doorbell: home.value.doorbell });
      const roots = new Map(trees.map(({ mark, root: first }) => [mark, first]));
      await store.write('bench', (tx) => {
        for (const [index, { mark }] of trees.entries()) {
          const row = { id: mark, session: `bench-${index + 1}`, role: 'agent', runtime: 'pty' } as const;
          insertTerminal(tx, { ...row, state: 'alive', size: { cols: 80, rows: 24 } });
        }
      });
      const origin = (terminal: string) => {
        const first = roots.get(terminal);
        return first === undefined ? null : { process: first, keeper: ownIdentity(), onlyShows: false };
      };
      const watch = watchUsage({ store, runtime: { origin }, now: Date.now, log: () => undefined }, false);
      const { ours, bare } = await interleaved(
        quick ? 20 : 200,
        () => timed(() => watch.sweep()),
        () => timed(async () => readBare()),
      );
      await store.close();
      const target = { atMost: 3 };
      return [{ name: 'sweep', unit: 'ms', value: median(ours), reference: median(bare), target }];
    } finally {
      await Promise.all(trees.map(({ mark, root: first }) => endTree({ marker: markerOf(mark), root: first })));
      rmSync(root, { recursive: true, force: true });
    }
  },
};

const markerOf = (value: string) => ({ name: 'ATHENE_TERMINAL', value });

function begin(mark: string) {
  const env = { PATH: process.env['PATH'], ATHENE_TERMINAL: mark };
  const child = spawn('/bin/sh', ['-c', 'sleep 600 & sleep 600 & wait'], { env, stdio: 'ignore', detached: true });
  return { mark, root: identityOf(child.pid ?? 0) ?? ownIdentity() };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function readBare(): number {
  let bytes = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      bytes += readFileSync(`/proc/${name}/stat`, 'latin1').length;
    } catch {
      // It has ended between the two looks.
    }
  }
  return bytes;
}
