// Every file below a directory, with its size: links are named, not followed.
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPoint } from './fault-points.ts';

export interface TreeFile {
  /** Relative to where the walk began, with `/`. */
  readonly path: string;
  readonly size: number;
}

export interface Tree {
  readonly files: readonly TreeFile[];
  /** Directories that hold a `.git`; what is in them is not in `files`. */
  readonly repositories: readonly string[];
  /** Directories that were not entered. */
  readonly skipped: readonly string[];
  /** False: there are more entries than were asked for. */
  readonly whole: boolean;
}

/** Rejects when a directory can't be read. Sockets, FIFOs and devices hold no bytes and are left out. */
export async function walkTree(
  root: string,
  { limit, enter = () => true }: { readonly limit: number; readonly enter?: (name: string) => boolean },
): Promise<Tree> {
  faultPoint('fs', 'walk');
  const tree = { files: [] as TreeFile[], repositories: [] as string[], skipped: [] as string[], whole: true };
  const waiting = [''];
  for (let seen = 0; waiting.length > 0;) {
    const directory = waiting.pop() ?? '';
    const entries = await readdir(join(root, directory), { withFileTypes: true });
    seen += entries.length;
    if (seen > limit) return { ...tree, whole: false };
    if (entries.some(({ name }) => name === '.git')) {
      tree.repositories.push(directory);
      continue;
    }
    for (const entry of entries) {
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory()) (enter(entry.name) ? waiting : tree.skipped).push(path);
      else if (entry.isFile() || entry.isSymbolicLink()) {
        tree.files.push({ path, size: (await lstat(join(root, path))).size });
      }
    }
  }
  return tree;
}
