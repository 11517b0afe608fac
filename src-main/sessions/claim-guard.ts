// May a session have this issue? Asked in the transaction that claims it, so that two can't both be told yes.
import { holdsClaim, refusalText } from '#shared/domain/claim.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { deleteClaimsOf, findClaim } from '../storage/claims.ts';
import { getSession } from '../storage/sessions.ts';
import type { Transaction } from '../storage/store.ts';

/** Null when the issue is free. A holder that can't be read keeps it: nobody can tell whether it still works. */
export function claimRefusal(tx: Transaction, project: string, issue: string): Problem<'spawn-refused'> | null {
  const held = findClaim(tx, project, issue);
  if (held === null) return null;
  const holder = getSession(tx, held.session);
  if (holder === null || ('record' in holder && !holdsClaim(holder.record))) {
    deleteClaimsOf(tx, held.session);
    return null;
  }
  return {
    code: 'spawn-refused',
    what:
      'record' in holder
        ? refusalText(holder.record, issue)
        : `SPAWN REFUSED: ${held.session} already owns ${issue} (owner=unknown, status=unknown)`,
    kept: 'Nothing was created.',
    todo: `Look at ${held.session}, or stop it first.`,
  };
}
