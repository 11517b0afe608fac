// The one transaction that decides a restore: guard, claim, and what it takes to go back, together.
import type { Doer } from '#shared/domain/caller.ts';
import { notFrozen } from '#shared/domain/frozen.ts';
import { initialLifecycle, type Lifecycle } from '#shared/domain/lifecycle.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { insertClaim } from '../../storage/claims.ts';
import { attachSession, beginRequest } from '../../storage/requests.ts';
import { updateSession } from '../../storage/sessions.ts';
import { insertTerminal } from '../../storage/terminals.ts';
import { leaveLineOf } from '../../storage/waiting-line.ts';
import { storeToken } from '../launch/agent-token.ts';
import { spawnLimit } from '../coordinators/spawn-limit.ts';
import { claimRefusal } from '../claim-guard.ts';
import { placeOf, placeRefusal } from '../place-guard.ts';
import { isAtWork } from '../sole-work.ts';
import { portsAgain, portsInUse } from '../ports.ts';
import type { RestoreIntent, RestoreProblem, RestoreTask } from './restore-task.ts';

export const restoreKind = 'restore';
const firstSize = { cols: 110, rows: 34 };

export async function beginRestore(
  { dependencies, before, rev, token, missing, by }: RestoreTask & { readonly by: Doer | null },
  request: string,
): Promise<Result<RestoreIntent, RestoreProblem>> {
  const terminal = dependencies.newId();
  const intent: RestoreIntent = { before, terminal, missing };
  const inUse = before.ports === null ? await portsInUse(dependencies) : [];
  return dependencies.store.write('restore: begin', (tx) => {
    const { id, project, issue, runtime } = before;
    if (isAtWork(tx, dependencies, 'remove', id)) return fail(beingRemoved(id));
    const limited = spawnLimit(tx, dependencies, { by, makes: before.kind, request: null });
    if (limited !== null) return fail({ ...limited, kept: 'The session is ended as before.' });
    const refusal = issue === null ? null : claimRefusal(tx, project, issue.id);
    if (refusal !== null) return fail({ ...refusal, kept: 'The session is ended as before.' });
    const occupied = placeRefusal(tx, placeOf(before), { session: id, alongside: false });
    if (occupied !== null) return fail({ ...occupied, code: 'spawn-refused', kept: 'The session is ended as before.' });
    const ports = portsAgain(tx, before, { first: dependencies.portRange(), inUse });
    const now = dependencies.now();
    const lifecycle = { ...before.lifecycle, ...unstarted(before.lifecycle, now) };
    if (
      !updateSession(tx, id, rev, {
        ...before,
        ...notFrozen,
        stoppedBy: null,
        restoredBy: by,
        terminal,
        ports,
        lifecycle,
      })
    )
      return fail(changedMeanwhile(id));
    if (issue !== null) insertClaim(tx, { project, issue: issue.id, session: id, owner: dependencies.identity });
    insertTerminal(tx, {
      id: terminal,
      session: id,
      role: 'agent',
      runtime,
      state: 'starting',
      size: firstSize,
    });
    storeToken(tx, id, token);
    beginRequest(tx, { id: request, kind: restoreKind, input: intent, owner: dependencies.identity });
    attachSession(tx, request, id);
    // It counts as a session from now on, whoever else waits to restore it.
    leaveLineOf(tx, id);
    return ok(intent);
  });
}

/** As at a spawn, so that whoever looks meanwhile sees it start. When it began to live first stays. */
function unstarted({ session }: Lifecycle, now: number): Pick<Lifecycle, 'session' | 'runtime'> {
  const blank = initialLifecycle(now);
  return { session: { ...blank.session, startedAt: session.startedAt }, runtime: blank.runtime };
}

/** What was merged or closed is done with: the session works on something new. */
export const withoutOldPullRequest = (lifecycle: Lifecycle): Lifecycle =>
  lifecycle.pullRequest.state === 'merged' || lifecycle.pullRequest.state === 'closed'
    ? {
        ...lifecycle,
        pullRequest: { ...lifecycle.pullRequest, state: 'none', reason: 'cleared_on_restore', number: null, url: null },
      }
    : lifecycle;

const beingRemoved = (id: string): RestoreProblem => ({
  code: 'session-running',
  what: `${id} is being removed just now.`,
  kept: 'Nothing was changed.',
  todo: 'See `athene status`; if the removal is refused, try again.',
});

const changedMeanwhile = (id: string): RestoreProblem => ({
  code: 'session-running',
  what: `${id} was changed by somebody else just now.`,
  kept: 'Nothing was changed.',
  todo: 'See `athene status`.',
});
