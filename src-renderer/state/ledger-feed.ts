// The events that a ledger is told from: the newest first, earlier ones as they are asked for, and on demand what came since.
import type { EventCursor } from '#shared/domain/event.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createStore, type Readable } from '../lib/store.ts';
import type { EventPages } from './event-pages.ts';
import { ledgerKinds } from './ledger.ts';

export interface LedgerFeed {
  readonly state: Readable<EventPages>;
  /** Reads it, or what was written since. Who asks while it is read is answered by another look after it. */
  look(): Promise<void>;
  showEarlier(): Promise<void>;
}

/** Events of one answer. */
const page = 200;

/** @param project null: of all */
export function createLedgerFeed(connection: Pick<HostConnection, 'call'>, project: string | null): LedgerFeed {
  const state = createStore<EventPages>({ events: null, next: null, problem: null });
  let known = 0;
  let again = false;
  let looking: Promise<void> | null = null;

  const ask = async (where: { readonly before?: EventCursor; readonly after?: number }) => {
    const answer = await connection.call('event.list', { project, kinds: [...ledgerKinds], ...where, limit: page });
    if (answer.ok) return answer.value;
    state.update((now) => ({ ...now, problem: answer.problem.what }));
    return null;
  };

  const begin = async (): Promise<void> => {
    const first = await ask({});
    if (first === null) return;
    known = first.last;
    state.set({ events: first.events, next: first.next, problem: null });
  };

  const goOn = async (): Promise<void> => {
    const newer = await ask({ after: known });
    if (newer === null) return;
    const isWhole = newer.events.length < page;
    known = isWhole ? newer.last : (newer.events.at(-1)?.id ?? newer.last);
    again ||= !isWhole;
    if (newer.events.length === 0 && state.get().problem === null) return;
    state.update((now) => ({ ...now, events: [...newer.events.toReversed(), ...(now.events ?? [])], problem: null }));
  };

  const lookUntilDone = async (): Promise<void> => {
    do {
      again = false;
      await (state.get().events === null ? begin() : goOn());
    } while (again);
    looking = null;
  };
  return {
    state,
    look() {
      again = looking !== null;
      return (looking ??= lookUntilDone());
    },
    async showEarlier() {
      const { next } = state.get();
      const earlier = next === null ? null : await ask({ before: next });
      if (earlier === null) return;
      state.update((now) => ({
        events: [...(now.events ?? []), ...earlier.events],
        next: earlier.next,
        problem: null,
      }));
    },
  };
}
