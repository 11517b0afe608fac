// What the person wrote for the agents of a project: text of its configuration, and of a file in its checkout.
import { join } from 'node:path';
import { isReallyInside, readStrangeFile, realPathIfThere } from '../../lib/files.ts';

/** Characters of all rules together: some agents take what they are told as one argument. */
const longest = 24_000;

/** Null when there are none. A file that is missing, leads out of the checkout or is no plain text is passed over. */
export function projectRules(
  path: string,
  { text, file }: { readonly text: string | undefined; readonly file: string | undefined },
): string | null {
  const parts = [text, file === undefined ? undefined : rulesIn(path, file)];
  const rules = parts
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join('\n\n');
  if (rules === '') return null;
  return rules.length <= longest ? rules : `${rules.slice(0, longest)}\n\n(The rest of these rules was too long.)`;
}

function rulesIn(path: string, file: string): string | undefined {
  const found = realPathIfThere(join(path, file));
  if (found === null || !isReallyInside(found, path)) return undefined;
  const read = readStrangeFile(found, 1024 * 1024);
  return read.kind === 'read' && read.isText ? read.text : undefined;
}
