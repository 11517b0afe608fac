import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { activityOf } from '#shared/domain/activity.ts';
import type { TerminalProbe, TerminalScreen, TerminalStatus } from '#shared/domain/terminal-status.ts';
import { ok } from '#shared/lib/result.ts';
import type { Runtime, Survey, SurveyedTerminal } from '../plugins/runtimes/runtime.ts';
import { insertTerminal } from '../storage/terminals.ts';
import { ScratchHome } from '../storage/fixtures/scratch-home.ts';
import type { Store } from '../storage/store.ts';
import { watchTerminals, type TerminalWatch } from './terminal-watch.ts';

const home = new ScratchHome();
let store: Store;
let watch: TerminalWatch;
let report: (status: TerminalStatus | null) => void;
let listed: TerminalStatus[];
let screens: string[];
let told: string[];
let rows: readonly string[];
/** Of the mirror. */
let answer: Promise<void>;
let offset: number;
let surveys: number[];
let answers: Partial<Survey>;

beforeEach(async () => {
  store ??= await home.openFully();
  vi.useFakeTimers({ now: 1_000_000 });
  [listed, screens, told, rows] = [[], [], [], ['Working on it.', '']];
  [surveys, answers, answer, offset] = [[], {}, Promise.resolve(), 10];
  begin(true);
});
afterEach(() => {
  watch.close();
  vi.useRealTimers();
});

afterAll(() => home.remove());

function begin(live: boolean): void {
  const runtime = {
    survey: async (terminals: readonly SurveyedTerminal[]) => {
      surveys.push(terminals.length);
      return { statuses: listed, probes: new Map(), unreachable: null, ...answers };
    },
    onStatus: (listener: typeof report) => {
      report = listener;
      return () => undefined;
    },
    screen: async (terminal: string) => {
      screens.push(terminal);
      await answer;
      return ok<TerminalScreen>({ size, rows, cursor: { row: 1, col: 0 }, alternate: false, offset });
    },
  } as unknown as Runtime;
  watch = watchTerminals(
    {
      store,
      paths: { sessionDirectory: () => '/nowhere' } as never,
      runtime,
      now: Date.now,
      log: () => undefined,
      agents,
    },
    live,
  );
  watch.onFacts((session) => told.push(session));
}

const agents = { definition: () => null };
const size = { cols: 80, rows: 2 };
const status = (session: string, more: Partial<TerminalStatus> = {}): TerminalStatus => ({
  ...{ terminal: `t-${session}`, session, pid: 1, size, offset: 10, lastOutputAt: Date.now(), outputSince: Date.now() },
  ...{ busyAt: null, bellAt: null, noticeAt: null, notice: null, inputAt: null, title: null, exit: null },
  ...more,
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const because = () => {
  const activity = activityOf(watch.facts('t-web-1'), null, Date.now());
  return activity.kind === 'asks' ? activity.because : undefined;
};
const question = () => watch.facts('t-web-1')?.screen?.question ?? null;

it('looks at the screen when a terminal has come to rest, and tells when it asks', async () => {
  rows = ['Overwrite it?', ''];
  report(status('web-1'));
  await pass(500);
  expect([screens, told]).toEqual([[], ['web-1']]);
  await pass(200);
  expect([screens, told, question()]).toEqual([['t-web-1'], ['web-1', 'web-1'], 'Overwrite it?']);
});

it('waits for what the screen says before a bell alone asks, and not for ever', async () => {
  rows = ['Overwrite it?', ''];
  report(status('web-1', { bellAt: Date.now() }));
  const said: (string | undefined)[] = [];
  watch.onFacts(() => said.push(because()));
  await pass(3000);
  expect(said).toEqual(['Its screen ends with a question: "Overwrite it?" (inferred).']);
  answer = new Promise(() => undefined);
  report(status('web-1', { offset: 20, bellAt: Date.now(), inputAt: Date.now() - 2000 }));
  said.length = 0;
  await pass(2400);
  expect(said).toEqual([]);
  await pass(200);
  expect(said).toEqual(['It rang the bell, and nobody has typed since (inferred).']);
});

it('looks in time also when another timer is set for later', async () => {
  report(status('web-1', { lastOutputAt: null, outputSince: null }));
  await pass(100);
  report(status('web-1'));
  await pass(1600);
  expect(screens).toEqual(['t-web-1']);
});

it('tells when one falls quiet, also one that has never printed', async () => {
  report(status('web-1'));
  report(status('web-2', { lastOutputAt: null, outputSince: null }));
  await pass(9000);
  told.length = 0;
  await pass(2000);
  expect(told).toEqual(['web-1', 'web-2']);
});

it('does nothing at all while a hundred terminals rest', async () => {
  for (let n = 1; n <= 100; n += 1) report(status(`web-${n}`));
  await pass(60_000);
  expect([screens.length, new Set(screens).size]).toEqual([100, 100]);
  expect(vi.getTimerCount()).toBe(0);
  told.length = 0;
  await pass(3_600_000);
  expect([screens.length, told]).toEqual([100, []]);
});

it('looks at those that had come to rest before it came', async () => {
  listed = [status('web-1', { lastOutputAt: Date.now() - 60_000 })];
  await watch.refresh();
  await pass(100);
  expect(screens).toEqual(['t-web-1']);
});

it('of a command reads no screen and sets no timer, but knows bells', async () => {
  watch.close();
  begin(false);
  listed = [status('web-1', { lastOutputAt: Date.now() - 60_000, bellAt: Date.now() - 60_000 })];
  await watch.refresh();
  await pass(60_000);
  expect([screens, vi.getTimerCount(), watch.facts('t-web-1')?.bellAt]).toEqual([[], 0, 1_000_000 - 60_000]);
});

it('forgets what it saw when the runtime went away', async () => {
  rows = ['Overwrite it?', ''];
  report(status('web-1'));
  await pass(2000);
  report(null);
  expect(watch.facts('t-web-1')).toBe(null);
});

it('is told of an answer at once', async () => {
  rows = ['Overwrite it?', ''];
  const asking = status('web-1');
  report(asking);
  await pass(2000);
  told.length = 0;
  report({ ...asking, inputAt: Date.now() });
  expect(told).toEqual(['web-1']);
});

it('a clock that is put back by a day makes no quiet terminal busy, and no question unseen', async () => {
  const quiet = status('web-1', { inputAt: Date.now() });
  report(quiet);
  await pass(20_000);
  vi.setSystemTime(Date.now() - 24 * 3_600_000);
  const activity = () => activityOf(watch.facts('t-web-1'), null, Date.now());
  expect(activity().kind).toBe('quiet');
  rows = ['Overwrite it?', ''];
  listed = [quiet];
  await watch.refresh();
  expect(activity().kind).toBe('quiet');
  offset = 20;
  report({ ...quiet, offset, lastOutputAt: Date.now(), outputSince: Date.now() });
  await pass(1000);
  expect([question(), activity().kind]).toEqual(['Overwrite it?', 'asks']);
  expect(watch.facts('t-web-1')?.screen?.since).toBeLessThanOrEqual(Date.now());
});

it('asks once for ten thousand terminals, and tells of each how it answered', async () => {
  const ids = Array.from({ length: 10_000 }, (_, n) => `many-${n}`);
  await store.write('test', (tx) => {
    for (const id of ids) {
      insertTerminal(tx, {
        ...{ id: `t-${id}`, session: id, role: 'agent', runtime: 'pty', label: '' },
        state: 'alive',
        size,
      });
    }
  });
  const why = 'It does not answer.';
  listed = ids.slice(2).map((id) => status(id));
  answers = {
    probes: new Map<string, TerminalProbe>([
      ['t-many-0', { kind: 'unknown', why }],
      ['t-many-1', { kind: 'alive', pid: 7 }],
    ]),
  };
  const before = surveys.length;
  await watch.refresh();
  expect(surveys.slice(before)).toEqual([10_000]);
  expect(['t-many-0', 't-many-1', 't-many-2', 't-other', null].map((terminal) => watch.probe(terminal))).toEqual([
    { kind: 'unknown', why },
    { kind: 'alive', pid: 7 },
    { kind: 'alive', pid: 1 },
    null,
    null,
  ]);
  expect(told).toContain('many-0');
  report(status('many-0'));
  expect(watch.probe('t-many-0')).toEqual({ kind: 'alive', pid: 1 });
});
