import { expect, it } from 'vitest';
import type { FactClaim } from './fact.ts';
import { turnOf } from './turn.ts';

const began = (id: string | null): FactClaim => ({ kind: 'helper', id, change: 'began' });
const ended = (id: string | null): FactClaim => ({ kind: 'helper', id, change: 'ended' });

it.each<[string, readonly FactClaim[], number]>([
  ['each by its name', [began('a'), began('b'), ended('a')], 1],
  ['told twice, it is one', [began('a'), began('a')], 1],
  ['one whose begin nobody told ends no other', [began('a'), ended('unknown')], 1],
  ['told by two sources, an end ends one', [began('a'), began('b'), ended('a'), ended('a')], 1],
  ['without names, the first', [began(null), began(null), ended(null)], 1],
  ['without names, one that begins after an end', [began(null), began(null), ended(null), began(null)], 2],
  ['more ends than begins', [ended(null), ended('a')], 0],
])('counts the helpers that still run: %s', (_, claims, running) => {
  const facts = [...claims, { kind: 'rests' } as const].map((claim, at) => ({
    ...{ source: 'hook' as const, at, by: 'claude-code' },
    claim,
  }));
  expect(turnOf(facts, 10).turn).toMatchObject({ kind: 'rests', helpers: running });
});
