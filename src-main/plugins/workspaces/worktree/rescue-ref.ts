// Private refs that keep what would otherwise be lost: refs/athene/rescue/<session>/<n>, counted from 1.
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git } from '../../../lib/git.ts';
import type { WorkspaceProblem } from '../workspace.ts';

interface Saved {
  readonly name: string;
  /** What makes it the same as an earlier one, whenever that was made. */
  readonly tree?: string;
  readonly parents?: readonly string[];
}

/**
 * Points the session's next free rescue ref at the commit. One that holds the very same already is kept instead, from now on
 * anew: a removal that is refused again and again leaves one snapshot. The value is the ref.
 */
export async function saveCommit(
  git: Git,
  path: string,
  session: string,
  { name, tree, parents = [] }: Saved,
): Promise<Result<string, WorkspaceProblem>> {
  const prefix = `refs/athene/rescue/${sessionIdSchema.parse(session)}/`;
  for (let attempt = 0; ; attempt += 1) {
    const listed = await git.run(path, ['for-each-ref', '--format=%(refname) %(objectname) %(tree) %(parent)', prefix]);
    if (!listed.ok) return fail(rescueFailed(listed.problem.details));
    const held = listed.value.split('\n').map((line) => line.trimEnd().split(' '));
    const same = held.find(([, , ...rest]) => tree !== undefined && rest.join(' ') === [tree, ...parents].join(' '));
    const numbers = held.map(([ref = '']) => Number(ref.slice(prefix.length)) || 0);
    // An empty old value means: must not exist yet.
    const [ref = '', old = ''] = same ?? [`${prefix}${Math.max(0, ...numbers) + 1}`];
    const made = await git.run(path, ['update-ref', '-m', 'athene: rescue', ref, name, old]);
    if (made.ok) return ok(ref);
    if (attempt === 3 || made.problem.kind === 'not-run') return fail(rescueFailed(made.problem.details));
  }
}

export const rescueFailed = (details: string): WorkspaceProblem => ({
  code: 'workspace-failed',
  what: 'The unsaved work in the worktree could not be put aside.',
  kept: 'Nothing was removed.',
  todo: 'Commit or copy the work by hand, then try again.',
  details,
});
