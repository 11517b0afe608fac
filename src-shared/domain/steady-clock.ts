// May the wall clock be believed before something is deleted by its age? Only when it has gone on for a week without a jump. Pure.
import { z } from 'zod';

/** Milliseconds since the epoch. */
export const steadyClockSchema = z.strictObject({ since: z.number(), seen: z.number() });
export type SteadyClock = z.infer<typeof steadyClockSchema>;

const week = 7 * 24 * 3_600_000;

/** Set back, or far ahead of when it was last seen (also when nobody looked for so long): it begins anew. */
export const seenAgain = (last: SteadyClock | null, now: number): SteadyClock =>
  last !== null && now >= last.seen && now - last.seen <= week
    ? { since: last.since, seen: now }
    : { since: now, seen: now };

export const isSteady = ({ since, seen }: SteadyClock): boolean => seen - since >= week;
