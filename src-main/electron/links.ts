// `athene://` links: anybody can make one and any page can open one, so they only lead somewhere.
import { sessionIdSchema } from '#shared/domain/identifier.ts';

export type Link = { readonly kind: 'open' } | { readonly kind: 'session'; readonly id: string };

/** The longest session id and what stands before it. */
const longest = 120;

/** `athene://open` and `athene://session/<id>`, written exactly so; null for everything else, `athene://app/` too. */
export function parseLink(text: string): Link | null {
  if (text.length > longest) return null;
  // A system may add the slash when it hands the address on.
  if (text === 'athene://open' || text === 'athene://open/') return { kind: 'open' };
  const id = /^athene:\/\/session\/([^/]+)$/.exec(text)?.[1];
  return id !== undefined && sessionIdSchema.safeParse(id).success ? { kind: 'session', id } : null;
}

/** The first link among the arguments of a start; null when there is none. */
export function linkIn(argv: readonly string[]): Link | null {
  for (const argument of argv) {
    const link = parseLink(argument);
    if (link !== null) return link;
  }
  return null;
}
