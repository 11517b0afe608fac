import { describe, expect, it } from 'vitest';
import { millisecondsOf, mostSends, originsOf, ruleInForce, sessionReactionKeys } from './reaction.ts';
import { reactionKeys } from './reaction-rule.ts';

it('every key has its default: action, priority, and when a person is told', () => {
  const rules = reactionKeys.map((key) => {
    const rule = ruleInForce(key, [{}, {}]);
    if (rule === null) return [key, null];
    const { action, auto, priority, escalateAfterMs } = rule;
    return [key, action, auto, priority, mostSends(rule) ?? (escalateAfterMs ?? 0) / 60_000];
  });
  expect(rules).toEqual([
    ['pr-closed', 'notify', true, 'action', 0],
    ['ci-failed', 'send-to-agent', true, null, 3],
    ['changes-requested', 'send-to-agent', true, null, 30],
    ['bugbot-comments', 'send-to-agent', true, null, 30],
    ['merge-conflicts', 'send-to-agent', true, null, 15],
    ['approved-and-green', 'notify', false, 'action', 0],
    ['agent-idle', 'send-to-agent', false, null, 3],
    ['agent-stuck', 'notify', true, 'urgent', 0],
    ['agent-needs-input', 'notify', true, 'urgent', 0],
    ['agent-exited', 'notify', true, 'urgent', 0],
    ['all-complete', 'notify', true, 'info', 0],
    ['report-no-acknowledge', null],
    ['report-stale', null],
    ['report-needs-input', null],
  ]);
  expect(sessionReactionKeys.length).toBe(13);
});

describe('a rule of a project', () => {
  const layers = [{ 'ci-failed': { retries: 5, priority: 'warning' } }, { 'ci-failed': { retries: 1 } }] as const;

  it('overlays that of the home field by field, as that does the default', () => {
    expect(ruleInForce('ci-failed', layers)).toMatchObject({
      action: 'send-to-agent',
      retries: 1,
      escalateAfterTimes: null,
      priority: 'warning',
    });
  });

  it('says of each field where it comes from', () => {
    expect(originsOf('ci-failed', layers)).toEqual({
      action: 'default',
      retries: 'project',
      priority: 'global',
    });
  });
});

it('a report is reacted to only when a rule says how', () => {
  expect(ruleInForce('report-stale', [{ 'report-stale': { priority: 'info' } }, {}])).toBe(null);
  expect(ruleInForce('report-stale', [{ 'report-stale': { action: 'notify' } }, {}])).toMatchObject({
    action: 'notify',
    auto: true,
  });
});

it.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['2h', 7_200_000],
])('%s is %d milliseconds', (duration, ms) => {
  expect(millisecondsOf(duration)).toBe(ms);
});
