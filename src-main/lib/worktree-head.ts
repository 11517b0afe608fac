// The door to the files in which git keeps the HEAD of a linked worktree: cheap enough to be looked at again and again, where asking git is a process.
// The worktree is its agent's, who may write anything there: what is read is a hint to ask git, and only below the repository's own directory.
import { isAbsolute, join } from 'node:path';
import { isBelow, probePath, readStrangeFile } from './files.ts';

export type WorktreeHead =
  | { readonly kind: 'branch'; readonly branch: string }
  | { readonly kind: 'detached' }
  /** Not there, not understood, not to be read, or on no branch only as long as a rebase or a bisection goes on. */
  | { readonly kind: 'unknown' };

/** Bytes of either file, at most. */
const longest = 4096;
const [unknown, detached] = [{ kind: 'unknown' } as const, { kind: 'detached' } as const];

/**
 * The directory of a worktree below `.git/worktrees` of its repository's main checkout, by the pointer in the worktree; null when it names none
 * there, or can't be read.
 */
export function worktreeDirectory(worktree: string, repository: string): string | null {
  const pointer = textOf(join(worktree, '.git'));
  const path = /^gitdir: ([^\n\0]+)\n?$/.exec(pointer ?? '')?.[1];
  return path !== undefined && isAbsolute(path) && isBelow(path, join(repository, '.git', 'worktrees')) ? path : null;
}

/** @param directory of `worktreeDirectory` */
export function readWorktreeHead(directory: string): WorktreeHead {
  const text = textOf(join(directory, 'HEAD'))?.trimEnd();
  if (text === undefined) return unknown;
  const branch = /^ref: refs\/heads\/([^\s\0]+)$/.exec(text)?.[1];
  // Repositories of the reftable format keep it elsewhere, and this in its place.
  if (branch === '.invalid') return unknown;
  if (branch !== undefined) return { kind: 'branch', branch };
  if (!/^[0-9a-f]{40,64}$/.test(text)) return unknown;
  return passing.every((name) => probePath(join(directory, name)).kind === 'absent') ? detached : unknown;
}

/** What git keeps while it stands on no branch for a time, and goes back to one by itself. */
const passing = ['rebase-merge', 'rebase-apply', 'BISECT_LOG'] as const;

function textOf(path: string): string | null {
  try {
    const read = readStrangeFile(path, longest);
    return read.kind === 'read' ? read.text : null;
  } catch {
    return null; // A disk that fails tells nothing of the branch.
  }
}
