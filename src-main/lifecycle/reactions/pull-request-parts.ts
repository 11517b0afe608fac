// The parts of a pull request's facts that reactions are about.
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';

type Thread = PullRequestFacts['threads'][number];

export const failedChecks = ({ checks }: PullRequestFacts): PullRequestFacts['checks'] =>
  checks.filter(({ state }) => state === 'failed' || state === 'cancelled');

/** Open ones that a person began. */
export const humanThreads = (facts: PullRequestFacts): readonly Thread[] => open(facts, false);
export const botThreads = (facts: PullRequestFacts): readonly Thread[] => open(facts, true);

const open = ({ threads }: PullRequestFacts, bot: boolean): readonly Thread[] =>
  threads.filter(({ resolved, comments }) => !resolved && comments[0]?.bot === bot);

/** Reviews of people that ask for changes and stand. */
export const changeReviews = ({ reviews }: PullRequestFacts): PullRequestFacts['reviews'] =>
  reviews.filter(({ state, bot }) => state === 'changes_requested' && !bot);

/** Of GitLab, by its address: agents are told its command. */
export const isMergeRequest = ({ pullRequest }: PullRequestFacts): boolean =>
  /\/-\/merge_requests\/\d+$/.test(pullRequest.url);
