import { expect, it } from 'vitest';
import { orphanGrace } from '#shared/domain/recovery.ts';
import type { RecoveryFacts } from './facts.ts';
import { planRecovery } from './plan.ts';

/** Programs without a row, seen twice and old enough to be ended. */
const withOrphans = (count: number): RecoveryFacts => ({
  ...{ sessions: [], halfMade: [], idleClaims: [], processes: [], shown: new Set() },
  ...{ prefixes: ['app'], coordinators: new Set(), ownTerminal: null },
  orphans: Array.from({ length: count }, (_, index) => ({
    ...{ terminal: `t${index}`, session: `app-${index + 1}`, age: orphanGrace, pids: [index + 2], shown: false },
  })),
});

it.each([
  [2, false, 'planned'],
  [3, false, 'left'],
  [3, true, 'planned'],
])('of %i programs without a row, when a person asks: %s, each is %s', (count, asked, state) => {
  const facts = withOrphans(count);
  const seenBefore = new Set(facts.orphans.map(({ terminal }) => terminal));
  const { steps } = planRecovery(facts, { project: null, asked, endMany: false, seenBefore });
  expect(steps.map(({ item }) => item.state)).toEqual(Array.from({ length: count }, () => state));
});
