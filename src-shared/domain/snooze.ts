// Put off: out of the queue until a time, or until it changes. Whatever else it comes to ask in between ends the snooze.
import { z } from 'zod';
import { timestampSchema } from './identifier.ts';
import type { SessionView } from './session.ts';

/** Until this time; `change`: until it is in another state, or asks something else. */
export const snoozeEndSchema = z.union([timestampSchema, z.literal('change')]);
export type SnoozeEnd = z.infer<typeof snoozeEndSchema>;

export interface Snooze {
  readonly until: SnoozeEnd;
  /** When somebody put it off. */
  readonly at: number;
}

export const snoozeChoices = ['15m', '1h', 'change', 'tomorrow'] as const;
export type SnoozeChoice = (typeof snoozeChoices)[number];

const minute = 60_000;
/** O'clock, where the person is. */
const morning = 9;

/** @param now a time of the person's own clock, by which tomorrow is told */
export function snoozeEnd(choice: SnoozeChoice, now: Date): SnoozeEnd {
  if (choice === 'change') return choice;
  if (choice !== 'tomorrow') return now.getTime() + (choice === '1h' ? 60 : 15) * minute;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morning).getTime();
}

/** What was put off holds no longer: it came into this state, or asked this, afterwards. */
export const outlives = ({ at }: Snooze, { since, question }: Pick<SessionView, 'since' | 'question'>): boolean =>
  since <= at && (question?.at ?? 0) <= at;

export const isSnoozed = ({ snooze }: Pick<SessionView, 'snooze'>, now: number): boolean =>
  snooze !== null && (snooze.until === 'change' || now < snooze.until);

/** When the next one comes back by itself; null when none does. */
export function nextWaking(sessions: readonly Pick<SessionView, 'snooze'>[], now: number): number | null {
  const ends = sessions.flatMap(({ snooze }) =>
    snooze === null || snooze.until === 'change' || snooze.until <= now ? [] : [snooze.until],
  );
  return ends.length === 0 ? null : Math.min(...ends);
}
