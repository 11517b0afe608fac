// Once a day the supervisor forgets what is old: finished rows, events, snapshots, what removed sessions printed, files of the spool.
import { rescueRetention } from '#shared/domain/rescue.ts';
import { isSteady, seenAgain } from '#shared/domain/steady-clock.ts';
import type { Rescues } from '../rescue/rescues.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { pruneTranscripts } from '../sessions/prune-transcripts.ts';
import { deleteEvents, superfluousEvents } from '../storage/events.ts';
import { prune } from '../storage/prune.ts';
import { readClock, writeClock } from './clock-file.ts';

/** Milliseconds by the clock that no one sets. */
const tidyEvery = 24 * 3_600_000;
/** Milliseconds after which it is tried again where something failed. */
const againAfter = 15 * 60_000;

export interface Tidying {
  /** Does nothing until it is due. */
  tidyIfDue(): Promise<void>;
}

interface Tidied {
  readonly rescues: Pick<Rescues, 'prune'>;
  /** Forgets files of the spool that are of no use any more. */
  readonly tidySpool: () => Promise<void>;
}

/** @param monotonic milliseconds; may be any clock that no one sets */
export function createTidying(
  dependencies: SessionDependencies,
  { rescues, tidySpool }: Tidied,
  monotonic: () => number = () => performance.now(),
): Tidying {
  const { store, paths, now, log } = dependencies;
  let dueAt = -Infinity;
  const tidy = async (): Promise<void> => {
    await store.write('prune', prune);
    const clock = seenAgain(readClock(paths), now());
    writeClock(paths, clock);
    await forgetEvents(dependencies, isSteady(clock));
    // What is deleted by its age is gone for good, and a clock that was set wrong makes everything old.
    if (!isSteady(clock)) return;
    await forgetOldRescues(rescues, log);
    const terminals = await pruneTranscripts(dependencies, rescueRetention);
    if (terminals.length > 0) log('transcript.pruned', { terminals });
    await tidySpool();
  };
  return {
    async tidyIfDue() {
      const began = monotonic();
      if (began < dueAt) return;
      dueAt = began + againAfter;
      await tidy();
      dueAt = began + tidyEvery;
    },
  };
}

/** Rows that one transaction deletes: others wait for it. */
const atOnce = 100;

async function forgetEvents({ store, log }: SessionDependencies, byAge: boolean): Promise<void> {
  const events = store.read((tx) => superfluousEvents(tx, byAge));
  for (let from = 0; from < events.length; from += atOnce) {
    await store.write('prune: events', (tx) => deleteEvents(tx, events.slice(from, from + atOnce)));
  }
  if (events.length > 0) log('event.pruned', { events: events.length });
}

async function forgetOldRescues(rescues: Tidied['rescues'], log: SessionDependencies['log']): Promise<void> {
  const forgotten = await rescues.prune({ days: rescueRetention, dryRun: false });
  const refs = forgotten.ok ? forgotten.value.pruned.map(({ ref, commit }) => `${ref} ${commit}`) : [];
  // The commits are named: git keeps them for a while longer.
  if (refs.length > 0) log('rescue.pruned', { refs });
}
