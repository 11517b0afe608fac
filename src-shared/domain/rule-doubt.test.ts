import { expect, it } from 'vitest';
import { leavesRulesOpen } from './rule-doubt.ts';

it.each<[string | null, string | null, boolean]>([
  [null, null, true],
  ['reactions', null, true],
  ['reactions.ci-failed.auto', 'api', true],
  ['reactionsx', 'api', false],
  ['projects.api', 'api', true],
  ['projects.api.reactions.ci-failed', 'api', true],
  ['projects.api.path', null, false],
  ['projects.api2', 'api', false],
  ['defaults.agent', 'api', false],
])('a trouble with %s, for the rules of %s: %s', (field, project, expected) => {
  expect(leavesRulesOpen({ field }, project)).toBe(expected);
});
