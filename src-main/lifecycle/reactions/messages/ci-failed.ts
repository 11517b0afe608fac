import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { failedChecks, isMergeRequest } from '../pull-request-parts.ts';
import { andMore, isData, mostListed, quotedLine } from './outside-text.ts';

export function ciFailed(facts: PullRequestFacts, opening: string | null): readonly string[] {
  const failed = failedChecks(facts);
  return [
    opening ?? `Checks fail on your pull request #${facts.pullRequest.number}, at commit ${facts.commit.slice(0, 12)}.`,
    '',
    isData('What the code host says of each'),
    ...failed
      .slice(0, mostListed)
      .flatMap((check, index) => ['', `${index + 1}. A check that ${conclusionOf(check)}:`, ...aboutCheck(check)]),
    ...andMore(failed, isMergeRequest(facts) ? 'glab ci status' : 'gh pr checks'),
    '',
    'Find out why each of them does not pass, mend that in this worktree, run here what can be run here, then commit and push. Do not change or skip a check only to have it pass. If one fails for a reason that is not yours, say so and go on.',
  ];
}

type Check = PullRequestFacts['checks'][number];

const conclusionOf = ({ state, required }: Check): string =>
  `${state === 'cancelled' ? 'was cancelled' : 'failed'}${required ? ' and is required' : ''}`;

const aboutCheck = ({ name, url }: Check): readonly string[] => [
  quotedLine(name),
  ...(url === null ? [] : [quotedLine(url)]),
];
