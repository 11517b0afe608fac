import { expect, it } from 'vitest';
import { readReportState } from './report-word.ts';

it.each([
  ['needs-input', 'needs_input'],
  [' Needs_Input ', 'needs_input'],
  ['INPUT', 'needs_input'],
  ['start', 'started'],
  ['work', 'working'],
  ['wait', 'waiting'],
  ['ci', 'fixing_ci'],
  ['reviews', 'addressing_reviews'],
  ['complete', 'completed'],
  ['draft-pr-created', 'draft_pr_created'],
  ['done', null],
  ['constructor', null],
  ['', null],
])('%j is %j', (word, state) => {
  expect(readReportState(word)).toBe(state);
});
