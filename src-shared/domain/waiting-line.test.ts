import { describe, expect, it } from 'vitest';
import { ordinal, placeOf, startable, type InLine, type LineFacts } from './waiting-line.ts';

/** `a`: waits, of project p. `a/q`: of project q. `a!`: admitted. `a?`: unattended. */
const line = (...words: readonly string[]): readonly InLine[] =>
  words.map((word) => {
    const [, request = '', project = 'p', sign] = /^(\w+)(?:\/(\w+))?([!?])?$/.exec(word) ?? [];
    return { request, project, admitted: sign === '!', unattended: sign === '?' };
  });

const facts = (waiting: readonly string[], more: Partial<LineFacts> = {}, all: number | null = 2): LineFacts => ({
  line: line(...waiting),
  running: [],
  limits: { all, ofProject: (project) => (project === 'small' ? 1 : null) },
  paused: false,
  ...more,
});

describe('there is room', () => {
  const cases: readonly [string, LineFacts, readonly string[]][] = [
    ['for all, without a limit', facts(['a', 'b', 'c'], {}, null), ['a', 'b', 'c']],
    ['for the oldest', facts(['a', 'b', 'c']), ['a', 'b']],
    ['for as many as are missing', facts(['a', 'b'], { running: ['p'] }), ['a']],
    ['for nobody, when all places are taken', facts(['a'], { running: ['p', 'q'] }), []],
    ['for nobody, when more run than may', facts(['a'], { running: ['p', 'q', 'r'] }), []],
    ['for fewer, when some may start already and do not count yet', facts(['x!', 'a', 'b']), ['a']],
    ['for nobody, while new spawns are paused', facts(['a'], { paused: true }, null), []],
    ['for whoever comes after one that nobody takes care of', facts(['a?', 'b', 'c', 'd']), ['b', 'c']],
    [
      'for another project, when the oldest has to wait for its own',
      facts(['a/small', 'b'], { running: ['small'] }),
      ['b'],
    ],
    ['for one of a project that takes one', facts(['a/small', 'b/small', 'c/q'], {}, 3), ['a', 'c']],
  ];
  it.each(cases)('%s', (_name, given, expected) => {
    expect([...startable(given)]).toEqual(expected);
  });
});

it('a place counts those that wait, and whoever does not has none', () => {
  const waiting = line('x!', 'a', 'b?', 'c');
  expect(['x', 'a', 'b', 'c', 'z'].map((request) => placeOf(waiting, request))).toEqual([null, 1, 2, 3, null]);
  expect([1, 2, 3, 4, 11, 22].map(ordinal)).toEqual(['1st', '2nd', '3rd', '4th', '11th', '22nd']);
});
