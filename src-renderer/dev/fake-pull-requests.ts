// The members about pull requests, of a host made of values.
import type { PullRequest } from '#shared/domain/pull-request.ts';
import { factsOf } from '#shared/domain/pull-request-facts.ts';
import { pullRequestKey, type PullRequestView } from '#shared/domain/pull-request-view.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { fail, ok } from '#shared/lib/result.ts';
import { collection } from './collection.ts';
import { samplePullRequests } from './sample-pull-requests.ts';

interface One {
  readonly id: string;
}

export function fakePullRequests(sessions: { get(id: string): SessionView | undefined }, some: boolean) {
  const all = collection<PullRequestView>(pullRequestKey, some ? samplePullRequests() : []);
  const find = (id: string): PullRequestView | undefined =>
    all.items().find(({ facts }) => facts !== null && facts.pullRequest.url === sessions.get(id)?.pullRequest?.url);
  const act = (change: (before: PullRequest) => PullRequest) => async (input: One) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    const view = find(input.id);
    if (view === undefined || view.facts === null)
      return fail({ code: 'pull-request-unknown' as const, what: `${input.id} has no pull request.` });
    const next = { ...view, facts: factsOf({ ...view.facts, pullRequest: change(view.facts.pullRequest) }) };
    all.put(next);
    return ok(next);
  };
  const calls = {
    'pullRequest.refresh': async ({ id }: One) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      return ok(find(id) ?? null);
    },
    'pullRequest.merge': act((before) => ({ ...before, state: 'merged' })),
    'pullRequest.close': act((before) => ({ ...before, state: 'closed' })),
    'pullRequest.markReady': act((before) => ({ ...before, draft: false })),
    'pullRequest.updateBranch': act((before) => before),
  };
  return { calls, feed: all.feed };
}
