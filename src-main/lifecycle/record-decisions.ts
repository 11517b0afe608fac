// Writes down what is concluded of sessions that live, so that it outlives this process: the supervisor alone does.
import { decide } from '#shared/domain/decide.ts';
import type { Decision } from '#shared/domain/decision.ts';
import { frozenOf } from '#shared/domain/frozen.ts';
import { withDecision } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { changeSession } from '../sessions/session-record.ts';
import { getSession } from '../storage/sessions.ts';
import type { ReadTransaction } from '../storage/store.ts';
import { listOpenAgents } from '../storage/terminals.ts';
import type { BranchWatch } from './branch-watch.ts';
import type { KnownFacts } from './known-facts.ts';
import type { TranscriptWatch } from './transcript-watch.ts';
import type { WorkspaceSights } from './workspace-sights.ts';

/** Milliseconds for which a guess must have stood before it is written down: what only passes is shown, and not recorded. */
const guessStands = 5000;

export interface DecisionRecorder {
  /** Decides once of every session that lives. Never overlaps itself. */
  look(): Promise<void>;
}

export function recordDecisions(
  dependencies: Pick<SessionDependencies, 'store' | 'now'>,
  {
    known,
    transcripts,
    branches,
    sights,
  }: {
    readonly known: KnownFacts;
    readonly transcripts: Pick<TranscriptWatch, 'look' | 'forget'>;
    readonly branches: Pick<BranchWatch, 'look' | 'forget'>;
    readonly sights: WorkspaceSights;
  },
): DecisionRecorder {
  const { store, now } = dependencies;
  let seen = new Map<string, Seen>();
  let followed: ReadonlySet<string> = new Set();

  const dueIn = (tx: ReadTransaction): readonly Due[] => {
    const [before, next] = [seen, new Map<string, Seen>()];
    const due = openRecords(tx).flatMap((record): readonly Due[] => {
      const { id, terminal, lifecycle } = record;
      const decided = decide(lifecycle, known(tx, record), now());
      if (decided === null || isRecorded(record, decided)) return [];
      const first = before.get(id);
      const same = first?.state === decided.state && first.reason === decided.reason ? first : null;
      const at = Math.min(same?.at ?? now(), now());
      next.set(id, { state: decided.state, reason: decided.reason, at });
      return isSettled(decided, now() - at) ? [{ id, terminal, decided }] : [];
    });
    seen = next;
    return due;
  };

  return {
    async look() {
      const open = store.read(openRecords);
      const living = new Set(open.map(({ id }) => id));
      for (const id of followed) {
        if (living.has(id)) continue;
        transcripts.forget(id);
        branches.forget(id);
        sights.forget(id);
      }
      followed = living;
      for (const record of open) {
        await sights.note(record, branches.look(record));
        await transcripts.look(record);
      }
      for (const { id, terminal, decided } of store.read(dueIn)) {
        await changeSession(dependencies, 'decided', id, (record) =>
          record.terminal === terminal ? withDecided(record, decided, now()) : record,
        );
      }
    },
  };
}

/** Those that live, as far as is known, and are not paused. */
const openRecords = (tx: ReadTransaction): readonly SessionRecord[] =>
  listOpenAgents(tx).flatMap((id) => {
    const stored = getSession(tx, id);
    return stored === null || 'damaged' in stored || frozenOf(stored.record) !== null ? [] : [stored.record];
  });

type Seen = Pick<Decision, 'state' | 'reason'> & { readonly at: number };
type Due = { readonly id: string; readonly terminal: string | null; readonly decided: Decision };

/** It may have ended, or been asked to, since it was looked at. */
function withDecided(record: SessionRecord, decided: Decision, now: number): SessionRecord {
  const nothing = { facts: [], terminal: null };
  if (decide(record.lifecycle, nothing, now) === null) return record;
  const lifecycle = withDecision(record.lifecycle, decided);
  return lifecycle === record.lifecycle ? record : { ...record, lifecycle };
}

const isRecorded = ({ lifecycle: { session } }: SessionRecord, { state, reason }: Decision): boolean =>
  session.state === state && session.reason === reason;

const isSettled = ({ confidence, rule }: Decision, stoodFor: number): boolean =>
  confidence === 'sure' || (confidence === 'likely' && rule !== 'terminal-prints') || stoodFor >= guessStands;
