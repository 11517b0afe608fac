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
  // What a parser would mend (a tab in the scheme, one slash, a backslash) is not what the person was shown.
  if (address.length > longest || !/^https?:\/\/[^/\\]/i.test(address) || /[\s\p{C}\\]/u.test(address)) return null;
  const url = URL.parse(address);
  if (url === null || url.hostname === '') return null;
  return url.username === '' && url.password === '' ? url.href : null;
}

const refusal = (what: string): Problem<'link-refused'> => ({
  code: 'link-refused',
  what,
  kept: 'Nothing was opened.',
  todo: 'Copy the address and open it yourself if you trust it.',
});
