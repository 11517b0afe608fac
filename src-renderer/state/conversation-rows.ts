// The rows of a conversation: what a tool gave back stands with what it was asked, and only the latest plan is told whole. Pure.
import type { ConversationEntry, Said } from '#shared/domain/conversation.ts';

type Returned = Extract<Said, { kind: 'returned' }>;

export interface ConversationRow {
  readonly entry: ConversationEntry;
  /** Of a tool; null while it is at it, and where nothing is known of that. */
  readonly returned: Returned | null;
  /** A plan that a later one has replaced. */
  readonly isOld: boolean;
}

export function conversationRows(entries: readonly ConversationEntry[]): readonly ConversationRow[] {
  const returns = new Map(
    entries.flatMap(({ said }) => (said.kind === 'returned' && said.call !== null ? [[said.call, said] as const] : [])),
  );
  const plan = entries.findLast(({ said }) => said.kind === 'planned');
  const known = new Set<string>();
  return entries.flatMap((entry) => {
    const { said } = entry;
    if (said.kind === 'returned') return [];
    const call = 'call' in said ? said.call : null;
    // Some agents write a call down again once they know more of it.
    if (call !== null && known.has(call)) return [];
    if (call !== null) known.add(call);
    const returned = call === null ? null : (returns.get(call) ?? null);
    return [{ entry, returned, isOld: said.kind === 'planned' && entry !== plan }];
  });
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
