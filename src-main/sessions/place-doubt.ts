// A directory is not yet a workspace: a program in one whose .git is gone would work in whatever repository lies above it.
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { KnownProject, SessionDependencies } from './dependencies.ts';

/** Null: what stands there is provably the session's own place, and programs of it may be started in it. Looks only. */
export async function placeDoubt(
  { workspaces }: Pick<SessionDependencies, 'workspaces'>,
  session: string,
  { workspace, project }: { readonly workspace: Place; readonly project: KnownProject },
): Promise<Problem<'workspace-missing'> | null> {
  const { id, path, defaultBranch } = project;
  const { kind } = workspace;
  const doubt = await workspaces.prove({
    ...{ project: { id, path, defaultBranch }, session },
    ...{ kind, path: workspace.path },
  });
  return doubt === null ? null : unusable(session, workspace.path, doubt.what);
}

type Place = Pick<NonNullable<SessionRecord['workspace']>, 'kind' | 'path'>;

/** What stands where a workspace should be, and why it is not believed to be it. */
export const unusable = (session: string, path: string, why: string): Problem<'workspace-missing'> => ({
  code: 'workspace-missing',
  what: `What is at ${path} is not provably the worktree of ${session}: nothing is started in it.`,
  kept: 'Nothing was changed; what is there was not touched.',
  todo: 'Look at it. Moved elsewhere by hand, its branch gets a new worktree when the session is restored.',
  details: why,
});
