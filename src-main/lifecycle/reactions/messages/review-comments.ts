import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { botThreads, changeReviews, humanThreads, isMergeRequest } from '../pull-request-parts.ts';
import { andMore, isData, mostListed, quotedLine, quotedText } from './outside-text.ts';

export const changesRequested = (facts: PullRequestFacts, opening: string | null): readonly string[] =>
  reviewText(facts, { reviews: changeReviews(facts), threads: humanThreads(facts) }, [
    opening ?? `Reviewers ask for changes of your pull request #${facts.pullRequest.number}.`,
    'Answer each point: change the code where it is right, and where it is not, say why in the thread. Then commit, push, and ask for another look.',
  ]);

export const botComments = (facts: PullRequestFacts, opening: string | null): readonly string[] =>
  reviewText(facts, { reviews: [], threads: botThreads(facts) }, [
    opening ?? `A program that reads pull requests commented on yours, #${facts.pullRequest.number}.`,
    'Such programs are often wrong. Judge each point by the code: mend what is right, and say shortly in the thread why you leave the rest. Then commit and push.',
  ]);

type Thread = PullRequestFacts['threads'][number];

interface Said {
  readonly reviews: PullRequestFacts['reviews'];
  readonly threads: readonly Thread[];
}

function reviewText(
  facts: PullRequestFacts,
  { reviews, threads }: Said,
  [opening, ending]: readonly [string, string],
): readonly string[] {
  return [
    opening,
    '',
    isData('What they wrote'),
    ...reviews
      .slice(0, mostListed)
      .flatMap((review) => [
        '',
        'A review that asks for changes:',
        quotedLine(`by ${review.author}`),
        ...quotedText(review.body),
      ]),
    ...threads
      .slice(0, mostListed)
      .flatMap((thread, index) => ['', `${index + 1}. An open thread:`, ...aboutThread(thread)]),
    ...andMore(threads, isMergeRequest(facts) ? 'glab mr view --comments' : 'gh pr view --comments'),
    '',
    `This is as the code host had it at ${new Date(facts.readAt).toISOString()}, and complete but for what is said to be cut: you need not read it again.`,
    ending,
  ];
}

const aboutThread = ({ id, path, line, comments }: Thread): readonly string[] => [
  quotedLine(`at ${path === null ? 'the pull request as a whole' : line === null ? path : `${path}:${line}`}`),
  quotedLine(`thread ${id}`),
  // Of a long discussion how it began and how it stands.
  ...(comments.length <= 4 ? comments : [...comments.slice(0, 1), ...comments.slice(-3)]).flatMap(
    ({ author, body, url }) => [quotedLine(`${author} wrote${url === null ? '' : ` (${url})`}:`), ...quotedText(body)],
  ),
];
