import { describe, expect, it } from 'vitest';
import { cpuText, isWorthTelling, memoryText, totalUsage, type SessionUsage } from './usage.ts';

const megabyte = 1024 * 1024;
const usage: SessionUsage = {
  ...{ session: 'a-1', processes: 3, cpu: 0.5, memory: 200 * megabyte, at: 0 },
  listening: { ports: [], cannotTell: null },
};

describe('a change is told', () => {
  const cases: readonly [string, Partial<SessionUsage>, boolean][] = [
    ['not when only time has passed', { at: 2000 }, false],
    ['not of a little processor time', { cpu: 0.53 }, false],
    ['of some processor time', { cpu: 0.56 }, true],
    ['of coming to rest', { cpu: 0 }, true],
    ['not of a little memory', { memory: 205 * megabyte }, false],
    ['of some memory', { memory: 211 * megabyte }, true],
    ['of a process more', { processes: 4 }, true],
    ['of a port', { listening: { ports: [{ port: 80, address: '*', pid: 1 }], cannotTell: null } }, true],
    ['of not being able to tell any more', { listening: { ports: [], cannotTell: 'why' } }, true],
    ['of processor time that is not known', { cpu: null }, true],
  ];
  it.each(cases)('%s', (_name, change, expected) => {
    expect(isWorthTelling(usage, { ...usage, ...change })).toBe(expected);
  });
  it('also when it comes to rest from next to nothing', () => {
    expect(isWorthTelling({ ...usage, cpu: 0.02 }, { ...usage, cpu: 0 })).toBe(true);
  });
});

it('all together are a sum, whose processor time is known as soon as that of one is', () => {
  expect([
    totalUsage([]),
    totalUsage([usage, { ...usage, cpu: null }]),
    totalUsage([{ ...usage, cpu: null }]).cpu,
  ]).toEqual([
    { sessions: 0, processes: 0, cpu: null, memory: 0 },
    { sessions: 2, processes: 6, cpu: 0.5, memory: 400 * megabyte },
    null,
  ]);
});

it('is read as percent of one core, and as MB or GB', () => {
  expect([
    cpuText(null),
    cpuText(0.384),
    cpuText(2.5),
    memoryText(312 * megabyte),
    memoryText(6246 * megabyte),
  ]).toEqual(['–', '38 %', '250 %', '312 MB', '6.1 GB']);
});
