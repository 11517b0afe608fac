// The members about pull requests, of a host made of values.
import type { PullRequest } from '#shared/domain/pull-request.ts';
import { factsOf, type PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { pullRequestKey, type PullRequestView } from '#shared/domain/pull-request-view.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { fail, ok } from '#shared/lib/result.ts';
import { collection } from './collection.ts';
import { samplePullRequests } from './sample-pull-requests.ts';

type Thread = PullRequestFacts['threads'][number];

interface One {
  readonly id: string;
}

export function fakePullRequests(sessions: { get(id: string): SessionView | undefined }, some: boolean) {
  const all = collection<PullRequestView>(pullRequestKey, some ? samplePullRequests() : []);
  const find = (id: string): PullRequestView | undefined =>
    all.items().find(({ facts }) => facts !== null && facts.pullRequest.url === sessions.get(id)?.pullRequest?.url);
  const actOn = (change: (before: PullRequestFacts) => PullRequestFacts) => async (input: One) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    const view = find(input.id);
    if (view === undefined || view.facts === null)
      return fail({ code: 'pull-request-unknown' as const, what: `${input.id} has no pull request.` });
    const next = { ...view, facts: factsOf(change(view.facts)) };
    all.put(next);
    return ok(next);
  };
  const act = (change: (before: PullRequest) => PullRequest) =>
    actOn((facts) => ({ ...facts, pullRequest: change(facts.pullRequest) }));
  const actOnThread =
    <T extends One & { readonly thread: string }>(change: (before: Thread, input: T) => Thread) =>
    async (input: T) => {
      const changed = (one: Thread): Thread => (one.id === input.thread ? change(one, input) : one);
      return actOn((facts) => ({ ...facts, threads: facts.threads.map(changed) }))(input);
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
    'pullRequest.resolve': actOnThread<One & { thread: string; resolved: boolean }>((before, { resolved }) => ({
      ...before,
      resolved,
    })),
    'pullRequest.reply': actOnThread<One & { thread: string; text: string }>((before, { text: body }) => ({
      ...before,
      comments: [
        ...before.comments,
        { id: `N${before.comments.length}`, author: 'you', bot: false, body, at: Date.now(), url: null },
      ],
    })),
  };
  return { calls, feed: all.feed };
}
