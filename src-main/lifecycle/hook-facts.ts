// What hooks and wrappers told of a session, as facts: read from the stored events, and only those that are new each time.
import type { Fact, FactClaim } from '#shared/domain/fact.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { AgentDefinition } from '../plugins/agents/agent.ts';
import { lastSpoolEvents, type StoredEvent } from '../storage/spool-events.ts';
import type { ReadTransaction } from '../storage/store.ts';

/** Facts that are kept of a run: what came before them decides nothing any more. */
export const mostFacts = 80;

/** Runs that are remembered; others are read anew. Sessions that are gone leave with time. */
const mostRuns = 500;

export interface Agents {
  /** Null: none of that name is known. */
  definition(id: string): AgentDefinition | null;
}

export type HookFacts = (tx: ReadTransaction, record: SessionRecord) => readonly Fact[];

/** Of the agent's present run alone: one that was replaced has nothing more to say. */
export function readHookFacts(agents: Agents): HookFacts {
  const known = new Map<string, Run>();
  return (tx, record) => {
    const { id, terminal } = record;
    if (terminal === null) return [];
    const before = known.get(id)?.terminal === terminal ? known.get(id) : undefined;
    const { last, events } = lastSpoolEvents(tx, { terminal, after: before?.last ?? 0, most: mostFacts });
    if (before !== undefined && events.length === 0) return before.facts;
    const facts = [...(before?.facts ?? []), ...events.flatMap((event) => factsOf(agents, record, event))];
    // Behind all others: the one that has said nothing for longest is first.
    known.delete(id);
    known.set(id, { terminal, last, facts: facts.slice(-mostFacts) });
    const [first = id] = known.keys();
    if (known.size > mostRuns) known.delete(first);
    return facts.slice(-mostFacts);
  };
}

interface Run {
  readonly terminal: string;
  /** Number of the last event that was read. */
  readonly last: number;
  readonly facts: readonly Fact[];
}

function factsOf(agents: Agents, { agent }: SessionRecord, { source, kind, at, body }: StoredEvent): readonly Fact[] {
  const claims = source === agent ? told(agents, agent, { kind, body }) : source === 'git' ? moved(kind) : [];
  return claims.map((claim) => ({ source: source === 'git' ? 'git' : 'hook', at, by: source, claim }));
}

function told(
  agents: Agents,
  agent: string,
  { kind, body }: { readonly kind: string; readonly body: unknown },
): readonly FactClaim[] {
  const data = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  return agents.definition(agent)?.hooks?.facts?.({ kind, data }) ?? [];
}

const moved = (kind: string): readonly FactClaim[] => [{ kind: 'moved', what: plainLine(`git ${kind}`, 200) }];
