// Pull requests of GitHub, through gh.
import { z } from 'zod';
import { readReference, type PullRequestState } from '#shared/domain/pull-request.ts';
import { fullName, type RepositoryName } from '#shared/domain/repository-name.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Gh, GhFailure } from '../../../lib/gh.ts';
import type { Git } from '../../../lib/git.ts';
import { checkoutCap, checkOutPullRequest, type CheckOuts } from '../check-out.ts';
import type { CodeHost, CodeHostFailure, FoundPullRequest } from '../code-host.ts';
import { foundOf, noReference, toFailure } from '../failures.ts';
import { changeThread } from './change-thread.ts';
import { createReader } from './read-pull-requests.ts';

export interface GitHubDependencies {
  readonly gh: Gh;
  readonly git: Git;
  readonly repository: RepositoryName;
  readonly now: () => number;
}

const states = { OPEN: 'open', MERGED: 'merged', CLOSED: 'closed' } as const;
const stateSchema = z.object({ state: z.enum(['OPEN', 'MERGED', 'CLOSED']) });
const pullRequestAnswer = stateSchema.extend({
  number: z.int().positive(),
  title: z.string(),
  url: z.url({ protocol: /^https$/ }).max(2000),
  isDraft: z.boolean(),
  headRefName: z.string(),
  headRefOid: z.string().regex(/^[0-9a-f]{40,64}$/),
  isCrossRepository: z.boolean(),
});
const fields = 'number,title,url,state,isDraft,headRefName,headRefOid,isCrossRepository';

export function createGitHub(dependencies: GitHubDependencies): CodeHost {
  const { gh, repository } = dependencies;
  const repo = ['--repo', fullName(repository)];
  const reader = createReader(dependencies);
  /** What Athene changes there is another from then on. */
  const changed = async (number: number, doing: Promise<Result<string, GhFailure>>) => {
    const done = await doing;
    reader.forget(number);
    return done.ok ? ok(null) : fail(toFailure('GitHub', done.problem, String(number)));
  };
  const change = async (number: number, [verb = '', ...flags]: readonly string[], timeoutMs = 30_000) =>
    changed(number, gh.run(['pr', verb, ...repo, ...flags, '--', String(number)], { timeoutMs }));
  const checkOuts: CheckOuts = {
    git: dependencies.git,
    refOf: (number) => `refs/pull/${number}/head`,
    onto: ({ pullRequest }, worktree) =>
      gh.run(['pr', 'checkout', ...repo, '--', String(pullRequest.number)], { cwd: worktree, timeoutMs: checkoutCap }),
  };
  return {
    name: 'GitHub',
    authority: `github ${repository.host.toLowerCase()}`,
    async readPullRequests(question) {
      const told = await reader.read(question);
      return told.ok ? told : fail(toFailure('GitHub', told.problem, 'of this project'));
    },
    async resolvePullRequest(reference) {
      const asked = readReference(reference, repository);
      if (asked === null) return fail(noReference(reference));
      const told = await gh.json(['pr', 'view', ...repo, '--json', fields, '--', asked], pullRequestAnswer);
      return told.ok ? foundOf(toFound(told.value)) : fail(toFailure('GitHub', told.problem, asked));
    },
    async pullRequestState(number): Promise<Result<PullRequestState, CodeHostFailure>> {
      const told = await gh.json(['pr', 'view', ...repo, '--json', 'state', '--', String(number)], stateSchema);
      return told.ok ? ok(states[told.value.state]) : fail(toFailure('GitHub', told.problem, String(number)));
    },
    checkOut: (found, worktree) => checkOutPullRequest(checkOuts, found, worktree),
    assign: (number) => change(number, ['edit', '--add-assignee', '@me']),
    merge: (number, { method, commit }) =>
      change(number, ['merge', `--${method}`, '--match-head-commit', commit], 60_000),
    close: (number) => change(number, ['close']),
    markReady: (number) => change(number, ['ready']),
    updateBranch: (number) => change(number, ['update-branch'], 60_000),
    reply: (number, thread, body) => changed(number, changeThread(gh, repository, { change: 'reply', thread, body })),
    resolve: (number, thread, resolved) =>
      changed(number, changeThread(gh, repository, { change: resolved ? 'resolve' : 'unresolve', thread })),
  };
}

function toFound(told: z.infer<typeof pullRequestAnswer>): FoundPullRequest {
  const { number, title, url, state, isDraft, headRefName: branch } = told;
  return {
    pullRequest: { number, title, url, state: states[state], draft: isDraft, branch },
    commit: told.headRefOid,
    fromFork: told.isCrossRepository,
  };
}
