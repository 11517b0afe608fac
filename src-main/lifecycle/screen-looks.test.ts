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

it('changes nothing when nobody can tell, and asks three times at most', async () => {
  looks.want(status('a'));
  await vi.advanceTimersByTimeAsync(1000);
  answer = async () => fail('no mirror');
  for (let turn = 0; turn < 5; turn += 1) {
    looks.want(status('a', { offset: 20 }));
    await vi.advanceTimersByTimeAsync(1000);
  }
  answer = () => Promise.reject(new Error('gone'));
  looks.want(status('a', { offset: 30 }));
  await vi.advanceTimersByTimeAsync(1000);
  expect([asked.length, seen, looks.questionOf('a')]).toEqual([5, ['a'], asks]);
});

it('does not go by a screen that has gone on since', async () => {
  answer = async () => ok(screen('Proceed? [y/N]', 11));
  looks.want(status('a'));
  await vi.advanceTimersByTimeAsync(1000);
  expect([seen, looks.questionOf('a')]).toEqual([[], null]);
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
