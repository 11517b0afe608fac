// Where a session may work: asked in the transaction that gives it its place, so that two are not put into one by accident.
import { isSpawnTerminal } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { isOwnWorkspace, type WorkspaceChoice, type WorkspacePlace } from '#shared/domain/workspace.ts';
import { realPathIfThere } from '../lib/files.ts';
import { getSession, sessionsAt } from '../storage/sessions.ts';
import type { ReadTransaction } from '../storage/store.ts';
import type { KnownProject, SessionDependencies } from './dependencies.ts';

/** Links resolved where there is something; whether it may be used is looked at when it is opened. */
export function placeFor(
  { paths }: Pick<SessionDependencies, 'paths'>,
  project: KnownProject,
  { session, choice }: { readonly session: string; readonly choice: WorkspaceChoice | { readonly kind: 'scratch' } },
): WorkspacePlace {
  const { kind } = choice;
  if (choice.kind === 'in-place') return { kind, path: realPathIfThere(project.path) ?? project.path };
  if (choice.kind === 'adopted') return { kind, path: realPathIfThere(choice.path) ?? choice.path };
  if (kind === 'scratch') return { kind, path: paths.scratchFor(session) };
  return { kind, path: paths.worktreeFor(project.id, session) };
}

export const placeOf = ({ place, workspace }: Pick<SessionRecord, 'place' | 'workspace'>): WorkspacePlace | null =>
  workspace ?? place;

interface Asking {
  /** Itself, at a restore. */
  readonly session: string | null;
  /** The person wants it although another one works there. */
  readonly alongside: boolean;
}

/** Null when nobody else has the place. A session that can't be read keeps what it has. */
export function placeRefusal(
  tx: ReadTransaction,
  place: WorkspacePlace | null,
  { session, alongside }: Asking,
): Problem<'workspace-refused'> | null {
  if (place === null || isOwnWorkspace(place.kind)) return null;
  const others = sessionsAt(tx, place.path).filter((id) => id !== session);
  const holder = others.find((id) => keeps(tx, id, alongside));
  return holder === undefined ? null : occupied(place, holder);
}

/** One that ended has left a place that it did not own. */
function keeps(tx: ReadTransaction, id: string, alongside: boolean): boolean {
  const stored = getSession(tx, id);
  if (stored === null) return false;
  if ('damaged' in stored) return true;
  const { kind } = placeOf(stored.record) ?? { kind: 'worktree' };
  if (isOwnWorkspace(kind)) return true;
  return !isSpawnTerminal(stored.record.lifecycle) && !(alongside && kind === 'in-place');
}

const occupied = ({ kind, path }: WorkspacePlace, holder: string): Problem<'workspace-refused'> => ({
  code: 'workspace-refused',
  what: `${holder} has its files in ${path}.`,
  kept: 'Nothing was created.',
  todo:
    kind === 'in-place'
      ? `Stop ${holder} first, or put the new one beside it: --alongside. Two agents in one checkout get into each other's way.`
      : `Work in ${holder}, or choose another worktree.`,
});
