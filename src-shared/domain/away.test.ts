import { expect, it } from 'vitest';
import { awayDigest } from './away.ts';
import { damagedSessionView } from './session-view.ts';
import type { SessionView } from './session.ts';
import type { ScreenState } from './status.ts';

const session = (id: string, state: ScreenState, since: number, more: Partial<SessionView> = {}): SessionView => ({
  ...damagedSessionView(id, 'api', ''),
  ...{ damaged: null, state, since },
  ...more,
});
const away = { from: 100, to: 200 };
const told = (sessions: readonly SessionView[]) =>
  awayDigest(sessions, away)?.map(({ kind, sessions: those }) => `${kind}: ${those.map(({ id }) => id).join(' ')}`);

it('tells what came about in that time, the latest first', () => {
  expect(
    told([
      session('old', 'asks-you', 100),
      session('later', 'asks-you', 201),
      session('asks', 'asks-permission', 120),
      session('done', 'done', 130),
      session('idle', 'idle', 150),
      session('merged', 'merged', 140),
      session('red', 'ci-failing', 200),
      session('away', 'crashed', 150, { archived: true }),
      session('works', 'working', 150),
    ]),
  ).toEqual(['waiting: asks', 'failed: red', 'finished: idle done', 'landed: merged']);
});

it.each([
  [2, undefined],
  [3, ['finished: 2 1 0']],
])('of %d events tells %j', (count, expected) => {
  expect(told(Array.from({ length: count }, (_, index) => session(String(index), 'done', 150 + index)))).toEqual(
    expected,
  );
});
