// Makes an open pull request a worker's own: its worktree goes onto the branch, and whoever had it gives it up.
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { PullRequest } from '#shared/domain/pull-request.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { probePath } from '../../lib/files.ts';
import type { CodeHost } from '../../plugins/code-hosts/code-host.ts';
import { listSessions } from '../../storage/sessions.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { findSession } from '../session-record.ts';
import * as refusal from './claim-refusals.ts';
import type { ClaimProblem } from './claim-refusals.ts';
import { takeOver } from './take-over.ts';

export interface ClaimedPullRequest {
  readonly session: string;
  readonly project: string;
  readonly pr: PullRequest;
  readonly branchChanged: boolean;
  readonly githubAssigned: boolean;
  readonly githubAssignmentError?: string;
  readonly takenOverFrom: string[];
}

interface Asked {
  readonly id: string;
  readonly reference: string;
  readonly assignOnGithub: boolean;
}

/**
 * Everything that can refuse comes before the checkout, and the checkout before the records: a process that ends in between has put the
 * worktree onto the branch and nothing else, which the same call finds and finishes.
 */
export async function claimPullRequest(
  dependencies: SessionDependencies,
  { id, reference, assignOnGithub }: Asked,
): Promise<Result<ClaimedPullRequest, ClaimProblem>> {
  if (reference.trim() === '') return fail(refusal.noReference);
  const claimant = findClaimant(dependencies, id);
  if (!claimant.ok) return claimant;
  const { record, path, host } = claimant.value;
  const resolved = await host.resolvePullRequest(reference);
  if (!resolved.ok) return fail(refusal.notResolved(resolved.problem));
  const pr = resolved.value.pullRequest;
  if (pr.state !== 'open') return fail(refusal.notOpen(pr));
  const checkedOut = await host.checkOut(resolved.value, path);
  if (!checkedOut.ok) return fail(notCheckedOut(dependencies, record, pr, checkedOut.problem));
  const taken = await takeOver(dependencies, id, { pullRequest: pr, checkedOut: checkedOut.value });
  if (!taken.ok) return taken;
  dependencies.log('pull-request.claimed', { session: id, number: pr.number, from: taken.value });
  return ok({
    ...{
      session: id,
      project: record.project,
      pr,
      branchChanged: checkedOut.value.changed,
      takenOverFrom: [...taken.value],
    },
    ...(await assignment(host, pr, assignOnGithub)),
  });
}

interface Claimant {
  readonly record: SessionRecord;
  readonly path: string;
  readonly host: CodeHost;
}

function findClaimant(dependencies: SessionDependencies, id: string): Result<Claimant, ClaimProblem> {
  const found = findSession(dependencies, id);
  if (!found.ok) return found;
  const record = found.value;
  if (record.kind !== 'worker') return fail(refusal.coordinator(record));
  if (isTerminal(record.lifecycle)) return fail(refusal.ended(id));
  const project = dependencies.projects.find(record.project);
  if (!project.ok) return project;
  const host = dependencies.codeHostOf(project.value);
  if (host === null) return fail(refusal.noCodeHost(record.project));
  const path = record.workspace?.path;
  if (path === undefined || probePath(path).kind !== 'directory') return fail(refusal.noWorktree(id));
  const beside = sharers(dependencies, record);
  return beside.length > 0 ? fail(refusal.shared(id, beside)) : ok({ record, path, host });
}

/** Live sessions in the same checkout: its branch would change under their feet. */
function sharers({ store }: SessionDependencies, { id, workspace }: SessionRecord): readonly string[] {
  const { sessions } = store.read(listSessions);
  return sessions
    .map(({ record }) => record)
    .filter((other) => other.id !== id && other.workspace?.path === workspace?.path && !isTerminal(other.lifecycle))
    .map((other) => other.id);
}

type NotCheckedOut = Extract<Awaited<ReturnType<CodeHost['checkOut']>>, { readonly ok: false }>['problem'];

function notCheckedOut(
  { store }: SessionDependencies,
  { id }: SessionRecord,
  pr: PullRequest,
  problem: NotCheckedOut,
): ClaimProblem {
  if (problem.kind !== 'held') return refusal.notCheckedOut(id, pr, problem);
  const { sessions } = store.read(listSessions);
  const holder = sessions.find(({ record }) => record.workspace?.path === problem.path)?.record;
  return refusal.branchHeld(pr, problem.path, holder ?? null);
}

/** The claim stands whether or not it can be shown on the code host. */
async function assignment(
  host: CodeHost,
  { number }: PullRequest,
  wanted: boolean,
): Promise<Pick<ClaimedPullRequest, 'githubAssigned' | 'githubAssignmentError'>> {
  if (!wanted) return { githubAssigned: false };
  const assigned = await host.assign(number);
  return assigned.ok
    ? { githubAssigned: true }
    : { githubAssigned: false, githubAssignmentError: assigned.problem.what };
}
