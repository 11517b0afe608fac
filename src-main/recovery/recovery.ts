// What a supervising host does by itself: one recovery when it begins, then one a minute, and what somebody should know of it.
import { Emitter } from '#shared/lib/emitter.ts';
import { toRecoveryNote, type RecoveryNote } from '#shared/domain/recovery-report.ts';
import type { RecoveryDependencies } from './facts.ts';
import { recover } from './recover.ts';

/** Milliseconds between two passes, by the clock that stands still while the machine sleeps. */
const passEvery = 60_000;

export interface Recovery {
  /** Does nothing until a pass is due. */
  passIfDue(): Promise<void>;
  /** What the latest pass that did or left something has to tell; null when none has. */
  readonly note: RecoveryNote | null;
  onNote(listener: () => void): () => void;
}

/** @param monotonic milliseconds; may be any clock that no one sets */
export function createRecovery(
  dependencies: RecoveryDependencies,
  monotonic: () => number = () => performance.now(),
): Recovery {
  const told = new Emitter<void>();
  let note: RecoveryNote | null = null;
  let passedAt = -Infinity;
  let waiting: ReadonlySet<string> = new Set();

  const tell = (next: RecoveryNote | null): void => {
    // The same few that nobody has looked after yet are no news.
    if (next === null || sameNews(next, note)) return;
    note = next;
    told.emit();
  };
  return {
    async passIfDue() {
      if (monotonic() - passedAt < passEvery) return;
      passedAt = monotonic();
      const wish = { project: null, asked: false, endMany: false, dryRun: false, seenBefore: waiting };
      const recovered = await recover(dependencies, wish);
      waiting = recovered.waiting;
      tell(toRecoveryNote(recovered.report));
    },
    get note() {
      return note;
    },
    onNote: (listener) => told.on(listener),
  };
}

const sameNews = (next: RecoveryNote, last: RecoveryNote | null): boolean =>
  last !== null && JSON.stringify({ ...next, at: 0 }) === JSON.stringify({ ...last, at: 0 });
