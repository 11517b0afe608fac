// Files below `run/` that live for moments, or as long as a terminal: what is there for longer was left by a process that died in the middle.
import { join } from 'node:path';
import { listDirectory, probePath } from '../lib/files.ts';
import type { HomePaths } from '../storage/paths.ts';
import type { TerminalRow } from '../storage/terminals.ts';

/** Milliseconds; the longest of what makes them takes a few minutes. */
const longest = 3_600_000;
const terminalOf = /^tmux\/([0-9a-f-]{36})\.(?:sh|exit)$/;
/** git's index of a snapshot, and its lock; the start script of an agent in tmux, with its environment, and how it ended. */
const passing = /^index-[0-9a-f]{16}(?:-raw)?(?:\.lock)?$/;

/** Old enough; paths relative to `run/`. */
export function passingFiles({ run }: Pick<HomePaths, 'run'>, now: number): readonly string[] {
  const names = [...listDirectory(run), ...listDirectory(join(run, 'tmux')).map((name) => `tmux/${name}`)];
  return names.filter((name) => {
    const probe = passing.test(name) || terminalOf.test(name) ? probePath(join(run, name)) : null;
    return probe?.kind === 'file' && now - probe.modifiedAt > longest;
  });
}

/** Those of terminals that nobody knows, and those that are of none. */
export function leftOf(files: readonly string[], terminals: readonly Pick<TerminalRow, 'id'>[]): readonly string[] {
  const known = new Set(terminals.map(({ id }) => id));
  return files.filter((file) => !known.has(terminalOf.exec(file)?.[1] ?? ''));
}
