// The one way out to the person's other programs: pages to the browser, folders to the file manager.
import { shell } from 'electron';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { isBelow, probePath, realPathIfThere } from '../lib/files.ts';

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
export function safeLink(address: string): string | null {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (address.length > longest || /[\s\p{C}]/u.test(address)) return null;
  const url = URL.parse(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  return url.hostname === '' || url.username !== '' || url.password !== '' ? null : url.href;
}

const refusal = (what: string): Problem<'link-refused'> => ({
  code: 'link-refused',
  what,
  kept: 'Nothing was opened.',
  todo: 'Copy the address and open it yourself if you trust it.',
});

/** Shows the folder where it lies, never what is in it: a file manager may run what it opens. */
export async function revealFolder(
  path: string,
  { roots }: { readonly roots: readonly string[] },
): Promise<Result<null, Problem<'worktree-missing'>>> {
  const real = realPathIfThere(path);
  if (real === null || probePath(real).kind !== 'directory' || !isInside(real, roots))
    return fail({
      code: 'worktree-missing',
      what: 'The folder is not there any more.',
      kept: 'The branch is kept where it was not deleted.',
      todo: 'Look for the branch in the repository.',
    });
  shell.showItemInFolder(real);
  return ok(null);
}

const isInside = (real: string, roots: readonly string[]): boolean =>
  roots.some((root) => {
    const resolved = realPathIfThere(root);
    return resolved !== null && (real === resolved || isBelow(real, resolved));
  });
