// The supervisor's own look at what is to be told: each notice becomes a row, once for the home, and goes to the notifiers that are
// routed for it. Windows tell the desktop by themselves; this is for everything else, and for the record.
import { Scope } from '#shared/lib/scope.ts';
import { deliverNotices } from './deliver-notices.ts';
import type { NoticeDependencies } from './dependencies.ts';
import { beginWatching, lookOnce, type Watching } from './look-once.ts';

export interface NoticeKeeper {
  /** Looks soon, and sends what is due. */
  look(): void;
  close(): Promise<void>;
}

/** Milliseconds: what changes at the same time is looked at once. */
const gatherFor = 500;

export function keepNotices(dependencies: NoticeDependencies): NoticeKeeper {
  const { now, log } = dependencies;
  const scope = new Scope();
  const deliveries = deliverNotices(dependencies);
  let watching: Watching | null = null;
  let turn: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let due = Infinity;
  let closed = false;

  const lookAt = (at: number): void => {
    if (closed || (timer !== null && due <= at)) return;
    if (timer !== null) clearTimeout(timer);
    due = at;
    timer = setTimeout(begin, Math.max(0, at - now())).unref();
  };
  const lookSoon = (): void => lookAt(now() + gatherFor);
  const begin = (): void => {
    timer = null;
    due = Infinity;
    if (turn !== null) return lookSoon();
    turn = look()
      .catch((error: unknown) => log('notices.failed', { error: String(error) }))
      .finally(() => (turn = null));
  };
  const look = async (): Promise<void> => {
    watching ??= await beginWatching(dependencies);
    const looked = await lookOnce(dependencies, watching);
    watching = looked.watching;
    deliveries.startDue();
    if (looked.lookAgainAt !== null) lookAt(looked.lookAgainAt);
  };

  scope.add(() => deliveries.stop());
  scope.add(dependencies.onChange(lookSoon));
  lookSoon();
  return {
    look() {
      deliveries.startDue();
      lookSoon();
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await turn;
      await scope.close();
    },
  };
}
