// The snapshots that removals put aside, as the projects' repositories hold them.
import type { Problem } from '#shared/domain/problem.ts';
import { readRescueParts, type Rescue, type RescueParts } from '#shared/domain/rescue.ts';
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
  const range = await rangeOf(git, project, commit);
  if (!range.ok) return range;
  const told = await git.run(project.path, ['diff-tree', '-r', '--name-status', '--no-renames', '-z', ...range.value]);
  if (!told.ok) return fail(unreadable(project, told.problem.details));
  const parts = told.value.split('\0');
  return ok(parts.flatMap((part, index) => (index % 2 === 0 && part !== '' ? [`${part}\t${parts[index + 1]}`] : [])));
}

/** From what the snapshot stands on (nothing, when there was no commit) to the snapshot. */
export async function rangeOf(
  git: Git,
  project: RescueProject,
  commit: string,
): Promise<Result<readonly [string, string], CannotTell>> {
  const parts = await partsOf(git, project, commit);
  if (!parts.ok) return parts;
  if (parts.value.base !== null) return ok([parts.value.base, commit]);
  const empty = await git.run(project.path, ['mktree'], { input: '' });
  return empty.ok ? ok([empty.value.trim(), commit]) : fail(unreadable(project, empty.problem.details));
}

/** What hangs on the snapshot. */
export async function partsOf(
  git: Git,
  project: RescueProject,
  commit: string,
): Promise<Result<RescueParts, CannotTell>> {
  const told = await git.run(project.path, ['cat-file', 'commit', commit]);
  if (!told.ok) return fail(unreadable(project, told.problem.details));
  const end = told.value.indexOf('\n\n');
  const parents = [...told.value.slice(0, end).matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map(([, name = '']) => name);
  return ok(readRescueParts(told.value.slice(end + 2), parents));
}

export const unreadable = ({ path }: RescueProject, details: string): CannotTell => ({
  code: 'cannot-tell',
  what: `The snapshots in ${path} can't be read.`,
  kept: 'Nothing was changed.',
  todo: 'Check that the repository is there, then try again.',
  details,
});
