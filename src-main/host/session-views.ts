// The views of sessions: each row joined with what is noted on it and on its way to it, from one query per table, never one per session.
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import { isOpen } from '#shared/domain/decide.ts';
import type { MessageView } from '#shared/domain/message.ts';
import { shownOfMessage } from '#shared/domain/message.ts';
import { muteSchema, type Mute } from '#shared/domain/mute.ts';
import { ruleInForce } from '#shared/domain/reaction.ts';
import type { SessionRecord, SessionView } from '#shared/domain/session.ts';
import type { SessionNotes } from '#shared/domain/session-notes.ts';
import { sessionTerminals } from '#shared/domain/session-terminal.ts';
import { damagedSessionView, toSessionView } from '#shared/domain/session-view.ts';
import { snoozeEndSchema } from '#shared/domain/snooze.ts';
import { asAsked } from '../sessions/questions/current-question.ts';
import { readLayers, type Layers } from '../lifecycle/reactions/layers.ts';
import { listMarks, type Mark } from '../storage/marks.ts';
import { listUnsettled, type Delivery } from '../storage/outbox.ts';
import { listOpenQuestions, type StoredQuestion } from '../storage/questions.ts';
import { listReactions, type StoredReaction } from '../storage/reactions.ts';
import { listTerminals, type TerminalRow } from '../storage/terminals.ts';
import { getSession, listSessions } from '../storage/sessions.ts';
import type { ReadTransaction } from '../storage/store.ts';
import { readLine } from '../storage/waiting-line.ts';
import type { KnownFacts } from '../lifecycle/known-facts.ts';
import type { TerminalWatch } from '../lifecycle/terminal-watch.ts';
import type { ConfigurationReader } from '../projects/configuration-reader.ts';

/** What is joined with the records. */
export interface ViewSources {
  readonly sessions: { readonly now: () => number };
  readonly watch: Pick<TerminalWatch, 'facts' | 'probe' | 'setUp'>;
  readonly known: KnownFacts;
  readonly configuration: Pick<ConfigurationReader, 'wholeConfig'>;
}

/** Every session, damaged records too; oldest first. */
export function listSessionViews(parts: ViewSources, tx: ReadTransaction): readonly SessionView[] {
  const { sessions, damaged } = listSessions(tx);
  const notes = readNotes(parts, tx, null);
  return [
    ...sessions.map(({ record }) => viewOf(parts, tx, record, notes)),
    ...damaged.map(({ id, project, why }) => damagedSessionView(id, project, why)),
  ];
}

/** Null when there is none. */
export function findSessionView(parts: ViewSources, tx: ReadTransaction, id: string): SessionView | null {
  const stored = getSession(tx, id);
  if (stored === null) return null;
  if ('damaged' in stored) return damagedSessionView(id, stored.damaged.project, stored.damaged.why);
  return viewOf(parts, tx, stored.record, readNotes(parts, tx, id));
}

interface StoredNotes {
  readonly marks: ReadonlyMap<string, readonly Mark[]>;
  readonly deliveries: ReadonlyMap<string, readonly Delivery[]>;
  readonly terminals: ReadonlyMap<string, readonly TerminalRow[]>;
  readonly questions: ReadonlyMap<string, StoredQuestion>;
  readonly line: ReadonlyMap<string, SessionNotes['inLine']>;
  readonly reactions: ReadonlyMap<string, readonly StoredReaction[]>;
  readonly layers: Layers;
}

const readNotes = (parts: ViewSources, tx: ReadTransaction, session: string | null): StoredNotes => ({
  marks: Map.groupBy(listMarks(tx, session), (mark) => mark.session),
  deliveries: Map.groupBy(listUnsettled(tx, session), (delivery) => delivery.session),
  terminals: Map.groupBy(listTerminals(tx, session), (terminal) => terminal.session),
  questions: new Map(listOpenQuestions(tx, session).map((question) => [question.session, question])),
  line: placesIn(tx),
  reactions: Map.groupBy(listReactions(tx, session), (reaction) => reaction.session),
  layers: readLayers(parts),
});

function viewOf(
  { sessions, watch, known }: ViewSources,
  tx: ReadTransaction,
  record: SessionRecord,
  stored: StoredNotes,
): SessionView {
  const marks = stored.marks.get(record.id) ?? [];
  const deliveries = stored.deliveries.get(record.id) ?? [];
  const notes: SessionNotes = {
    pinned: marks.some(({ mark }) => mark === 'pin'),
    archivedAt: marks.find(({ mark }) => mark === 'archive')?.updated ?? null,
    snooze: snoozeOf(marks.find(({ mark }) => mark === 'snooze')),
    readAt: marks.find(({ mark }) => mark === 'read')?.updated ?? null,
    muted: muteOf(marks),
    setUp: watch.setUp(record.terminal),
    terminals: sessionTerminals(stored.terminals.get(record.id) ?? [], record.terminal),
    messages: deliveries.slice(-shownOfMessage.messages).map(messageView),
    probe: watch.probe(record.terminal),
    inLine: stored.line.get(record.id) ?? null,
    reactions: {
      reactions: stored.reactions.get(record.id) ?? [],
      rule: (key) => ruleInForce(key, stored.layers.of(record.project)),
    },
    question: questionView(stored.questions.get(record.id), record.terminal),
  };
  const facts = isOpen(record.lifecycle) ? known(tx, record) : { facts: [], terminal: watch.facts(record.terminal) };
  return toSessionView(record, facts, sessions.now(), notes);
}

/** Of sessions that wait to be restored. */
const placesIn = (tx: ReadTransaction): StoredNotes['line'] =>
  new Map(
    readLine(tx)
      .filter(({ admitted }) => !admitted)
      .flatMap(({ session, request }, index) => (session === null ? [] : [[session, { request, place: index + 1 }]])),
  );

/** One that can't be read is none: the session is in sight. */
function snoozeOf(mark: Mark | undefined): SessionNotes['snooze'] {
  if (mark === undefined) return null;
  const until = snoozeEndSchema.safeParse(mark.value);
  return until.success ? { until: until.data, at: mark.updated } : null;
}

/** Only from the terminal that its agent runs in now. */
const questionView = (question: StoredQuestion | undefined, terminal: string | null): AskedQuestion | null =>
  question === undefined || question.terminal !== terminal ? null : asAsked(question);

/** A mark that can't be read mutes nothing. */
function muteOf(marks: readonly Mark[]): Mute | null {
  const mute = marks.find(({ mark }) => mark === 'mute');
  return mute === undefined ? null : (muteSchema.safeParse(mute.value).data ?? null);
}

const messageView = ({ id, kind, state, body, detail, created }: Delivery): MessageView => ({
  id,
  kind,
  state: messageStates[state],
  text: body.slice(0, shownOfMessage.text),
  why: detail,
  at: created,
});

const messageStates = {
  pending: 'waiting',
  delivering: 'on-its-way',
  delivered: 'not-confirmed',
  failed: 'failed',
} as const satisfies Record<Delivery['state'], MessageView['state']>;
