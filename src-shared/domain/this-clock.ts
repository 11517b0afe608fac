// What was stamped by a clock that was ahead and has been put back since seems to come. It happened, nobody knows when, and it must decide nothing
// against what happens now. Pure.
import { quietAfter } from './activity.ts';
import type { Fact } from './fact.ts';
import type { TerminalStatus } from './terminal-status.ts';

/** Milliseconds by which a stamp may be ahead: clocks are corrected by moments all the time, and that mends itself. */
const ahead = 5000;

export const isToCome = (at: number | null, now: number): boolean => at !== null && at > now + ahead;

/**
 * Facts of one source as they came in: those that seem to come are as old as the one before them, so that whatever is told next is newer.
 * @param begun what the first is as old as
 */
export function factsByNow(facts: readonly Fact[], begun: number, now: number): readonly Fact[] {
  if (!facts.some(({ at }) => isToCome(at, now))) return facts;
  let last = Math.min(begun, now);
  return facts.map((fact) => {
    if (isToCome(fact.at, now)) return { ...fact, at: last };
    last = Math.max(last, fact.at);
    return fact;
  });
}

const times = ['lastOutputAt', 'outputSince', 'busyAt', 'bellAt', 'noticeAt', 'inputAt', 'worksAt', 'restsAt'] as const;
type Times = Pick<TerminalStatus, (typeof times)[number]>;

/**
 * A status of which nothing is to come: what was stamped ahead came to rest by now, since whatever happens now is stamped by this clock; all of
 * it as long before each other as it was.
 * @param before as its service told it last, and what became of that: what was moved once is not moved again
 */
export function statusByNow<S extends Times>(
  told: S,
  before: { readonly told: Times; readonly status: Times } | null,
  now: number,
): S {
  const back = Math.max(...times.map((name) => told[name] ?? 0)) - now;
  if (back <= ahead) return told;
  const rested = back + quietAfter + 1;
  const moved = times.map((name): [string, number | null] => {
    const [at = null, known] = [told[name], before?.told[name] === told[name] ? (before?.status[name] ?? null) : null];
    if (at === null || at <= now) return [name, at];
    return [name, known !== null && known <= now ? known : at - rested];
  });
  return { ...told, ...Object.fromEntries(moved) };
}
