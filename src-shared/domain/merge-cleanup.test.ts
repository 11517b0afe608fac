import { expect, it } from 'vitest';
import { mergeCleanup, type MergedSession } from './merge-cleanup.ts';

const merged: MergedSession = { since: 0, agent: 'rests', keeps: null, leftAt: null, graceMs: 300_000, now: 60_000 };

it.each<[string, Partial<MergedSession>, 'clean' | 'waits']>([
  ['whose agent rests', {}, 'clean'],
  ['that was merged a moment ago', { now: 1000 }, 'waits'],
  ['that was merged a moment ago, where nobody wants a grace', { now: 0, graceMs: 0 }, 'clean'],
  ['whose agent works', { agent: 'busy' }, 'waits'],
  ['whose agent works on until the grace is over', { agent: 'busy', now: 300_000 }, 'clean'],
  ['whose agent works, where nobody wants a grace', { agent: 'busy', graceMs: 0 }, 'clean'],
  ['of whose agent nobody can tell', { agent: 'unknown', now: 9_000_000 }, 'waits'],
  ['that somebody keeps', { keeps: 'It is pinned.', now: 9_000_000 }, 'waits'],
  ['that was left alone a minute ago', { leftAt: 0 }, 'waits'],
  ['that was left alone ten minutes ago', { leftAt: 0, now: 600_000 }, 'clean'],
  ['that was left alone in times to come', { leftAt: 9_000_000 }, 'clean'],
])('one %s', (_, over, kind) => {
  expect(mergeCleanup({ ...merged, ...over }).kind).toBe(kind);
});
