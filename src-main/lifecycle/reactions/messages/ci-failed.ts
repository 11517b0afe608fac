import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { failedChecks, isMergeRequest } from '../pull-request-parts.ts';
import { andMore, isData, mostListed, quotedEnd, quotedLine } from './outside-text.ts';

/** Checks whose log is told, and UTF-16 units of all of these together; of the others its agent has the address. */
const [mostLogged, longestLogs] = [3, 4500];

export function ciFailed(facts: PullRequestFacts, opening: string | null): readonly string[] {
  const failed = failedChecks(facts);
  const logged = new Set(failed.filter(({ log }) => log !== null).slice(0, mostLogged));
  const share = Math.floor(longestLogs / Math.max(1, logged.size));
  return [
    opening ?? `Checks fail on your pull request #${facts.pullRequest.number}, at commit ${facts.commit.slice(0, 12)}.`,
    '',
    isData('What the code host says of each'),
    ...failed
      .slice(0, mostListed)
      .flatMap((check, index) => [
        '',
        `${index + 1}. A check that ${conclusionOf(check)}:`,
        ...aboutCheck(check),
        ...(logged.has(check) ? endOfLog(check, share) : []),
      ]),
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

const endOfLog = ({ log }: Check, most: number): readonly string[] =>
  log === null ? [] : ['The end of what it printed:', ...quotedEnd(log, most)];
