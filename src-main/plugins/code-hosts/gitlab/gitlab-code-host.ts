// Merge requests of GitLab, through glab. In Athene they are pull requests.
import { z } from 'zod';
import { readMergeRequestReference, type PullRequestState } from '#shared/domain/pull-request.ts';
import type { RepositoryName } from '#shared/domain/repository-name.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git } from '../../../lib/git.ts';
import { personCall, projectCall, type Glab, type ProjectCall } from '../../../lib/glab.ts';
import type { CommandFailure } from '../../../lib/signed-in-command.ts';
import { checkOutPullRequest } from '../check-out.ts';
import type { CodeHost, CodeHostFailure, FoundPullRequest } from '../code-host.ts';
import { foundOf, noReference, toFailure } from '../failures.ts';
import { foundIn, headSchema, isFork, type Head } from './merge-request-answer.ts';
import { checkOutsOf } from './onto-branch.ts';
import { createReader } from './read-merge-requests.ts';

export interface GitLabDependencies {
  readonly glab: Glab;
  readonly git: Git;
  readonly repository: RepositoryName;
  readonly now: () => number;
}

type Asked<T> = Promise<Result<T, CodeHostFailure>>;

export function createGitLab(dependencies: GitLabDependencies): CodeHost {
  const { glab, git, repository } = dependencies;
  const reader = createReader(dependencies);
  const ask = async <T>(call: ProjectCall, schema: z.ZodType<T>): Promise<Result<T, CommandFailure>> =>
    glab.json(projectCall(repository, call), schema, { timeoutMs: 60_000 });
  const headOf = async (number: number | string): Asked<Head> => {
    const told = await ask({ path: `/merge_requests/${number}` }, headSchema);
    return told.ok ? told : fail(toFailure('GitLab', told.problem, String(number)));
  };
  const headOfBranch = async (branch: string): Asked<Head> => {
    const told = await ask({ path: '/merge_requests', query: [['source_branch', branch]] }, z.array(headSchema));
    if (!told.ok) return fail(toFailure('GitLab', told.problem, branch));
    const open = told.value.filter(({ state }) => state === 'opened');
    const head = open.find((one) => !isFork(one)) ?? open[0] ?? told.value[0];
    return head === undefined ? fail(noReference(branch)) : ok(head);
  };
  /** What Athene changes there is another from then on. */
  const change = async (number: number, call: Partial<ProjectCall>): Asked<null> => {
    const path = `/merge_requests/${number}${call.path ?? ''}`;
    const done = await ask({ method: 'PUT', ...call, path }, z.unknown());
    reader.forget(number);
    return done.ok ? ok(null) : fail(toFailure('GitLab', done.problem, String(number)));
  };
  return {
    name: 'GitLab',
    authority: `gitlab ${repository.host.toLowerCase()}`,
    async readPullRequests(question) {
      const told = await reader.read(question);
      return told.ok ? told : fail(toFailure('GitLab', told.problem, 'of this project'));
    },
    async resolvePullRequest(reference): Asked<FoundPullRequest> {
      const asked = readMergeRequestReference(reference, repository);
      if (asked === null) return fail(noReference(reference));
      const told = /^\d+$/.test(asked) ? await headOf(asked) : await headOfBranch(asked);
      return told.ok ? foundOf(foundIn(told.value)) : told;
    },
    async pullRequestState(number): Asked<PullRequestState> {
      const told = await headOf(number);
      return told.ok ? ok(foundIn(told.value).pullRequest.state) : told;
    },
    // A fork's branch gets the same name here, so that a local one of that name has to be it.
    checkOut: (found, worktree) =>
      checkOutPullRequest(checkOutsOf(git, found.fromFork), { ...found, fromFork: false }, worktree),
    async assign(number) {
      const me = await glab.json(personCall(repository.host), person);
      if (!me.ok) return fail(toFailure('GitLab', me.problem, String(number)));
      const now = await ask({ path: `/merge_requests/${number}` }, z.object({ assignees: z.array(person) }));
      if (!now.ok) return fail(toFailure('GitLab', now.problem, String(number)));
      // It takes the list as a whole, and as JSON glab could not write one of numbers.
      const all = new Set([...now.value.assignees, me.value].map(({ id }) => id));
      return change(number, { query: [...all].map((id) => ['assignee_ids[]', String(id)]) });
    },
    async merge(number, { method, commit }) {
      if (method === 'rebase') return fail(noRebase);
      const fields = { sha: commit, squash: String(method === 'squash'), should_remove_source_branch: 'false' };
      const done = await ask({ method: 'PUT', path: `/merge_requests/${number}/merge`, fields }, z.unknown());
      reader.forget(number);
      if (done.ok) return ok(null);
      // Whoever may not merge is told the same as whoever is not signed in.
      const isRefused = done.problem.kind === 'signed-out' || done.problem.kind === 'not-found';
      const problem = isRefused ? { ...done.problem, kind: 'refused' as const, what: mayNot } : done.problem;
      return fail(toFailure('GitLab', problem, String(number)));
    },
    close: (number) => change(number, { fields: { state_event: 'close' } }),
    async markReady(number) {
      const told = await headOf(number);
      if (!told.ok) return told;
      return change(number, { fields: { title: told.value.title.replace(draftWords, '') } });
    },
    updateBranch: (number) => change(number, { path: '/rebase' }),
    reply: (number, thread, body) =>
      change(number, { method: 'POST', path: `${discussionAt(thread)}/notes`, fields: { body } }),
    resolve: (number, thread, resolved) =>
      change(number, { path: discussionAt(thread), fields: { resolved: String(resolved) } }),
  };
}

const discussionAt = (thread: string): string => `/discussions/${encodeURIComponent(thread)}`;

const person = z.object({ id: z.int().positive() });

/** By these words in its title it is a draft. */
const draftWords = /^(?:\s*(?:draft:|\[draft\]|\(draft\)))+\s*/i;

const mayNot = 'GitLab did not let you merge it.';

const noRebase: CodeHostFailure = {
  kind: 'refused',
  what: 'GitLab merges as its project is set, with or without squashing; rebasing is no choice there.',
  todo: 'Choose another way of merging.',
  details: '',
};
