// What of a session a window shows in its middle: its agent's terminal, what was said in it, or a shell beside it.
import type { SessionView } from '#shared/domain/session.ts';
import type { SessionTerminal } from '#shared/domain/session-terminal.ts';
import type { View } from './view.ts';

export type SessionTab =
  | { readonly kind: 'agent' }
  | { readonly kind: 'conversation' }
  | { readonly kind: 'shell'; readonly terminal: SessionTerminal };

export const sessionTabs = ({ terminals }: Pick<SessionView, 'terminals'>): readonly SessionTab[] => [
  ...([{ kind: 'agent' }, { kind: 'conversation' }] as const),
  ...terminals.filter(({ role }) => role === 'shell').map((terminal): SessionTab => ({ kind: 'shell', terminal })),
];

type Chosen = Pick<View, 'terminals' | 'conversations'>;

/** The one that was chosen as long as it is there, else its agent's. */
export function shownTab(session: Pick<SessionView, 'id' | 'terminals'>, view: Chosen): SessionTab {
  const chosen = view.terminals.get(session.id);
  const shell = sessionTabs(session).find((tab) => tab.kind === 'shell' && tab.terminal.id === chosen);
  return shell ?? { kind: view.conversations.has(session.id) ? 'conversation' : 'agent' };
}

type Changed = Chosen & Pick<View, 'focusTerminal'>;

export function withTab<V extends Changed>(view: V, session: string, tab: SessionTab): V {
  if (tab.kind === 'shell') return withShell(view, session, tab.terminal.id);
  const conversations = new Set(view.conversations);
  conversations.delete(session);
  // The latest last: a layout keeps only so many.
  if (tab.kind === 'conversation') conversations.add(session);
  return withShell({ ...view, conversations }, session, null);
}

/** @param terminal null: leaving it comes back to what was shown of the agent before */
export function withShell<V extends Changed>(view: V, session: string, terminal: string | null): V {
  const terminals = new Map(view.terminals);
  if (terminal === null) terminals.delete(session);
  else terminals.set(session, terminal);
  return { ...view, terminals, focusTerminal: view.focusTerminal + 1 };
}

export const sameTab = (one: SessionTab, other: SessionTab): boolean =>
  one.kind === 'shell' && other.kind === 'shell' ? one.terminal.id === other.terminal.id : one.kind === other.kind;
