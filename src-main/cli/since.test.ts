import { expect, it } from 'vitest';
import { momentOf } from './since.ts';

const now = new Date(2026, 10, 26, 12).getTime();

const cases: readonly [string, number | null][] = [
  ['90s', now - 90_000],
  ['15m', now - 900_000],
  ['2h', now - 7_200_000],
  ['3d', now - 3 * 86_400_000],
  ['1w', now - 7 * 86_400_000],
  ['999999w', 0],
  ['2026-11-26', new Date(2026, 10, 26).getTime()],
  ['2026-11-26T10:30', new Date(2026, 10, 26, 10, 30).getTime()],
  ['2026-11-26T10:30:05Z', Date.UTC(2026, 10, 26, 10, 30, 5)],
  ['2026-11-26T10:30+02:00', Date.UTC(2026, 10, 26, 8, 30)],
  ...['', '2', 'h', '-2h', '2 h', '1.5h', 'yesterday', '2026-13-40', '2026-11-26 10:30', '1e3s'].map(
    (text): [string, number | null] => [text, null],
  ),
];

it.each(cases)('reads %j', (text, expected) => {
  expect(momentOf(text, now)).toBe(expected);
});
