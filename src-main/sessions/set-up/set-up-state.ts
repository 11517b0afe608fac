// How far the set-up of a session's workspace has come, as its script wrote it down.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isUnderWay, setUpStateSchema, type SetUpState } from '#shared/domain/set-up.ts';
import { readTextIfThere, removeFile, writeFileAtomic } from '../../lib/files.ts';
import type { HomePaths } from '../../storage/paths.ts';

export const setUpFileIn = (sessionDirectory: string): string => join(sessionDirectory, 'set-up.json');

/** Null when there is none, or when it can't be read: then nothing waits for it. */
export function readSetUp(paths: Pick<HomePaths, 'sessionDirectory'>, session: string): SetUpState | null {
  try {
    const text = readTextIfThere(setUpFileIn(paths.sessionDirectory(session)), { maxBytes: 64 * 1024 });
    return text === null ? null : (setUpStateSchema.safeParse(JSON.parse(text)).data ?? null);
  } catch {
    return null; // Written by somebody else, or no JSON: told by nobody.
  }
}

/** Before its terminal starts. Null: there is nothing to be done. */
export function writeSetUp(sessionDirectory: string, state: SetUpState | null): void {
  const file = setUpFileIn(sessionDirectory);
  if (state === null) removeFile(file);
  else writeFileAtomic(file, `${JSON.stringify(state)}\n`);
}

/** Milliseconds between two looks. */
const lookEvery = 200;

/** Resolves when the agent was or never will be started, when `isLive` says that nobody is there any more, or when the signal comes. */
export async function waitForSetUp(
  paths: Pick<HomePaths, 'sessionDirectory'>,
  session: string,
  { isLive, signal }: { readonly isLive: () => Promise<boolean>; readonly signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted && isUnderWay(readSetUp(paths, session)) && (await isLive())) await delay(lookEvery);
}
