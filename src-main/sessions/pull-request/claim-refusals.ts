// What a claim of a pull request can meet. Some of the texts are part of the command's interface.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { PullRequest } from '#shared/domain/pull-request.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import type { CheckOutFailure, CodeHostFailure } from '../../plugins/code-hosts/code-host.ts';

export type ClaimProblem = Problem<CodeOf<AtheneContract, 'session.claimPullRequest'>>;

const kept = 'Nothing was changed.';

export const noReference: ClaimProblem = {
  code: 'claim-refused',
  what: 'PR reference is required',
  kept,
  todo: 'Give the number, the address or the branch of a pull request.',
};

export const coordinator = ({ id, kind }: SessionRecord): ClaimProblem => ({
  code: 'claim-refused',
  what: `${id} is no worker (${kind}): it leads others and has no pull request of its own.`,
  kept,
  todo: 'Let a worker claim it.',
});

export const notOpen = ({ number, state }: PullRequest): ClaimProblem => ({
  code: 'claim-refused',
  what: `Cannot claim PR #${number} because it is ${state}`,
  kept,
});

export const ended = (id: string): ClaimProblem => ({
  code: 'session-ended',
  what: `${id} has ended, so nobody in it could work on a pull request.`,
  kept,
  todo: `Restore it first: athene session restore ${id}`,
});

export const noCodeHost = (project: string): Problem<'code-host-missing'> => ({
  code: 'code-host-missing',
  what: `The project ${project} has no code host that Athene knows.`,
  kept,
  todo: 'Give its entry in config.yaml a repo on github.com, or `scm: github`.',
});

export const noWorktree = (id: string): ClaimProblem => ({
  code: 'workspace-missing',
  what: `${id} has no worktree that could go onto the branch of a pull request.`,
  kept,
});

export const shared = (id: string, others: readonly string[]): ClaimProblem => ({
  code: 'claim-refused',
  what: `${id} works in the same checkout as ${others.join(', ')}, whose branch would change with it.`,
  kept,
  todo: 'Let a session with a worktree of its own claim it.',
});

export const notResolved = ({ kind, what, todo, details }: CodeHostFailure): ClaimProblem => ({
  code: kind === 'not-found' ? 'pull-request-unknown' : 'code-host-unreachable',
  ...{ what, kept, todo, details },
});

type Hindrance = Exclude<CheckOutFailure, { readonly kind: 'held' }>;
const codes = { dirty: 'workspace-dirty', 'cannot-tell': 'cannot-tell', failed: 'checkout-failed' } as const;

export function notCheckedOut(id: string, pr: PullRequest, { kind, what, details }: Hindrance): ClaimProblem {
  const code = codes[kind];
  if (kind === 'failed') return { code, what, kept: 'No record was changed.', todo: 'See the details.', details };
  return {
    code,
    what: `The worktree of ${id} can't go onto ${pr.branch}: ${what}.`,
    kept,
    todo: kind === 'dirty' ? 'Commit, finish or move that away, then try again.' : 'Try again.',
    details,
  };
}

export function branchHeld(pr: PullRequest, path: string, holder: SessionRecord | null): ClaimProblem {
  const who = holder === null ? path : `the worktree of ${holder.id}`;
  return {
    code: 'branch-taken',
    what: `The branch ${pr.branch} of PR #${pr.number} is checked out in ${who}.`,
    kept,
    todo:
      holder === null
        ? 'Put that worktree onto another branch, or let work go on there.'
        : `Send it the work, or end it and free its worktree: athene session kill ${holder.id}, then remove. The branch is kept.`,
    details: path,
  };
}

export const endedMeanwhile = (id: string, branch: string): ClaimProblem => ({
  code: 'session-ended',
  what: `${id} ended while it was claiming the pull request.`,
  kept: `Its worktree is on ${branch} now; nothing else was changed.`,
  todo: `Restore it, then claim again: athene session restore ${id}`,
});
