// Where Athene itself stands: the directory of its package.json, from the sources as from a bundle in dist/.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Absolute. Throws when this file was moved out of its package. */
export function packageRoot(from: string = import.meta.dirname): string {
  for (let directory = from; ; directory = dirname(directory)) {
    if (isAthene(join(directory, 'package.json'))) return directory;
    if (dirname(directory) === directory) throw new Error(`No package of Athene above ${from}`);
  }
}

const isAthene = (file: string): boolean =>
  existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name === 'athene';
