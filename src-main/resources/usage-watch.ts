// Sweeps the process table for all sessions at once, at the pace of whoever looks, and keeps what each session uses.
import { isWorthTelling, type SessionUsage } from '#shared/domain/usage.ts';
import { Emitter } from '#shared/lib/emitter.ts';
import { sweepProcesses } from '../lib/process-sweep.ts';
import type { Runtime } from '../plugins/runtimes/runtime.ts';
import type { Store } from '../storage/store.ts';
import { createMeasure } from './measure.ts';

/** Milliseconds between two sweeps while somebody looks, and while nobody does. */
const pace = { watched: 2000, unwatched: 15_000 };

export interface UsageChange {
  readonly session: string;
  /** Null: nothing of it runs any more. */
  readonly usage: SessionUsage | null;
}

export interface UsageWatch {
  /** As of the latest sweep; sessions of which nothing runs are not in it. */
  readonly usages: ReadonlyMap<string, SessionUsage>;
  /** Why nothing can be told; null when it can, or nobody has looked yet. */
  readonly cannotTell: string | null;
  /** One sweep now, or the one that is under way. Never rejects. */
  sweep(): Promise<void>;
  /** Somebody looks from now on; returns the way to stop. What is hardly another is not told. */
  follow(listener: (changes: readonly UsageChange[]) => void): () => void;
  close(): void;
}

interface Dependencies {
  readonly store: Store;
  readonly runtime: Pick<Runtime, 'origin'>;
  readonly now: () => number;
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}

/** @param live sweeps by itself; else only when `sweep` is called */
export function watchUsage({ store, runtime, now, log }: Dependencies, live: boolean): UsageWatch {
  const measure = createMeasure({ store, runtime, now });
  const told = new Emitter<readonly UsageChange[]>();
  let usages: ReadonlyMap<string, SessionUsage> = new Map();
  let lastTold: ReadonlyMap<string, SessionUsage> = new Map();
  let sweptAt = -Infinity;
  let cannotTell: string | null = null;
  let sweeping: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let viewers = 0;
  let closed = false;

  const look = async (): Promise<void> => {
    const swept = await sweepProcesses();
    cannotTell = swept.ok ? null : swept.problem;
    sweptAt = performance.now();
    settle(swept.ok ? await measure(swept.value, sweptAt) : new Map());
  };
  /** What was told before stays the measure, so that many small steps are told as well. */
  const settle = (next: ReadonlyMap<string, SessionUsage>): void => {
    usages = next;
    const changes: UsageChange[] = [];
    const kept = new Map<string, SessionUsage>();
    for (const [session, usage] of next) {
      const known = lastTold.get(session);
      const tells = known === undefined || isWorthTelling(known, usage);
      if (tells) changes.push({ session, usage });
      kept.set(session, tells ? usage : known);
    }
    for (const session of lastTold.keys()) if (!next.has(session)) changes.push({ session, usage: null });
    lastTold = kept;
    if (changes.length > 0) told.emit(changes);
  };
  const sweep = (): Promise<void> => {
    sweeping ??= look()
      .catch((error: unknown) => log('usage.failed', { error: String(error) }))
      .finally(() => (sweeping = null));
    return sweeping;
  };
  const schedule = (wait: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!live || closed) return;
    timer = setTimeout(() => void sweep().then(() => schedule(viewers > 0 ? pace.watched : pace.unwatched)), wait);
    timer.unref();
  };
  schedule(pace.unwatched);

  return {
    get usages() {
      return usages;
    },
    get cannotTell() {
      return cannotTell;
    },
    sweep,
    follow(listener) {
      const stop = told.on(listener);
      viewers += 1;
      // The first to look waits for nothing, but no sweep follows another closer than the pace.
      if (viewers === 1) schedule(Math.max(0, pace.watched - (performance.now() - sweptAt)));
      let follows = true;
      return () => {
        if (!follows) return;
        follows = false;
        viewers -= 1;
        stop();
      };
    },
    close() {
      closed = true;
      schedule(0);
    },
  };
}
