// What came about while nobody looked: told once, at the top of the queue, to whoever comes back.
import type { SessionView } from './session.ts';
import type { ScreenState } from './status.ts';

/** From when to when no window was looked at. */
export interface Away {
  readonly from: number;
  readonly to: number;
}

/** Milliseconds without anybody, and events in them, from which on there is something to tell. */
export const longAway = 20 * 60_000;
const enough = 3;

export const digestKinds = ['waiting', 'failed', 'finished', 'landed'] as const;
export type DigestKind = (typeof digestKinds)[number];

const kindOf: Partial<Record<ScreenState, DigestKind>> = {
  'asks-permission': 'waiting',
  'asks-you': 'waiting',
  stuck: 'failed',
  crashed: 'failed',
  lost: 'failed',
  'ci-failing': 'failed',
  conflict: 'failed',
  idle: 'finished',
  done: 'finished',
  merged: 'landed',
};

/** Sessions by what they came to be in that time, the latest first; null when it is too little to tell. */
export function awayDigest(
  sessions: readonly SessionView[],
  { from, to }: Away,
): readonly { readonly kind: DigestKind; readonly sessions: readonly SessionView[] }[] | null {
  const news = sessions.filter(({ since, archived }) => !archived && since > from && since <= to);
  const groups = digestKinds
    .map((kind) => ({
      kind,
      sessions: news.filter(({ state }) => kindOf[state] === kind).toSorted((a, b) => b.since - a.since),
    }))
    .filter((group) => group.sessions.length > 0);
  return groups.reduce((sum, group) => sum + group.sessions.length, 0) < enough ? null : groups;
}
