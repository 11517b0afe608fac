// Whether a pull request may be merged, as five lines for a person. Pure.
import type { PullRequestFacts } from './pull-request-facts.ts';

/** `waits`: somebody or something else is at it. `off`: there is nothing to be met. */
type Look = 'good' | 'bad' | 'waits' | 'unknown' | 'off';

export interface ReadinessRow {
  readonly name: 'CI' | 'Review' | 'Conflicts' | 'Branch rules' | 'Draft';
  readonly look: Look;
  /** One or two words. */
  readonly word: string;
  readonly why: string;
}

export const readinessOf = (facts: PullRequestFacts): readonly ReadinessRow[] => [
  { name: 'CI', ...ciRow(facts) },
  { name: 'Review', ...reviewRow(facts) },
  { name: 'Conflicts', ...conflictsRow(facts) },
  { name: 'Branch rules', ...rulesRow(facts) },
  { name: 'Draft', ...draftRow(facts) },
];

type Row = Omit<ReadinessRow, 'name'>;
const row = (look: Look, word: string, why: string): Row => ({ look, word, why });

function ciRow({ ci, checks, checksRead }: PullRequestFacts): Row {
  const count = (...states: readonly string[]): number => checks.filter(({ state }) => states.includes(state)).length;
  if (!checksRead) return row('unknown', 'Unknown', 'the checks could not be read');
  const counted = checks.length - count('skipped');
  switch (ci) {
    case 'failing':
      return row('bad', 'Failing', `${count('failed', 'cancelled')} of ${counted} checks failed`);
    case 'pending':
      return row('waits', 'Running', `${count('passed', 'neutral')} of ${counted} checks are through`);
    case 'passing':
      return row('good', 'Passed', `${counted} of ${counted} checks`);
    case 'none':
      return row('off', 'None', checks.length === 0 ? 'there are no checks' : 'all checks were skipped');
  }
}

function reviewRow({ decision, reviews }: PullRequestFacts): Row {
  const by = (state: string): string => {
    const names = [...new Set(reviews.filter((review) => review.state === state).map(({ author }) => author))];
    return names.length === 0 ? 'by somebody' : `by ${names.slice(0, 3).join(', ')}`;
  };
  switch (decision) {
    case 'approved':
      return row('good', 'Approved', by('approved'));
    case 'changes_requested':
      return row('bad', 'Changes wanted', by('changes_requested'));
    case 'pending':
      return row('waits', 'Needed', 'the rules ask for a review');
    case 'none':
      return row('off', 'None', 'nobody has to review it');
  }
}

function conflictsRow({ conflicts, base, behind }: PullRequestFacts): Row {
  if (conflicts === 'yes') return row('bad', 'Yes', `with ${base}`);
  if (conflicts === 'unknown') return row('unknown', 'Unknown', 'the code host has not worked it out yet');
  return behind === true
    ? row('bad', 'Behind', `no conflicts, but it lacks commits of ${base}`)
    : row('good', 'None', `with ${base}`);
}

function rulesRow({ rules, base }: PullRequestFacts): Row {
  if (rules === 'met') return row('good', 'Met', `of ${base}`);
  if (rules === 'blocked') return row('bad', 'Blocked', `the rules of ${base} forbid the merge for now`);
  return row('unknown', 'Unknown', `whether those of ${base} are met`);
}

const draftRow = ({ pullRequest }: PullRequestFacts): Row =>
  pullRequest.draft ? row('waits', 'Yes', 'it is not marked as ready') : row('good', 'No', 'it is marked as ready');
