// Makes a worktree where nothing was, or says what stands there; a failure leaves nothing behind.
import { dirname } from 'node:path';
import { isSafeBranch } from '#shared/domain/branch.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { ensureDirectory, listDirectory, probePath, realPathIfThere } from '../../../lib/files.ts';
import { metHalfMade, type GitFailure } from '../../../lib/git.ts';
import type { Workspace, WorkspacePlan, WorkspaceProblem, WorkspaceSpec } from '../workspace.ts';
import { couldNotAsk, listRegistrations, openRepository, resolveCommit } from './repository.ts';
import { findStartPoint, refreshBase, type StartPoint } from './start-point.ts';
import { dropStaleRegistration } from './stale-registration.ts';
import { undoWorktree } from './undo-worktree.ts';
import type { WorktreeDependencies } from './worktree-dependencies.ts';

/** Milliseconds; a checkout of a large repository over LFS takes its time. */
export const checkoutCap = 15 * 60_000;

export async function planWorktree(
  { git, paths }: WorktreeDependencies,
  spec: WorkspaceSpec,
): Promise<Result<WorkspacePlan, WorkspaceProblem>> {
  if (!isSafeBranch(spec.branch)) return fail(unsafeBranch(spec.branch));
  const repository = await openRepository(git, spec.project.path);
  if (!repository.ok) return repository;
  const path = paths.worktreeFor(spec.project.id, spec.session);
  const taken = pathTaken(path);
  if (taken !== null) return fail(taken);
  const [tip, registrations] = await Promise.all([
    resolveCommit(git, spec.project.path, `refs/heads/${spec.branch}`),
    listRegistrations(git, spec.project.path),
  ]);
  if (!tip.ok) return fail(couldNotAsk(tip.problem));
  if (!registrations.ok) return registrations;
  // Its own place, of which only git's entry is left, holds nothing: that entry is dropped before the worktree is made again.
  const holder = registrations.value.find(
    ({ branch, path: where }) => branch === `refs/heads/${spec.branch}` && where !== path,
  );
  if (holder !== undefined) return fail(branchTaken(spec.branch, `is checked out in ${holder.path}`));
  const stale = registrations.value.some((registration) => registration.path === path);
  return ok({ branchExists: tip.value !== null, stale });
}

export async function createWorktree(
  dependencies: WorktreeDependencies,
  spec: WorkspaceSpec,
  {
    progress,
    signal,
    planned,
  }: {
    readonly progress: (line: string) => void;
    readonly signal: AbortSignal;
    readonly planned?: WorkspacePlan | undefined;
  },
): Promise<Result<Workspace, WorkspaceProblem>> {
  // What has changed since it was planned (a branch, a file in the place) git itself refuses.
  const plan = planned === undefined ? await planWorktree(dependencies, spec) : ok(planned);
  if (!plan.ok) return plan;
  if (!plan.value.branchExists) await refreshBase(dependencies, spec, progress, signal);
  const start = plan.value.branchExists
    ? await findStartPoint(dependencies, { ...spec, base: spec.branch })
    : await findStartPoint(dependencies, spec);
  if (!start.ok) return start;
  const path = dependencies.paths.worktreeFor(spec.project.id, spec.session);
  const dropped = plan.value.stale ? await dropStaleRegistration(dependencies, spec, path) : ok(null);
  if (!dropped.ok) return dropped;
  ensureDirectory(dirname(path));
  progress(describe(spec.branch, plan.value.branchExists, start.value));
  const added = await addOrTakeBack({ dependencies, spec, path, start: start.value, progress, signal, ...plan.value });
  if (!added.ok) return added;
  const { branchExists } = plan.value;
  const real = realPathIfThere(path) ?? path;
  return ok({ path: real, branch: spec.branch, baseCommit: start.value.commit, branchCreated: !branchExists });
}

const describe = (branch: string, exists: boolean, { ref, commit }: StartPoint): string =>
  exists
    ? `Going on with branch ${branch} at ${commit.slice(0, 10)}`
    : `New branch ${branch} from ${ref.replace(/^refs\/(?:heads|remotes|tags)\//, '')} at ${commit.slice(0, 10)}`;

interface Addition {
  readonly dependencies: WorktreeDependencies;
  readonly spec: WorkspaceSpec;
  readonly path: string;
  readonly start: StartPoint;
  readonly branchExists: boolean;
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Tries again, from nothing, when git met a worktree that another one was just making. */
async function addOrTakeBack(addition: Addition, tries = 4): Promise<Result<null, WorkspaceProblem>> {
  const { dependencies, spec, branchExists, signal } = addition;
  const added = await addWorktree(addition);
  if (added.ok) return ok(null);
  const ours = !branchExists && !/already exists/.test(added.problem.stderr);
  const undone = await undoWorktree(dependencies, spec, ours);
  if (undone.ok && tries > 1 && !signal.aborted && metHalfMade(added.problem)) {
    return addOrTakeBack(addition, tries - 1);
  }
  const kept = undone.ok ? 'Nothing was left behind.' : `Not everything could be taken back: ${undone.problem.what}`;
  return fail({ ...explain(spec.branch, added.problem), kept });
}

function addWorktree(call: Addition): Promise<Result<string, GitFailure>> {
  const { spec, path, start, branchExists } = call;
  const track = start.ref === `refs/remotes/origin/${spec.branch}` ? '--track' : '--no-track';
  const from = track === '--track' ? `origin/${spec.branch}` : start.commit;
  const args = branchExists
    ? ['worktree', 'add', '--', path, spec.branch]
    : ['worktree', 'add', track, '-b', spec.branch, '--', path, from];
  return call.dependencies.git.run(spec.project.path, args, {
    timeoutMs: checkoutCap,
    signal: call.signal,
    // By this mark an undo finds a git that outlived the process which started it.
    env: { ATHENE_WORKTREE: path },
    onLine: call.progress,
  });
}

function explain(branch: string, { stderr, details }: GitFailure): WorkspaceProblem {
  if (/already (?:exists|checked out|used by)/.test(stderr)) {
    return { ...branchTaken(branch, 'was made or checked out by somebody else just now'), details };
  }
  if (/cannot lock ref|unable to create|is not a valid (?:branch|ref)/i.test(stderr)) {
    return { ...branchTaken(branch, 'can not be made beside the branches that exist'), details };
  }
  const todo = /No space left/i.test(stderr)
    ? 'Free some disk space, then try again.'
    : 'Look at the details, then try again.';
  return { code: 'workspace-failed', what: 'git could not make the worktree.', todo, details };
}

export const unsafeBranch = (branch: string): WorkspaceProblem => ({
  code: 'branch-taken',
  what: `${JSON.stringify(branch.slice(0, 100))} can't be the name of a branch.`,
  kept: 'Nothing was created.',
  todo: 'Choose a name of letters, digits, ".", "_", "-" and "/".',
});

const branchTaken = (branch: string, why: string): WorkspaceProblem => ({
  code: 'branch-taken',
  what: `Branch ${branch} ${why}.`,
  kept: 'Nothing was created; the branch is untouched.',
  todo: 'Choose another branch name, or free the branch there.',
});

/** Null when the place is free: nothing there, or an empty directory. */
export function pathTaken(path: string): WorkspaceProblem | null {
  const probe = probePath(path);
  if (probe.kind === 'absent' || (probe.kind === 'directory' && listDirectory(path).length === 0)) return null;
  const kept = 'Nothing was created, and what is there was not touched.';
  if (probe.kind === 'unknown') {
    return { code: 'cannot-tell', what: `Could not look at ${path}.`, kept, details: probe.why };
  }
  const what = `The session's place ${path} is taken: ${probe.kind === 'directory' ? 'there are files in it' : `a ${probe.kind} is there`}.`;
  return { code: 'path-taken', what, kept, todo: 'Move it away, or start a new session.' };
}
