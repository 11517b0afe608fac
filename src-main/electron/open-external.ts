// The one way from here to the person's browser.
import { shell } from 'electron';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';

/** Characters; browsers differ, and nothing honest comes near. */
const longest = 8192;

/** Only http and https: any other scheme starts a program of somebody's choice. The window has asked before. */
export async function openExternalSafe(address: string): Promise<Result<null, Problem<'link-refused'>>> {
  const link = safeLink(address);
  if (link === null) return fail(refusal('Athene opens only plain http and https addresses.'));
  try {
    await shell.openExternal(link);
    return ok(null);
  } catch (error) {
    return fail({ ...refusal('The system opened no browser.'), details: String(error) });
  }
}

/** As it is opened, a host in another script by its punycode; null when it is not to be opened. */
function safeLink(address: string): string | null {
  if (address.length > longest || !plain.test(address) || hidden.test(address)) return null;
  return URL.parse(address)?.href ?? null;
}

/** No name of a user, and nothing that a parser would mend (one slash, a backslash): that is not what the person was shown. */
const plain = /^https?:\/\/[^/?#\\@]+(?:[/?#][^\\]*)?$/i;
/** Spaces, controls, marks of direction, half characters, and what has no shape. */
const hidden = /[\s\p{C}]/u;

const refusal = (what: string): Problem<'link-refused'> => ({
  code: 'link-refused',
  what,
  kept: 'Nothing was opened.',
  todo: 'Copy the address and open it yourself if you trust it.',
});
