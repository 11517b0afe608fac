// What failed checks printed at their end: asked for once a job, of few, and by nobody waited for long. That it can't be had changes nothing else.
import type { Check, PullRequestReading } from '#shared/domain/pull-request-facts.ts';
import type { Result } from '#shared/lib/result.ts';
import type { CommandFailure, CommandOptions } from '../../lib/signed-in-command.ts';
import { endOfLog } from './end-of-log.ts';

export interface CheckLogs {
  /** The same, with what its failed checks printed. */
  into(reading: PullRequestReading): Promise<PullRequestReading>;
}

export type ReadLog = (check: Check, options: CommandOptions) => Promise<Result<string, CommandFailure>> | null;

/** Failed checks of one pull request, and jobs that are remembered. */
const [mostOfOne, most] = [5, 500];
/** Milliseconds: for one log; after one that could not be had, and after a code host that did not answer at all. */
const [patience, tryAgainAfter, leavesAlone] = [10_000, 60_000, 60_000];
/** Attempts. A log may come a moment after its job has ended; one that was deleted never comes. */
const attempts = 4;
/** Bytes of its end. */
const lastBytes = 256 * 1024;

/** @param read null: nobody knows a log of this check */
export function openCheckLogs(read: ReadLog, now: () => number): CheckLogs {
  const known = new Map<string, Known>();
  let silentUntil = -Infinity;

  const load = async (check: Check, url: string): Promise<void> => {
    const before = known.get(url) ?? { log: null, tries: 0, dueAt: -Infinity };
    if (before.log !== null || before.tries >= attempts || now() < before.dueAt) return;
    const asked = read(check, { timeoutMs: patience, lastBytes });
    if (asked === null) return;
    const told = await asked;
    const hasAnswered = told.ok || told.problem.kind === 'refused' || told.problem.kind === 'not-found';
    if (!hasAnswered) silentUntil = now() + leavesAlone;
    else
      remember(url, {
        log: told.ok ? endOfLog(told.value) : null,
        tries: before.tries + 1,
        dueAt: now() + tryAgainAfter,
      });
  };
  const remember = (url: string, is: Known): void => {
    known.delete(url);
    known.set(url, is);
    for (const oldest of known.keys()) {
      if (known.size <= most) break;
      known.delete(oldest);
    }
  };
  return {
    async into(reading) {
      const failed = reading.checks.filter(({ state }) => state === 'failed');
      const first = [...failed].sort((a, b) => Number(b.required) - Number(a.required)).slice(0, mostOfOne);
      if (reading.pullRequest.state === 'open' && now() >= silentUntil) {
        await Promise.all(first.map(async (check) => (check.url === null ? undefined : load(check, check.url))));
      }
      const logOf = (check: Check) =>
        (first.includes(check) ? known.get(check.url ?? '')?.log : null) ?? endOfLog(check.log ?? '');
      return { ...reading, checks: reading.checks.map((check) => ({ ...check, log: logOf(check) })) };
    },
  };
}

interface Known {
  readonly log: string | null;
  readonly tries: number;
  readonly dueAt: number;
}
