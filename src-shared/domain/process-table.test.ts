import { describe, expect, it } from 'vitest';
import { sumUp, terminalsOf, usedSince, type Belonging, type ProcessRow } from './process-table.ts';

/** `pid<parent`, with what is said besides. */
const row = (pid: number, parent: number, more: Partial<ProcessRow> = {}): ProcessRow => ({
  ...{ pid, parent, leader: 0, startTime: String(more.started ?? pid), started: pid },
  ...{ cpu: 0, childrenCpu: 0, memory: 0, ended: false },
  ...more,
});
const root = (pid: number, terminal: string, startTime = String(pid)) => ({ pid, startTime, terminal });

const nothing: Belonging = { roots: [], keepers: [], earlier: new Map(), markOf: () => null };

describe('a process belongs to the terminal', () => {
  const marks =
    (marked: Readonly<Record<number, string>>) =>
    ({ pid }: ProcessRow) =>
      marked[pid] ?? null;

  const cases: readonly [string, readonly ProcessRow[], Partial<Belonging>, Readonly<Record<number, string>>][] = [
    ['of its root, with all descendants', [row(10, 1), row(11, 10), row(12, 11)], {}, { 10: 'A', 11: 'A', 12: 'A' }],
    ['of nobody, when none tells', [row(30, 1), row(31, 30)], {}, {}],
    [
      'of the nearest root, whoever started that',
      [row(10, 1), row(20, 10), row(21, 20)],
      {},
      { 10: 'A', 20: 'B', 21: 'B' },
    ],
    ['whose mark it bears, when its parents have ended', [row(30, 1)], { markOf: marks({ 30: 'A' }) }, { 30: 'A' }],
    [
      'of the mark of its parent, when it bears none itself',
      [row(30, 1), row(31, 30)],
      { markOf: marks({ 30: 'A' }) },
      { 30: 'A', 31: 'A' },
    ],
    [
      'of its own mark, when its parent bears another',
      [row(30, 1), row(31, 30)],
      { markOf: marks({ 30: 'A', 31: 'B' }) },
      { 30: 'A', 31: 'B' },
    ],
    ['of the root that leads its session', [row(10, 1), row(30, 1, { leader: 10 })], {}, { 10: 'A', 30: 'A' }],
    [
      'where it was, when its parents have ended and it bears no mark',
      [row(30, 1)],
      { earlier: new Map([[30, { startTime: '30', terminal: 'A' }]]) },
      { 30: 'A' },
    ],
    [
      'of nobody, when its pid was that of another',
      [row(30, 1, { startTime: '77' })],
      { earlier: new Map([[30, { startTime: '30', terminal: 'A' }]]) },
      {},
    ],
    ['of nobody, when the pid of a root was given away', [row(10, 1, { startTime: '99' }), row(11, 10)], {}, {}],
    ['of nobody, when its parent is younger than it', [row(20, 1), row(11, 20, { started: 11 })], {}, { 20: 'B' }],
    [
      'of nobody, when it holds terminals, and its roots are their own',
      [row(10, 1), row(15, 10), row(20, 15), row(16, 15)],
      { keepers: [{ pid: 15, startTime: '15' }] },
      { 10: 'A', 20: 'B' },
    ],
    ['of nobody, in a ring of parents', [row(40, 41), row(41, 40, { started: 40 })], {}, {}],
  ];
  it.each(cases)('%s', (_name, rows, belonging, expected) => {
    const roots = [root(10, 'A'), root(20, 'B')];
    expect(Object.fromEntries(terminalsOf(rows, { ...nothing, roots, ...belonging }))).toEqual(expected);
  });

  it('and a mark is asked for only where the tree does not tell', () => {
    const asked: number[] = [];
    const markOf = ({ pid }: ProcessRow) => (asked.push(pid), null);
    terminalsOf([row(10, 1), row(11, 10), row(30, 1)], { ...nothing, roots: [root(10, 'A')], markOf });
    expect(asked).toEqual([30]);
  });
});

describe('processor time since the last look', () => {
  const cases: readonly [string, readonly ProcessRow[], readonly ProcessRow[], Readonly<Record<number, number>>][] = [
    ['of one that was there', [row(10, 1, { cpu: 500 })], [row(10, 1, { cpu: 800 })], { 10: 300 }],
    ['of one that is new', [], [row(10, 1, { cpu: 70, childrenCpu: 30 })], { 10: 100 }],
    [
      'of a child that came and went in between is its parent’s',
      [row(10, 1)],
      [row(10, 1, { childrenCpu: 250 })],
      { 10: 250 },
    ],
    [
      'of a child that ended is counted once',
      [row(10, 1), row(11, 10, { cpu: 400 })],
      [row(10, 1, { childrenCpu: 450 })],
      { 10: 50 },
    ],
    [
      'of a whole branch that ended is counted once',
      [row(10, 1), row(11, 10, { cpu: 100 }), row(12, 11, { cpu: 400 })],
      [row(10, 1, { childrenCpu: 520 })],
      { 10: 20 },
    ],
    [
      'is never negative, when nobody waited for the child',
      [row(10, 1), row(11, 10, { cpu: 400 })],
      [row(10, 1)],
      { 10: 0 },
    ],
    [
      'is not that of whoever had the pid before',
      [row(10, 1, { cpu: 9000, startTime: 'old' })],
      [row(10, 1, { cpu: 20, startTime: 'new' })],
      { 10: 20 },
    ],
  ];
  it.each(cases)('%s', (_name, before, now, expected) => {
    expect(Object.fromEntries(usedSince(before, now))).toEqual(expected);
  });
});

it('a sum holds the processes of its key alone, and no processor time at the first look', () => {
  const rows = [row(10, 1, { memory: 5 }), row(11, 10, { memory: 7 }), row(20, 1, { memory: 100 })];
  const keyOf = (pid: number) => ({ 10: 'a-1', 11: 'a-1' })[pid];
  const spent = new Map([
    [10, 500],
    [11, 1500],
    [20, 9999],
  ]);
  expect([sumUp(rows, keyOf, { spent, elapsed: 1000 }), sumUp(rows, keyOf, { spent: null, elapsed: 0 })]).toEqual([
    new Map([['a-1', { processes: 2, cpu: 2, memory: 12, pids: [10, 11] }]]),
    new Map([['a-1', { processes: 2, cpu: null, memory: 12, pids: [10, 11] }]]),
  ]);
});
