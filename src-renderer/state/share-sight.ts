// What a person sees of the sessions in any window of this browser. A focused window holds a lock that bears its session's name;
// the browser gives it back when the page ends, however it ends.
import type { Readable } from '../lib/store.ts';

const lockPrefix = 'athene.sight ';

export interface SharedSight {
  /** Sessions that a focused window shows. */
  inSight(): Promise<ReadonlySet<string>>;
  /** Ends what this window holds. */
  close(): void;
}

/** @param session the one that this window shows to somebody who looks at it; null while nobody does */
export function shareSight(session: Readable<string | null>, locks: LockManager | undefined): SharedSight {
  let release: () => void = () => undefined;
  const hold = (): void => {
    release();
    const shown = session.get();
    if (shown === null || locks === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    release = resolve;
    void locks.request(lockPrefix + shown, { mode: 'shared' }, () => promise);
  };
  const unsubscribe = session.subscribe(hold);
  hold();
  return {
    async inSight() {
      const own = session.get();
      const { held = [] } = (await locks?.query()) ?? {};
      const all = held.flatMap(({ name }) =>
        name?.startsWith(lockPrefix) === true ? [name.slice(lockPrefix.length)] : [],
      );
      return new Set(own === null ? all : [...all, own]);
    },
    close() {
      unsubscribe();
      release();
    },
  };
}
