import { expect, it } from 'vitest';
import { TerminalSignals } from './terminal-signals.ts';

/** Prints at each of the times. */
const printedAt = (...times: number[]) => {
  const signals = new TerminalSignals();
  for (const time of times) signals.printed(time);
  return signals.facts;
};
const every = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

it('begins a stretch of output anew after a rest', () => {
  expect(printedAt(1000, 2000, 3499)).toMatchObject({ lastOutputAt: 3499, outputSince: 1000, busyAt: null });
  expect(printedAt(1000, 2500)).toMatchObject({ lastOutputAt: 2500, outputSince: 2500 });
});

it('takes output for work once it has gone on for three seconds, and remembers when that was', () => {
  expect(printedAt(...every(0, 3000, 500)).busyAt).toBe(null);
  expect(printedAt(...every(0, 5000, 500)).busyAt).toBe(5000);
  // Redrawn an hour later: that is no work.
  expect(printedAt(...every(0, 5000, 500), 3_600_000, 3_600_100).busyAt).toBe(5000);
});

it('keeps the last bell, notice and title, and no notice that is blank', () => {
  const signals = new TerminalSignals();
  signals.saw({ kind: 'bell' }, 1);
  signals.saw({ kind: 'notice', text: ' needs\n\u202Eyou ' }, 2);
  signals.saw({ kind: 'notice', text: ' \u200B\n' }, 3);
  signals.saw({ kind: 'title', text: 'working\x07' }, 4);
  signals.saw({ kind: 'works' }, 5);
  signals.saw({ kind: 'rests' }, 6);
  expect(signals.facts).toMatchObject({ worksAt: 5, restsAt: 6 });
  expect(signals.facts).toMatchObject({ bellAt: 1, noticeAt: 2, notice: 'needs you', title: 'working', inputAt: null });
});

it('notes typing, but not what an emulator sends by itself', () => {
  const signals = new TerminalSignals();
  expect([signals.typed(Buffer.from('\x1b[I'), 1), signals.facts.inputAt]).toEqual([false, null]);
  expect([signals.typed(Buffer.from('y'), 2), signals.facts.inputAt]).toEqual([true, 2]);
});
