// Rows against rows: numbers that would be given twice, conversations of two, and what was kept for sessions that are gone. Pure.
import { isOver } from '#shared/domain/lifecycle.ts';
import type { Facts } from './facts.ts';
import { found, kept, type Found } from './found.ts';

export const rowFaults = (facts: Facts): readonly Found[] => [
  ...counterFaults(facts),
  ...conversationFaults(facts),
  ...ownerlessFaults(facts),
];

function counterFaults({ sessions, counters }: Facts): readonly Found[] {
  const used = new Map<string, number>();
  for (const { prefix, number } of sessions) {
    const key = prefix.toLowerCase();
    if (number !== null) used.set(key, Math.max(number, used.get(key) ?? 0));
  }
  const last = new Map(counters.map((counter) => [counter.prefix.toLowerCase(), counter.last]));
  return [...used]
    .filter(([prefix, number]) => number > (last.get(prefix) ?? 0))
    .map(([prefix, number]) =>
      found('counter-behind', prefix, null, `${prefix}-${number} is in use, and its counter is behind.`, 'Raises it.'),
    );
}

/** Two agents that write one conversation destroy it. */
function conversationFaults({ sessions }: Facts): readonly Found[] {
  const first = new Map<string, string>();
  const faults: Found[] = [];
  for (const { id, conversation, lifecycle } of sessions) {
    if (conversation === null || isOver(lifecycle)) continue;
    const other = first.get(conversation);
    if (other === undefined) first.set(conversation, id);
    else
      faults.push(
        kept('conversation-twice', id, id, `It goes on with the conversation of ${other}.`, `Stop one of the two.`),
      );
  }
  return faults;
}

/** Of a damaged session all is kept. */
function ownerlessFaults({ sessions, damaged, belongings }: Facts): readonly Found[] {
  const known = new Set([...sessions, ...damaged].map(({ id }) => id));
  const gone = belongings.filter(({ session }) => !known.has(session));
  return gone.map(({ of, session }) =>
    found('row-unowned', `${of} ${session}`, null, `Kept for ${session}, which is gone: ${words[of]}.`, 'Forgets it.'),
  );
}

const words = {
  marks: 'what a person noted on it',
  outbox: 'messages on their way',
  journal: 'the steps of its making',
  spool_events: 'what hooks told of it',
  reports: 'what it said of itself',
  reactions: 'what was told of it by itself',
} as const satisfies Record<Facts['belongings'][number]['of'], string>;
