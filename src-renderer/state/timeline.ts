// The events of one session as a page shows them: the newest first, earlier ones as they are asked for, new ones as they come.
import type { EventCursor, EventView } from '#shared/domain/event.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createStore, type Readable } from '../lib/store.ts';
import type { EventPages } from './event-pages.ts';

export interface Timeline {
  readonly state: Readable<EventPages>;
  /** Reads it and goes on with it until what it returns is called. */
  open(): () => void;
  /** Adds a page of earlier ones. */
  showEarlier(): Promise<void>;
}

interface Wanted {
  readonly session: string;
  /** Who tells them; empty: whoever. */
  readonly sources: readonly string[];
  /** Events of one page. */
  readonly page?: number;
}

export function createTimeline(
  connection: Pick<HostConnection, 'call' | 'follow'>,
  { session, sources, page = 50 }: Wanted,
): Timeline {
  const state = createStore<EventPages>({ events: null, next: null, problem: null });
  const filter = { session, sources: [...sources] };
  let known = 0;
  let isOpen = false;
  /** One look at a time: what is told meanwhile is looked for afterwards. */
  let looking = Promise.resolve();

  const ask = async (input: { readonly before?: EventCursor; readonly after?: number }) => {
    const answer = await connection.call('event.list', { ...filter, ...input, limit: page });
    if (!isOpen) return null;
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

  const goOn = async (last: number): Promise<void> => {
    if (state.get().events === null) return begin();
    while (known < last) {
      const newer = await ask({ after: known });
      if (newer === null) return;
      const isWhole = newer.events.length < page;
      known = isWhole ? Math.max(newer.last, last) : (newer.events.at(-1)?.id ?? last);
      state.update((now) => ({ ...now, events: merged(now.events ?? [], newer.events), problem: null }));
    }
  };

  const told = (items: readonly { readonly last: number }[]): void => {
    for (const { last } of items) looking = looking.then(() => goOn(last));
  };
  return {
    state,
    open() {
      isOpen = true;
      const stop = connection.follow(
        'lastEvent',
        { session },
        {
          onSnapshot: told,
          onChange: (change) => {
            if (change.kind === 'upsert') told([change.item]);
          },
          // The connection opens it again.
          onEnd: () => undefined,
        },
        () => undefined,
      );
      return () => {
        isOpen = false;
        stop();
      };
    },
    async showEarlier() {
      const { next } = state.get();
      const earlier = next === null ? null : await ask({ before: next });
      if (earlier === null) return;
      state.update((now) => ({ events: merged(now.events ?? [], earlier.events), next: earlier.next, problem: null }));
    },
  };
}

/** Each once, in the order of time. */
function merged(some: readonly EventView[], others: readonly EventView[]): readonly EventView[] {
  const byId = new Map([...some, ...others].map((event) => [event.id, event]));
  return [...byId.values()].toSorted((one, other) => other.at - one.at || other.id - one.id);
}
