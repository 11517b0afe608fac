import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { questionOnScreen } from '#shared/domain/found-question.ts';
import type { TerminalScreen, TerminalStatus } from '#shared/domain/terminal-status.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { createScreenLooks, type ScreenLooks } from './screen-looks.ts';

let asked: string[];
let seen: string[];
let looks: ScreenLooks;
let answer: (terminal: string) => Promise<Result<TerminalScreen, unknown>>;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, seen] = [[], []];
  answer = async () => ok(screen('Proceed? [y/N]'));
  looks = createScreenLooks({
    screen: (terminal) => {
      asked.push(terminal);
      return answer(terminal);
    },
    read: (_session, shown) => questionOnScreen(shown),
    now: Date.now,
    seen: (terminal) => seen.push(terminal),
  });
});
afterEach(() => {
  looks.close();
  vi.useRealTimers();
});

const size = { cols: 80, rows: 2 };
const screen = (line: string, offset = 10): TerminalScreen => ({
  ...{ size, rows: [line, ''], cursor: { row: 0, col: line.length + 1 }, alternate: false, offset },
});
const status = (terminal: string, more: Partial<TerminalStatus> = {}): TerminalStatus => ({
  ...{ terminal, session: 'web-1', pid: 1, size, offset: 10, lastOutputAt: 1000, outputSince: 900, busyAt: null },
  ...{ bellAt: null, noticeAt: null, notice: null, inputAt: null, title: null, exit: null },
  ...more,
});
const found = questionOnScreen(screen('Proceed? [y/N]'));
const asks = { question: 'Proceed? [y/N]', found, at: 1000, since: 1000 };

it('looks once at what was printed, and again when there is more', async () => {
  looks.want(status('a'));
  await vi.advanceTimersByTimeAsync(1000);
  looks.want(status('a'));
  await vi.advanceTimersByTimeAsync(1000);
  expect([asked, seen, looks.questionOf('a')]).toEqual([['a'], ['a'], asks]);
  answer = async () => ok(screen('All done.', 20));
  looks.want(status('a', { offset: 20, lastOutputAt: 3000 }));
  await vi.advanceTimersByTimeAsync(1000);
  expect([asked, looks.questionOf('a')]).toEqual([['a', 'a'], null]);
});

it('begins no more than four looks a second, two at once', async () => {
  answer = () => new Promise((resolve) => setTimeout(() => resolve(ok(screen('x'))), 600));
  const begun: number[] = [];
  for (const terminal of 'abcdefgh') looks.want(status(terminal));
  for (let ms = 0; ms < 4000; ms += 50) {
    begun.push(asked.length);
    await vi.advanceTimersByTimeAsync(50);
  }
  const most = Math.max(...begun.map((count, at) => (begun[at + 20] ?? count) - count));
  expect([asked.length, seen.length, most <= 4]).toEqual([8, 8, true]);
});

it('lets nobody wait for one that does not answer', async () => {
  answer = (terminal) => (terminal === 'c' ? Promise.resolve(ok(screen('Proceed? [y/N]'))) : new Promise(() => {}));
  for (const terminal of 'abc') looks.want(status(terminal));
  await vi.advanceTimersByTimeAsync(6000);
  expect([seen, looks.questionOf('a'), looks.questionOf('c')]).toEqual([['c'], null, asks]);
});

it('changes nothing when nobody can tell, and asks five times at most', async () => {
  looks.want(status('a'));
  await vi.advanceTimersByTimeAsync(1000);
  answer = async () => fail('no mirror');
  for (let turn = 0; turn < 8; turn += 1) {
    looks.want(status('a', { offset: 20 }));
    await vi.advanceTimersByTimeAsync(1000);
  }
  answer = () => Promise.reject(new Error('gone'));
  looks.want(status('a', { offset: 30 }));
  await vi.advanceTimersByTimeAsync(1000);
  expect([asked.length, seen, looks.questionOf('a')]).toEqual([7, ['a'], asks]);
});

it('does not go by a screen that has gone on since', async () => {
  answer = async () => ok(screen('Proceed? [y/N]', 11));
  looks.want(status('a'));
  await vi.advanceTimersByTimeAsync(1000);
  expect([looks.hasSeen('a'), looks.questionOf('a')]).toEqual([false, null]);
});

it('waits for the screen that shows all that was printed', async () => {
  answer = async () => ok(screen('Running…', 9));
  looks.want(status('a'));
  await vi.advanceTimersByTimeAsync(1000);
  expect([asked, seen, looks.hasSeen('a')]).toEqual([['a'], [], false]);
  expect(looks.dueAt(status('a'))).toBeLessThan(Date.now());
  answer = async () => ok(screen('Proceed? [y/N]'));
  looks.want(status('a'));
  await vi.advanceTimersByTimeAsync(1000);
  expect([looks.questionOf('a'), looks.dueAt(status('a'))]).toEqual([asks, null]);
});

it('believes one that is drawn without a pause at the second look, half a second later, and then looks once a second', async () => {
  const began = Date.now();
  const drawing = (): TerminalStatus =>
    status('a', { offset: Date.now() - began + 10, lastOutputAt: Date.now(), outputSince: began });
  const believed: boolean[] = [];
  for (let ms = 0; ms < 9000; ms += 100) {
    answer = async () => ok(screen('Proceed? [y/N]', drawing().offset));
    if ((looks.dueAt(drawing()) ?? Infinity) <= Date.now()) {
      looks.want(drawing());
      await vi.advanceTimersByTimeAsync(0);
      believed.push(looks.questionOf('a')?.drawsOn === true);
    }
    await vi.advanceTimersByTimeAsync(100);
  }
  expect([asked.length, believed]).toEqual([9, [false, ...Array<boolean>(8).fill(true)]]);
});

it('comes back to one that fell silent while it was looked at', async () => {
  const now = Date.now();
  const drawn = status('a', { lastOutputAt: now, outputSince: now - 2000 });
  looks.want(drawn);
  await vi.advanceTimersByTimeAsync(100);
  expect([looks.questionOf('a'), looks.dueAt(drawn)]).toEqual([null, now + 500]);
  await vi.advanceTimersByTimeAsync(1000);
  looks.want(drawn);
  await vi.advanceTimersByTimeAsync(100);
  expect([looks.questionOf('a')?.question, looks.dueAt(drawn)]).toEqual(['Proceed? [y/N]', null]);
});

it('does not look at a flood', async () => {
  const began = Date.now();
  const flood = (offset: number): TerminalStatus =>
    status('a', { offset, lastOutputAt: Date.now(), outputSince: began });
  looks.want(flood(10));
  await vi.advanceTimersByTimeAsync(2500);
  looks.want(flood(20_000_000));
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual(['a']);
  expect(looks.dueAt(flood(30_000_000))).toBeGreaterThan(Date.now());
});

it('knows a question again that was only redrawn, but not one that came back after an answer', async () => {
  const drawn = async (more: Partial<TerminalStatus>) => {
    answer = async () => ok(screen('Proceed? [y/N]', more.offset));
    looks.want(status('a', more));
    await vi.advanceTimersByTimeAsync(1000);
    return looks.questionOf('a')?.since;
  };
  const redrawn = { offset: 20, lastOutputAt: 5000 };
  const answered = { offset: 30, lastOutputAt: 9000, inputAt: 8000 };
  expect([await drawn({}), await drawn(redrawn), await drawn(answered)]).toEqual([1000, 1000, 9000]);
});

it('drops a look at what is gone', async () => {
  answer = () => new Promise((resolve) => setTimeout(() => resolve(ok(screen('Proceed? [y/N]'))), 600));
  looks.want(status('a'));
  looks.forget('a');
  await vi.advanceTimersByTimeAsync(1000);
  expect([seen, looks.questionOf('a')]).toEqual([[], null]);
});
