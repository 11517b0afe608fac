// The snapshots that removals put aside, as the projects' repositories hold them.
import type { Problem } from '#shared/domain/problem.ts';
import type { Rescue } from '#shared/domain/rescue.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git } from '../lib/git.ts';

export interface RescueProject {
  readonly id: string;
  readonly path: string;
}

type CannotTell = Problem<'cannot-tell'>;

/** `refs/athene/rescue/<session>/<n>`. */
export const rescueRef = /^refs\/athene\/rescue\/([A-Za-z0-9][A-Za-z0-9_-]{0,95})\/(\d{1,9})$/;

/** Newest first. A ref of another form is not ours. */
export async function listRescues(
  git: Git,
  project: RescueProject,
  session: string | null = null,
): Promise<Result<readonly Rescue[], CannotTell>> {
  const format = '--format=%(refname) %(objectname) %(committerdate:unix)';
  const listed = await git.run(project.path, ['for-each-ref', format, 'refs/athene/rescue/']);
  if (!listed.ok) return fail(unreadable(project, listed.problem.details));
  const rescues: Rescue[] = [];
  for (const line of listed.value.split('\n')) {
    const [ref = '', commit = '', seconds = ''] = line.split(' ');
    const owner = rescueRef.exec(ref)?.[1];
    if (owner === undefined || (session !== null && owner !== session)) continue;
    const files = await changedFiles(git, project, commit);
    if (!files.ok) return files;
    const at = /^\d+$/.test(seconds) ? Number(seconds) * 1000 : 0;
    rescues.push({ project: project.id, session: owner, ref, commit, at, files: files.value.length });
  }
  return ok(rescues.toSorted((one, other) => other.at - one.at || other.ref.localeCompare(one.ref)));
}

/** One line per file: how it differs from the commit that the snapshot stands on, a tab, its path. */
export async function changedFiles(
  git: Git,
  project: RescueProject,
  commit: string,
): Promise<Result<readonly string[], CannotTell>> {
  const base = await baseOf(git, project, commit);
  if (!base.ok) return base;
  const args = ['diff-tree', '-r', '--root', '--no-commit-id', '--name-status', '--no-renames', '-z'];
  const told = await git.run(project.path, [...args, ...(base.value === null ? [commit] : [base.value, commit])]);
  if (!told.ok) return fail(unreadable(project, told.problem.details));
  const parts = told.value.split('\0');
  return ok(parts.flatMap((part, index) => (index % 2 === 0 && part !== '' ? [`${part}\t${parts[index + 1]}`] : [])));
}

/** The commit that HEAD was at; null when there was none. */
export async function baseOf(
  git: Git,
  project: RescueProject,
  commit: string,
): Promise<Result<string | null, CannotTell>> {
  const told = await git.run(project.path, ['rev-list', '--parents', '-n', '1', '--end-of-options', commit]);
  if (!told.ok) return fail(unreadable(project, told.problem.details));
  return ok(told.value.trim().split(' ')[1] ?? null);
}

export const unreadable = ({ path }: RescueProject, details: string): CannotTell => ({
  code: 'cannot-tell',
  what: `The snapshots in ${path} can't be read.`,
  kept: 'Nothing was changed.',
  todo: 'Check that the repository is there, then try again.',
  details,
});
