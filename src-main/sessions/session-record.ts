// Reading and changing one session's record, for every operation alike.
import { isOver, isSpawnTerminal } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { PromptDelivery, SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { deleteClaimsOf } from '../storage/claims.ts';
import { getSession, updateSession } from '../storage/sessions.ts';
import type { Transaction } from '../storage/store.ts';
import { deleteToken } from '../storage/tokens.ts';
import type { SessionDependencies } from './dependencies.ts';

export function findSession(
  { store }: Pick<SessionDependencies, 'store'>,
  id: string,
): Result<SessionRecord, Problem<'session-unknown' | 'session-damaged'>> {
  const stored = store.read((tx) => getSession(tx, id));
  if (stored === null) return fail(unknownSession(id));
  if ('damaged' in stored) return fail(damagedSession(id, stored.damaged.why));
  return ok(stored.record);
}

/**
 * Reads, changes and writes in one transaction. A change that ends the session frees its issue in the same one, and its token is worth
 * nothing from then on.
 * Returns the record as it stands afterwards; null when the session is gone or damaged.
 */
export async function changeSession(
  { store, now }: Pick<SessionDependencies, 'store' | 'now'>,
  name: string,
  id: string,
  change: (record: SessionRecord, now: number) => SessionRecord,
): Promise<SessionRecord | null> {
  return store.write(`session: ${name}`, (tx) => {
    const stored = getSession(tx, id);
    if (stored === null || 'damaged' in stored) return null;
    const next = change(stored.record, now());
    if (next === stored.record) return next;
    updateSession(tx, id, stored.rev, next);
    if (isSpawnTerminal(next.lifecycle)) deleteClaimsOf(tx, id);
    if (isOver(next.lifecycle)) deleteToken(tx, id);
    return next;
  });
}

/** For whoever settles the prompt in the same transaction. A session that is gone or damaged has nothing to be noted on. */
export function notePrompt(tx: Transaction, id: string, promptDelivery: PromptDelivery): void {
  const stored = getSession(tx, id);
  if (stored === null || 'damaged' in stored || stored.record.promptDelivery === promptDelivery) return;
  updateSession(tx, id, stored.rev, { ...stored.record, promptDelivery });
}

export const unknownSession = (id: string): Problem<'session-unknown'> => ({
  code: 'session-unknown',
  what: `There is no session ${id}.`,
  todo: 'See `athene status` for those that there are.',
});

export const damagedSession = (id: string, why: string): Problem<'session-damaged'> => ({
  code: 'session-damaged',
  what: `The stored record of ${id} can't be read: ${why}`,
  kept: 'It was left as it is; its worktree, branch and processes too.',
  todo: 'Update Athene if a newer one wrote it.',
});
