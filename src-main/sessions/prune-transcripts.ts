// Forgets what removed sessions printed, once it is as old as the snapshots that are forgotten.
import { forgetKeptTranscript, listKeptTranscripts } from '../storage/kept-transcripts.ts';
import type { SessionDependencies } from './dependencies.ts';

/** The terminals that were forgotten. What can't be removed now is tried again another time. */
export async function pruneTranscripts(
  { store, runtime, now }: Pick<SessionDependencies, 'store' | 'runtime' | 'now'>,
  days: number,
): Promise<readonly string[]> {
  const before = now() - days * 24 * 3_600_000;
  const forgotten: string[] = [];
  for (const { terminal, removed } of store.read((tx) => listKeptTranscripts(tx))) {
    if (removed >= before) continue;
    const gone = await runtime.forget(terminal);
    if (!gone.ok && gone.problem.code !== 'terminal-unknown') continue;
    await store.write('prune: transcript', (tx) => forgetKeptTranscript(tx, terminal));
    forgotten.push(terminal);
  }
  return forgotten;
}
