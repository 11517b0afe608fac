// The files of a project's own checkout that a pattern names. Follows no link on the way, and never leaves the checkout.
import { join } from 'node:path';
import { isLiteral, matchesPart } from '#shared/domain/file-pattern.ts';
import { isReallyInside, listDirectory, probePath } from '../../lib/files.ts';

export interface FoundFiles {
  /** Relative paths, in order. */
  readonly paths: readonly string[];
  /** For a person: what was passed over, and why. */
  readonly notes: readonly string[];
}

/** A pattern that names more is meant otherwise. */
const most = 1000;

export function findFiles(checkout: string, patterns: readonly string[]): FoundFiles {
  const [paths, notes] = [new Set<string>(), [] as string[]];
  for (const pattern of patterns) {
    const found = expand(checkout, pattern.split('/'));
    if (found.length === 0) notes.push(`${pattern}: nothing of that name in ${checkout}`);
    if (found.length > most) notes.push(`${pattern}: names more than ${most} files; the first ${most} are taken`);
    for (const path of found.slice(0, most)) {
      if (isReallyInside(join(checkout, path), checkout)) paths.add(path);
      else notes.push(`${path}: leads out of ${checkout}`);
    }
  }
  return { paths: [...paths], notes };
}

function expand(checkout: string, [part, ...rest]: readonly string[], before = ''): readonly string[] {
  if (part === undefined) return [before];
  const directory = join(checkout, before);
  const names = isLiteral(part) ? [part] : listDirectory(directory).filter((name) => matchesPart(name, part));
  return names
    .filter((name) => before !== '' || name.toLowerCase() !== '.git')
    .flatMap((name) => {
      const path = before === '' ? name : `${before}/${name}`;
      const { kind } = probePath(join(checkout, path));
      if (kind === 'absent' || kind === 'unknown' || (rest.length > 0 && kind !== 'directory')) return [];
      return expand(checkout, rest, path);
    });
}
