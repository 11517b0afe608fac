// What it costs to supervise fifty sessions, and how soon somebody is told that one asks.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionView } from '#shared/domain/session.ts';
import type { FeedSink } from '#shared/rpc/handlers.ts';
import { median, type Benchmark, type Measurement } from './benchmark.ts';
import { spawnCommand, withHost, type BenchHost } from './bench-host.ts';
import { hostPid } from './host-process.ts';
import { processorTime } from './processor-time.ts';

const sessions = 50;
/** Milliseconds from a question on the screen until a window shows that it is asked. */
const bound = 1500;

export const supervisionBenchmark: Benchmark = {
  names: ['supervision.question', 'supervision.question.worst', 'supervision.drawn', 'supervision.processor'],
  says: `from a question's last byte to "needs input" in a window (median and worst of 20; median of those that are drawn without a pause), reference: ${bound} ms; processor time of a host, its terminal service and whatever they start with ${sessions} quiet sessions, reference: 2 % of one core`,
  async run({ quick }) {
    const count = quick ? 5 : 20;
    const waits = await withHost({ live: true }, (at) => askQuestions(at, count));
    const drawn = await withHost({ live: true }, (at) => drawQuestions(at, count));
    const budget = { unit: 'ms', reference: bound, target: { atMost: 1 } } as const;
    console.log(
      `  waits: ${waits.map((ms) => ms.toFixed(0)).join(' ')}; drawn: ${drawn.map((ms) => ms.toFixed(0)).join(' ')}`,
    );
    return [
      { ...budget, name: 'supervision.question', value: median(waits) },
      { ...budget, name: 'supervision.question.worst', value: Math.max(...waits) },
      { ...budget, name: 'supervision.drawn', value: median(drawn) },
      ...(await withHost({ live: true }, (at) => rest(at, quick ? 10_000 : 30_000))),
    ];
  },
};

/** Asks with pauses of a tenth to a whole second before, as an agent does that works in between. */
const questions = (count: number): string =>
  `n=0; while [ $n -lt ${count} ]; do n=$((n + 1)); echo "step $n"; sleep 0.$((n * 7 % 10))1; printf 'Go on with %s? [y/N] ' $n; read answer; done; exec sleep 600`;

/** Milliseconds for each. */
async function askQuestions(at: BenchHost, count: number): Promise<readonly number[]> {
  const seen = await answerAll(at, questions(count), count);
  return seen.map(({ at: seenAt, since }) => seenAt - since);
}

/** When it was drawn is told by the program: nobody else can know. */
async function drawQuestions(at: BenchHost, count: number): Promise<readonly number[]> {
  const [program, file] = [join(import.meta.dirname, 'draws-on.ts'), join(at.folder, 'drawn')];
  const seen = await answerAll(at, `exec '${process.execPath}' '${program}' ${count} '${file}'`, count);
  const drawn = readFileSync(file, 'utf8').trim().split('\n').map(Number);
  return seen.map(({ at: seenAt }, index) => seenAt - (drawn[index] ?? Number.NaN));
}

interface Seen {
  readonly at: number;
  /** Since when it is said to be asked. */
  readonly since: number;
}

/** When a window was told of each question; each is answered then. */
async function answerAll(at: BenchHost, command: string, count: number): Promise<readonly Seen[]> {
  const asked = new Map<string, Seen>();
  const sink: FeedSink<SessionView> = {
    ...{ snapshot: () => undefined, remove: () => undefined, end: () => undefined },
    upsert: ({ status, because, since }) => {
      if (status === 'needs_input' && !asked.has(because)) asked.set(because, { at: Date.now(), since });
    },
  };
  const open = at.host.handlers.feeds.sessions as (...words: readonly unknown[]) => () => void;
  const close = open({}, null, sink, { context: { kind: 'window' } });
  const session = await spawnCommand(at, command);
  for (let told = 1; told <= count; told += 1) {
    while (asked.size < told) await sleep(20);
    const terminal = at.host.listSessions().find(({ id }) => id === session)?.terminal ?? '';
    await at.host.sessions.runtime.input(terminal, Buffer.from('y\r'));
  }
  close();
  return [...asked.values()];
}

async function rest(at: BenchHost, time: number): Promise<readonly Measurement[]> {
  if (process.platform !== 'linux') return [];
  for (let made = 0; made < sessions; made += 1) await spawnCommand(at, 'echo ready; exec cat');
  // All have fallen quiet, and that is on record.
  while (at.host.listSessions().some(({ state }) => state !== 'idle')) await sleep(500);
  await sleep(3000);
  const service = hostPid(at.host.sessions.paths.home);
  const before = used(service);
  const began = performance.now();
  await sleep(time);
  const [after, passed] = [used(service), performance.now() - began];
  const parts = Object.entries(after).map(([name, ms]) => [name, ((ms - (before[name] ?? 0)) / passed) * 100] as const);
  console.log(`  ${parts.map(([name, percent]) => `${name} ${percent.toFixed(2)} %`).join(', ')}`);
  const value = parts.reduce((sum, [, percent]) => sum + percent, 0);
  return [{ name: 'supervision.processor', unit: '%', value, reference: 2, target: { atMost: 1 } }];
}

/** Milliseconds of processor time so far. */
function used(service: number): Readonly<Record<string, number>> {
  const { user, system } = process.cpuUsage();
  const mirrors = childrenOf(service).filter((pid) => nameOf(pid).includes('mirror'));
  return {
    host: (user + system) / 1000,
    'started by it': childTime(process.pid),
    'terminal service': processorTime(service),
    mirror: mirrors.reduce((sum, pid) => sum + processorTime(pid), 0),
  };
}

/** Of children that have ended, in milliseconds: Linux counts them in hundredths of a second. */
function childTime(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => Number(statOf(each)[1]) === pid);

/** What stands behind the name of the process, which may have blanks in it: state first. */
function statOf(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return []; // It has ended meanwhile.
  }
}

const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8');
