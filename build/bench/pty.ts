// How fast output comes through the pty host, and what it costs there.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPtyRuntime } from '#main/plugins/runtimes/pty/pty-runtime.ts';
import type { Runtime } from '#main/plugins/runtimes/runtime.ts';
import { type HomePaths, openHome } from '#main/storage/paths.ts';
import { flowControl, terminalFrame } from '#shared/domain/terminal.ts';
import { type AgentOutput, writeAgentOutput } from './agent-output.ts';
import { type Benchmark, interleaved, median } from './benchmark.ts';
import { endHost, hostPid } from './host-process.ts';
import { processorTime } from './processor-time.ts';

export const ptyBenchmark: Benchmark = {
  names: ['pty.throughput', 'pty.cpu'],
  says: 'realistic agent output of one session through the pty host to a Node client (CPU: of the process that reads the PTY), against node-pty with Buffers in a process of its own',
  run: async ({ quick }) => {
    const megabytes = quick ? 20 : 100;
    const { ours, bare } = await withOutput(megabytes, (setup) =>
      interleaved(
        5,
        () => throughHost(setup),
        () => throughBare(setup),
      ),
    );
    const speed = (runs: readonly Run[]): number => median(runs.map(({ ms }) => (megabytes / ms) * 1000));
    const cost = (runs: readonly Run[]): number => median(runs.map(({ cpu }) => cpu / megabytes));
    return [
      { name: 'pty.throughput', unit: 'MB/s', value: speed(ours), reference: speed(bare), target: { atLeast: 0.85 } },
      { name: 'pty.cpu', unit: 'ms/MB', value: cost(ours), reference: cost(bare), target: { atMost: 1.25 } },
    ];
  },
};

interface Setup {
  readonly paths: HomePaths;
  readonly runtime: Runtime;
  /** Waits for a line, then prints the output. */
  readonly script: string;
  readonly output: AgentOutput;
}

/** Milliseconds from "go" to the last byte; of processor time meanwhile. */
interface Run {
  readonly ms: number;
  readonly cpu: number;
}

async function withOutput<T>(megabytes: number, measure: (setup: Setup) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'athene-bench-'));
  const opened = openHome({ ATHENE_HOME: join(folder, 'home') });
  if (!opened.ok) throw new Error(opened.problem.what);
  const paths = opened.value;
  const runtime = createPtyRuntime({ paths, build: 'bench', idle: 100 });
  try {
    const file = join(folder, 'output');
    const output = writeAgentOutput(file, megabytes);
    const script = `stty -echo; echo ready; read line; cat '${file}'; read line`;
    return await measure({ paths, runtime, script, output });
  } finally {
    const left = await runtime.list();
    if (left.ok) for (const { terminal } of left.value) await runtime.kill(terminal);
    runtime.close();
    await endHost(paths.home);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function throughHost({ paths, runtime, script, output }: Setup): Promise<Run> {
  const terminal = newTerminal();
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color' };
  const size = { cols: 120, rows: 40 };
  const argv = ['/bin/sh', '-c', script] as const;
  const created = await runtime.create({ terminal, session: 'bench-1', argv, cwd: '/tmp', env, size });
  if (!created.ok) throw new Error(created.problem.what);
  const run = await timed(runtime, terminal, () => hostPid(paths.home), output.printed);
  await runtime.kill(terminal);
  await runtime.forget(terminal);
  return run;
}

async function timed(runtime: Runtime, terminal: string, pid: () => number, printed: number): Promise<Run> {
  const ready = Promise.withResolvers<void>();
  const done = Promise.withResolvers<number>();
  let [received, acknowledged, expected] = [0, 0, Infinity];
  const listener = {
    onFrame: ({ type, offset, payload }: { type: number; offset: number; payload: Uint8Array }) => {
      if (type !== terminalFrame.output && type !== terminalFrame.snapshot) return;
      received = type === terminalFrame.output ? offset + payload.length : offset;
      if (received - acknowledged >= flowControl.acknowledgeEvery) acknowledge(received);
      if (received >= expected) done.resolve(performance.now());
      else if (received >= 'ready\r\n'.length) ready.resolve();
    },
    onClose: (why: string) => done.reject(new Error(why)),
  };
  const acknowledge = (offset: number): void => {
    acknowledged = offset;
    lane.send({ type: terminalFrame.acknowledge, offset, payload: new Uint8Array() });
  };
  const attached = await runtime.attach(terminal, { from: 0, lease: true }, listener);
  if (!attached.ok) throw new Error(attached.problem.what);
  const lane = attached.value;
  await ready.promise;
  expected = received + printed;
  const [host, before, start] = [pid(), processorTime(pid()), performance.now()];
  lane.send({ type: terminalFrame.input, offset: 0, payload: Buffer.from('\n') });
  const ms = (await done.promise) - start;
  const cpu = processorTime(host) - before;
  lane.close();
  return { ms, cpu };
}

async function throughBare({ script, output }: Setup): Promise<Run> {
  const program = fileURLToPath(new URL('bare-pty.ts', import.meta.url));
  const child = fork(program, [script, String(output.printed)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  await once(child, 'message');
  const pid = child.pid ?? 0;
  const before = processorTime(pid);
  child.send('go');
  const [ms] = (await once(child, 'message')) as [number];
  const cpu = processorTime(pid) - before;
  child.disconnect();
  await once(child, 'exit');
  return { ms, cpu };
}

let terminals = 0;
function newTerminal(): string {
  terminals += 1;
  return `01900000-0000-7000-8000-${String(terminals).padStart(12, '0')}`;
}
