// Makes a clone beside its place and puts it there when it is whole; a failure leaves nothing behind.
import { dirname, join } from 'node:path';
import { isSafeBranch } from '#shared/domain/branch.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { appendFile, ensureDirectory, probePath, removeDirectory, renameFile } from '../../../lib/files.ts';
import type { Git, GitFailure, GitOptions } from '../../../lib/git.ts';
import type { Workspace, WorkspacePlan, WorkspaceProblem, WorkspaceSpec } from '../workspace.ts';
import { checkoutCap, pathTaken, unsafeBranch } from '../worktree/create-worktree.ts';
import { couldNotAsk, openRepository, resolveCommit } from '../worktree/repository.ts';
import { findStartPoint, refreshBase, type StartPoint } from '../worktree/start-point.ts';
import type { WorktreeDependencies } from '../worktree/worktree-dependencies.ts';
import { unfinishedPlace } from './clone-place.ts';
import { configurationFor } from './clone-configuration.ts';

export async function planClone(
  { git, paths }: WorktreeDependencies,
  spec: WorkspaceSpec,
): Promise<Result<WorkspacePlan, WorkspaceProblem>> {
  if (!isSafeBranch(spec.branch)) return fail(unsafeBranch(spec.branch));
  const repository = await openRepository(git, spec.project.path);
  if (!repository.ok) return repository;
  const taken = pathTaken(paths.worktreeFor(spec.project.id, spec.session));
  if (taken !== null) return fail(taken);
  const tip = await resolveCommit(git, spec.project.path, `refs/heads/${spec.branch}`);
  if (!tip.ok) return fail(couldNotAsk(tip.problem));
  return ok({ branchExists: tip.value !== null, stale: false });
}

interface Making {
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

export async function makeClone(
  dependencies: WorktreeDependencies,
  spec: WorkspaceSpec,
  making: Making,
): Promise<Result<Workspace, WorkspaceProblem>> {
  const { paths } = dependencies;
  const plan = await planClone(dependencies, spec);
  if (!plan.ok) return plan;
  const { branchExists } = plan.value;
  if (!branchExists) await refreshBase(dependencies, spec, making.progress, making.signal);
  const start = await findStartPoint(dependencies, branchExists ? { ...spec, base: spec.branch } : spec);
  if (!start.ok) return start;
  const path = paths.worktreeFor(spec.project.id, spec.session);
  const unfinished = unfinishedPlace(paths, spec);
  ensureDirectory(dirname(path));
  making.progress(`Cloning into ${path}`);
  const filled = await fill(dependencies, { spec, start: start.value, unfinished, path, ...making });
  if (!filled.ok) {
    await removeDirectory(unfinished, paths.worktrees);
    return fail(explain(filled.problem));
  }
  // Onto nothing, or onto the empty directory that was found there; the system refuses anything else.
  renameFile(unfinished, path);
  return ok({ path, branch: spec.branch, baseCommit: start.value.commit, branchCreated: !branchExists });
}

interface Filling extends Making {
  readonly spec: WorkspaceSpec;
  readonly start: StartPoint;
  readonly unfinished: string;
  readonly path: string;
}

async function fill(
  { git, paths }: WorktreeDependencies,
  { spec, start, unfinished, path, progress, signal }: Filling,
): Promise<Result<null, GitFailure>> {
  const project = spec.project.path;
  // By this mark an undo finds a git that outlived the process which started it.
  const options: GitOptions = { timeoutMs: checkoutCap, signal, env: { ATHENE_WORKTREE: path }, onLine: progress };
  if (probePath(unfinished).kind !== 'absent') await removeDirectory(unfinished, paths.worktrees);
  // Objects are linked or copied, never borrowed: the clone stays whole whatever becomes of the project's own.
  const cloned = await git.run(
    project,
    ['clone', '--quiet', '--local', '--no-checkout', '--', project, unfinished],
    options,
  );
  if (!cloned.ok) return cloned;
  const configuration = await configurationFor(git, project);
  if (!configuration.ok) return configuration;
  const joined = await joinRemote(git, { unfinished, project, options, hasOrigin: configuration.value.hasOrigin });
  if (!joined.ok) return joined;
  // Written, not set by command: an address may hold a password, and arguments can be read by everybody.
  appendFile(join(unfinished, '.git', 'config'), configuration.value.text);
  return checkOut(git, { unfinished, spec, start, options });
}

interface Joining {
  readonly unfinished: string;
  readonly project: string;
  readonly options: GitOptions;
  readonly hasOrigin: boolean;
}

/** Its origin is the project's origin, with the branches as the project knows them; without one it is the project itself. */
async function joinRemote(
  git: Git,
  { unfinished, project, options, hasOrigin }: Joining,
): Promise<Result<unknown, GitFailure>> {
  if (!hasOrigin) return ok(null);
  const refspec = '+refs/remotes/origin/*:refs/remotes/origin/*';
  const fetched = await git.run(
    unfinished,
    ['fetch', '--quiet', '--prune', '--no-tags', '--no-write-fetch-head', '--end-of-options', project, refspec],
    options,
  );
  return fetched.ok ? git.run(unfinished, ['config', '--unset-all', 'remote.origin.url']) : fetched;
}

interface CheckOut {
  readonly unfinished: string;
  readonly spec: WorkspaceSpec;
  readonly start: StartPoint;
  readonly options: GitOptions;
}

/** On the session's branch alone: what the clone brought along as its own branch is the project's. */
async function checkOut(
  git: Git,
  { unfinished, spec: { branch }, start, options }: CheckOut,
): Promise<Result<null, GitFailure>> {
  const track = start.ref === `refs/remotes/origin/${branch}` ? '--track' : '--no-track';
  const from = track === '--track' ? `origin/${branch}` : start.commit;
  const made = await git.run(unfinished, ['checkout', '--quiet', track, '-B', branch, from, '--'], options);
  if (!made.ok) return made;
  const listed = await git.run(unfinished, ['for-each-ref', '--format=%(refname)', 'refs/heads']);
  if (!listed.ok) return listed;
  const others = listed.value.split('\n').filter((ref) => ref !== '' && ref !== `refs/heads/${branch}`);
  if (others.length === 0) return ok(null);
  const input = others.map((ref) => `delete ${ref}\n`).join('');
  const deleted = await git.run(unfinished, ['update-ref', '--stdin'], { input });
  return deleted.ok ? ok(null) : deleted;
}

const explain = ({ stderr, details }: GitFailure): WorkspaceProblem => ({
  code: 'workspace-failed',
  what: 'git could not make the clone.',
  kept: 'Nothing was left behind.',
  todo: /No space left/i.test(stderr)
    ? 'Free some disk space, then try again.'
    : 'Look at the details, then try again.',
  details,
});
