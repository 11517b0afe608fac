// The rows of a conversation, where what a tool gave back stands with what it was asked; and the plan that it has by now. Pure.
import type { ConversationEntry, PlanStep, Said } from '#shared/domain/conversation.ts';

type Returned = Extract<Said, { kind: 'returned' }>;

export interface ConversationRow {
  readonly entry: ConversationEntry;
  /** Of a tool; null while it is at it, and where nothing is known of that. */
  readonly returned: Returned | null;
}

export function conversationRows(entries: readonly ConversationEntry[]): readonly ConversationRow[] {
  const returns = new Map(
    entries.flatMap(({ said }) => (said.kind === 'returned' && said.call !== null ? [[said.call, said] as const] : [])),
  );
  const known = new Set<string>();
  return entries.flatMap((entry) => {
    const { said } = entry;
    if (said.kind === 'returned') return [];
    const call = 'call' in said ? said.call : null;
    // Some agents write a call down again once they know more of it.
    if (call !== null && known.has(call)) return [];
    if (call !== null) known.add(call);
    const returned = call === null ? null : (returns.get(call) ?? null);
    return [{ entry, returned }];
  });
}

/** The latest that was not refused; null where none is told of. */
export function planIn(rows: readonly ConversationRow[]): readonly PlanStep[] | null {
  const latest = rows.findLast(({ entry, returned }) => entry.said.kind === 'planned' && returned?.failed !== true);
  return latest?.entry.said.kind === 'planned' ? latest.entry.said.steps : null;
}

export type SpokenPart = { readonly kind: 'text' | 'code' | 'block'; readonly text: string };

/** A text by its code: blocks between fences, words between backticks. Nothing else of Markdown is looked for. */
export function spokenParts(text: string): readonly SpokenPart[] {
  const parts = text.split(/^[ \t]*(?:```|~~~)[^\n`]*\n?/m);
  return parts.flatMap((part, index) => {
    if (index % 2 === 1) return part.trim() === '' ? [] : [{ kind: 'block' as const, text: part.replace(/\n$/, '') }];
    const plain = part.replace(/^\n+|\n+$/g, '');
    return plain === '' ? [] : wordsOf(plain);
  });
}

const wordsOf = (text: string): readonly SpokenPart[] =>
  text
    .split(/`([^`\n]+)`/)
    .flatMap((part, index) => (part === '' ? [] : [{ kind: index % 2 === 1 ? 'code' : 'text', text: part }]));
