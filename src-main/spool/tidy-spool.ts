// Forgets what writers left unfinished, and what was put aside long ago.
import { join } from 'node:path';
import { spoolRetention } from '#shared/domain/spool-event.ts';
import { probePath, removeFile } from '../lib/files.ts';
import type { SpoolDependencies } from './ingest-spool.ts';
import { listSpool } from './read-spool.ts';
import { forgetRejected } from './set-aside.ts';

/** Milliseconds after which an unfinished file has no writer any more. */
export const unfinishedFor = 3_600_000;

export async function tidySpool({ paths, now, log }: Pick<SpoolDependencies, 'paths' | 'now' | 'log'>): Promise<void> {
  try {
    for (const name of unfinishedNames(paths.spool, now())) removeFile(join(paths.spool, name));
    await forgetRejected(paths, now() - spoolRetention * 24 * 3_600_000);
  } catch (error) {
    log('spool.failed', { error: String(error) });
  }
}

/** Regular files that a writer began and never gave their name. */
export const unfinishedNames = (spool: string, now: number): readonly string[] =>
  listSpool(spool).filter((name) => {
    const probe = /^\.(?:.*\.tmp|(?:gh|glab)-\w+)$/.test(name) ? probePath(join(spool, name)) : null;
    return probe?.kind === 'file' && now - probe.modifiedAt > unfinishedFor;
  });
