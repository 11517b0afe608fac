// Saved replies behind a slash: which of them fit what is typed. An agent's own commands begin with a slash as well, so nothing is chosen by itself.

/** Those that have the words behind the slash; none while something else is typed. */
export function fittingReplies(replies: readonly string[], typed: string): readonly string[] {
  if (!typed.startsWith('/') || typed.includes('\n')) return [];
  const wanted = typed.slice(1).trim().toLocaleLowerCase();
  return [...new Set(replies)].filter((reply) => reply.toLocaleLowerCase().includes(wanted));
}

/** Of so many the one that a key leads to; null: none is marked, as at the beginning. */
export function markedAfter(key: 'ArrowDown' | 'ArrowUp', marked: number | null, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return marked === null ? 0 : Math.min(marked + 1, count - 1);
  return marked === null || marked === 0 ? null : marked - 1;
}
