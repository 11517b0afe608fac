// A snapshot as a worktree again: its files as they were, what was staged staged, the rest not committed. The snapshot stays.
import { dirname, isAbsolute, join } from 'node:path';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { isBelow, listDirectory, probePath, realPathIfThere, replaceContent } from '../lib/files.ts';
import type { Git, GitFailure } from '../lib/git.ts';
import { partsOf, rescueRef, unreadable, type RescueProject } from './list-rescues.ts';

type RestoreProblem = Problem<'rescue-unknown' | 'path-taken' | 'workspace-failed' | 'cannot-tell'>;

export interface RestoredRescue {
  readonly path: string;
  readonly branch: string;
}

/** Milliseconds; a checkout of a large repository takes its time. */
const checkoutCap = 15 * 60_000;

/** @param path absolute; nothing, or an empty directory */
export async function restoreRescue(
  git: Git,
  project: RescueProject,
  { ref, path }: { readonly ref: string; readonly path: string },
): Promise<Result<RestoredRescue, RestoreProblem>> {
  const [, session, number] = rescueRef.exec(ref) ?? [];
  if (session === undefined) return fail(unknownRescue(ref));
  if (!isAbsolute(path)) return fail(relative(path));
  const there = probePath(path);
  const free = there.kind === 'absent' || (there.kind === 'directory' && listDirectory(path).length === 0);
  if (!free) return fail(taken(path));
  const commit = await git.run(project.path, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  ]);
  if (!commit.ok)
    return fail(commit.problem.code === 1 ? unknownRescue(ref) : unreadable(project, commit.problem.details));
  const snapshot = commit.value.trim();
  const parts = await partsOf(git, project, snapshot);
  if (!parts.ok) return parts;
  const branch = await freeBranch(git, project, `rescue/${session}-${number}`);
  if (!branch.ok) return branch;
  const { base, staged, raw } = parts.value;
  const from = base ?? snapshot;
  const added = await git.run(project.path, ['worktree', 'add', '--no-track', '-b', branch.value, '--', path, from], {
    timeoutMs: checkoutCap,
  });
  if (!added.ok) return fail(failed(added.problem));
  const filled = await fill(git, path, { snapshot, from: staged ?? from, raw });
  if (filled.ok) return ok({ path, branch: branch.value });
  await takeBack(git, project, { path, branch: branch.value, from });
  return fail(failed(filled.problem));
}

/** What was only just made, so that the place and the name are free for another try. */
async function takeBack(
  git: Git,
  project: RescueProject,
  { path, branch, from }: RestoredRescue & { readonly from: string },
): Promise<void> {
  await git.run(project.path, ['worktree', 'remove', '--force', '--', path]);
  await git.run(project.path, ['update-ref', '-d', `refs/heads/${branch}`, from]);
}

/** Files first, over an index that has them all; then those that git would not give back as they were; then the index that there was. */
async function fill(
  git: Git,
  path: string,
  { snapshot, from, raw }: { readonly snapshot: string; readonly from: string; readonly raw: string | null },
): Promise<Result<string, GitFailure>> {
  const files = await git.run(path, ['read-tree', '--reset', '-u', snapshot], { timeoutMs: checkoutCap });
  if (!files.ok) return files;
  const bytes = raw === null ? ok('') : await writeRaw(git, path, raw);
  return bytes.ok ? git.run(path, ['read-tree', '--reset', from]) : bytes;
}

async function writeRaw(git: Git, path: string, raw: string): Promise<Result<string, GitFailure>> {
  const listed = await git.run(path, ['ls-tree', '-r', '-z', raw]);
  if (!listed.ok) return listed;
  const real = realPathIfThere(path) ?? path;
  for (const entry of listed.value.split('\0').filter(Boolean)) {
    const [, , blob = ''] = entry.slice(0, entry.indexOf('\t')).split(' ');
    // The only way in which git writes a blob without any filter.
    const unpacked = await git.run(path, ['unpack-file', blob]);
    if (!unpacked.ok) return unpacked;
    const to = join(real, entry.slice(entry.indexOf('\t') + 1));
    // A tree may name anything, and the files that were just written may hold links: nothing is written through one.
    if (!isBelow(to, real) || realPathIfThere(dirname(to)) !== dirname(to)) return fail(leadsOut(entry));
    replaceContent(join(real, unpacked.value.trim()), to);
  }
  return ok('');
}

const leadsOut = (entry: string): GitFailure => ({
  kind: 'not-run',
  code: null,
  details: `The snapshot names a place outside of itself: ${JSON.stringify(entry.slice(0, 200))}`,
  stderr: '',
});

async function freeBranch(git: Git, project: RescueProject, wished: string): Promise<Result<string, RestoreProblem>> {
  const listed = await git.run(project.path, ['for-each-ref', '--format=%(refname)', 'refs/heads/rescue/']);
  if (!listed.ok) return fail(unreadable(project, listed.problem.details));
  const used = new Set(listed.value.split('\n'));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wished : `${wished}-${number}`;
    if (!used.has(`refs/heads/${name}`)) return ok(name);
  }
}

export const unknownRescue = (ref: string): Problem<'rescue-unknown'> => ({
  code: 'rescue-unknown',
  what: `There is no snapshot ${JSON.stringify(ref.slice(0, 200))}.`,
  kept: 'Nothing was changed.',
  todo: 'See `athene rescue ls`.',
});

const relative = (path: string): RestoreProblem => ({
  code: 'path-taken',
  what: `${path} is not an absolute path.`,
  kept: 'Nothing was changed.',
  todo: 'Name the place from the root on.',
});

const taken = (path: string): RestoreProblem => ({
  code: 'path-taken',
  what: `There is something at ${path}.`,
  kept: 'Nothing was changed.',
  todo: 'Name a place where nothing is.',
});

const failed = ({ details }: GitFailure): RestoreProblem => ({
  code: 'workspace-failed',
  what: 'git could not make the worktree of the snapshot.',
  kept: 'The snapshot is as it was.',
  todo: 'Look at the details, then try again at another place.',
  details,
});
