// What was said in one session, as a page shows it: the last of it, earlier parts as they are asked for, and what comes.
import type { Beside, ConversationEntry, ConversationPage } from '#shared/domain/conversation.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createStore, type Readable } from '../lib/store.ts';

export interface ConversationState {
  /** Oldest first; null until they are known, and while there are none. */
  readonly entries: readonly ConversationEntry[] | null;
  /** Why there are none; null when there are, or nobody knows yet. */
  readonly none: Extract<ConversationPage, { kind: 'none' }>['why'] | null;
  readonly hasEarlier: boolean;
  readonly problem: Problem | null;
}

export interface Conversation {
  readonly state: Readable<ConversationState>;
  /** Reads what has come since; at first the last of it. One look at a time. */
  look(): Promise<void>;
  showEarlier(): Promise<void>;
}

type Page = Extract<ConversationPage, { kind: 'page' }>;
/** What was read of which file. */
type Stretch = Pick<Page, 'file' | 'from' | 'to'>;

export function createConversation(connection: Pick<HostConnection, 'call'>, session: string): Conversation {
  const state = createStore<ConversationState>({ entries: null, none: null, hasEarlier: false, problem: null });
  let known: Stretch | null = null;
  let asking = false;

  const ask = async (beside: Beside | null): Promise<ConversationPage | null> => {
    const answer = await connection.call('session.conversation', { id: session, beside });
    if (answer.ok) return answer.value;
    state.update((now) => ({ ...now, problem: answer.problem }));
    return null;
  };

  const begin = (page: Page): void => {
    known = page;
    state.set({ entries: page.entries, none: null, hasEarlier: page.from > 0, problem: null });
  };

  /** False: there is no more now. */
  const goOn = async (): Promise<boolean> => {
    const page = await ask(known === null ? null : { file: known.file, offset: known.to, side: 'behind' });
    if (page === null) return false;
    if (page.kind === 'none') {
      known = null;
      state.set({ entries: null, none: page.why, hasEarlier: false, problem: null });
      return false;
    }
    // Another file has taken its place, or this one was cut.
    if (known?.file !== page.file || page.from < known.to) begin(page);
    else {
      known = { ...known, to: page.to };
      const { problem } = state.get();
      if (page.entries.length > 0 || problem !== null)
        state.update((now) => ({ ...now, entries: [...(now.entries ?? []), ...page.entries], problem: null }));
    }
    return page.more;
  };

  const alone = async (work: () => Promise<void>): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      await work();
    } finally {
      asking = false;
    }
  };
  return {
    state,
    look: () =>
      alone(async () => {
        while (await goOn());
      }),
    showEarlier: () =>
      alone(async () => {
        if (known === null || known.from === 0) return;
        const page = await ask({ file: known.file, offset: known.from, side: 'before' });
        if (page?.kind !== 'page') return;
        if (page.file !== known.file) return begin(page);
        known = { ...known, from: page.from };
        state.update((now) => ({
          ...now,
          entries: [...page.entries, ...(now.entries ?? [])],
          hasEarlier: page.from > 0,
          problem: null,
        }));
      }),
  };
}
