import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { isData, quotedLine } from './outside-text.ts';

export const mergeConflicts = (
  { pullRequest, base, commit, behind }: PullRequestFacts,
  opening: string | null,
): readonly string[] => [
  opening ??
    `Your pull request #${pullRequest.number} conflicts with the branch that it is to be merged into, at commit ${commit.slice(0, 12)}.`,
  '',
  isData('The name of that branch'),
  quotedLine(base),
  '',
  ...(behind === true ? ['Your branch lacks commits of it.'] : []),
  'Fetch it, rebase your branch onto it, and resolve each conflict so that what both sides wanted is kept. Run the tests, then push with --force-with-lease. If a conflict can not be resolved without a decision that is not yours, stop and ask.',
];
