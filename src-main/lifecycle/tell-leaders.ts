// Tells whoever leads a worker that a person answered for it. One message however many answers there were meanwhile; it waits like every
// message until its agent listens and nothing is asked of it, and it starts nobody who has ended.
import { frozenOf } from '#shared/domain/frozen.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { answersFor } from '../sessions/coordinators/stop-coordinator.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { recordEvent } from '../storage/events.ts';
import { lastNoteTo, listAnswersSince, wasTold, type AnswerEvent } from '../storage/leader-events.ts';
import { deleteDelivery, enqueue, findDelivery, hasAgentTypedSince } from '../storage/outbox.ts';
import { findQuestion } from '../storage/questions.ts';
import { getSession, listSessions } from '../storage/sessions.ts';
import type { ReadTransaction, Transaction } from '../storage/store.ts';
import { addedTo, leaderNote, type AnswerGiven } from './leader-note.ts';
import { mayBeShell } from './may-be-shell.ts';

type Dependencies = Pick<SessionDependencies, 'store' | 'newId' | 'now'> & {
  readonly agents: Pick<SessionDependencies['agents'], 'definition'>;
  /** The person wants that they are told. */
  readonly wanted: () => boolean;
};

export interface LeaderNotes {
  look(): Promise<void>;
}

/** Milliseconds: what was answered before that is no news any more. */
const newsFor = 10 * 60_000;

/** An answer and the leader who is told of it. */
interface Note extends AnswerGiven {
  readonly leader: string;
  readonly question: string;
}

export function createLeaderNotes(dependencies: Dependencies): LeaderNotes {
  const { store, agents, now, wanted } = dependencies;
  /** Id of the last event that was looked at. */
  let seen = 0;
  return {
    async look() {
      const answers = store.read((tx) => listAnswersSince(tx, { after: seen, since: now() - newsFor }));
      const last = answers.at(-1);
      if (last === undefined) return;
      if (wanted() && store.read((tx) => notesOf(tx, answers, agents)).length > 0)
        await store.write('coordinators: tell of answers', (tx) =>
          tell(tx, notesOf(tx, answers, agents), dependencies),
        );
      seen = last.id;
    },
  };
}

function notesOf(
  tx: ReadTransaction,
  answers: readonly AnswerEvent[],
  agents: Dependencies['agents'],
): readonly Note[] {
  if (answers.length === 0) return [];
  const listening = listSessions(tx).sessions.flatMap(({ record }) =>
    mayBeShell(agents.definition(record.agent)) ? [] : [record],
  );
  return answers.map((answer) => noteOf(tx, answer, listening)).filter((note) => note !== null);
}

function noteOf(tx: ReadTransaction, answer: AnswerEvent, all: readonly SessionRecord[]): Note | null {
  const { session, question: id, what } = answer;
  const stored = getSession(tx, session);
  const question = findQuestion(tx, id);
  if (stored === null || 'damaged' in stored || question === null) return null;
  const leader = all.find((other) => answersFor(other, stored.record));
  if (leader === undefined || isTerminal(leader.lifecycle) || frozenOf(leader) !== null) return null;
  // What was typed there may have been what its leader sent.
  if (what === null && hasAgentTypedSince(tx, session, question.asked)) return null;
  if (wasTold(tx, leader.id, id)) return null;
  return {
    leader: leader.id,
    question: id,
    worker: session,
    name: stored.record.name,
    asked: question.found.text,
    what,
  };
}

function tell(tx: Transaction, notes: readonly Note[], { newId }: Pick<Dependencies, 'newId'>): void {
  for (const [leader, answers] of Map.groupBy(notes, (note) => note.leader)) {
    const waiting = waitingNote(tx, leader);
    const joined = waiting === null ? null : addedTo(waiting.body, answers);
    if (joined !== null && waiting !== null) deleteDelivery(tx, waiting);
    const message = newId();
    enqueue(tx, { id: message, session: leader, kind: 'message', body: joined ?? leaderNote(answers), isTold: true });
    for (const { question, worker } of answers)
      recordEvent(tx, {
        ...{ kind: 'coordinator.informed', session: leader, source: 'athene' },
        ...{ text: `It is told that a person answered for ${worker}.`, data: { question, worker, message } },
      });
  }
}

/** Our last one to it, as long as nothing of it was typed. */
function waitingNote(tx: ReadTransaction, leader: string) {
  const message = lastNoteTo(tx, leader);
  const delivery = message === null ? null : findDelivery(tx, message);
  return delivery?.state === 'pending' && delivery.typing === 'none' ? delivery : null;
}
