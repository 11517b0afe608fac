// Removes trees of programs that nobody uses: neither a host that would start something from them, nor anything that was started.
import { basename, join } from 'node:path';
import { z } from 'zod';
import {
  ensureDirectory,
  listDirectory,
  probePath,
  readTextIfThere,
  removeDirectory,
  removeFile,
  writeFileAtomic,
} from './files.ts';
import { ownIdentity, probeProcess } from './process-identity.ts';
import { findProgramUsers } from './program-users.ts';

const usersName = 'users';
const identitySchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

/** Until this process has gone, nobody removes the tree. Marks of processes that have gone are swept. */
export function markUse(tree: string): void {
  ensureDirectory(join(tree, usersName));
  for (const mark of marksIn(tree)) if (!isInUse(mark)) removeFile(mark);
  writeFileAtomic(join(tree, usersName, `${process.pid}.json`), JSON.stringify(ownIdentity()));
}

/** Doubt keeps a tree; so does a failure to remove it, which the next start finds again. */
export async function removeUnusedPrograms(parent: string, keep: string): Promise<void> {
  for (const name of listDirectory(parent)) {
    const tree = join(parent, name);
    if (name === basename(keep) || probePath(tree).kind !== 'directory') continue;
    if (isMarked(tree) || (await findProgramUsers(tree)) !== 'none') continue;
    try {
      await removeDirectory(tree, parent);
    } catch {
      // A file that is open on Windows, or not ours to remove.
    }
  }
}

const isMarked = (tree: string): boolean => marksIn(tree).some(isInUse);

const marksIn = (tree: string): readonly string[] =>
  listDirectory(join(tree, usersName)).map((name) => join(tree, usersName, name));

/** Whoever can't be told may be there still. */
function isInUse(mark: string): boolean {
  const identity = identityIn(mark);
  return identity === null || probeProcess(identity) !== 'gone';
}

/** Null when it can't be read. */
function identityIn(file: string): z.infer<typeof identitySchema> | null {
  try {
    return identitySchema.parse(JSON.parse(readTextIfThere(file) ?? ''));
  } catch {
    return null;
  }
}
