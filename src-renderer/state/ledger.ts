// Who asked whom below a coordinator, and what was decided: told from events, one entry for a question with its answer. Pure.
import type { EventView } from '#shared/domain/event.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { chainOf } from './leaders.ts';
import { ledBelow } from './led-tree.ts';

/** What of the timeline is looked for. */
export const ledgerKinds = [
  ...['question.', 'message.', 'coordinator.', 'reaction.escalated'],
  ...['session.killed', 'session.restored'],
] as const;

export interface LedgerEntry {
  readonly key: string;
  /** Ms since the epoch. */
  readonly at: number;
  readonly title: string;
  /** Names, from whoever began to whoever it came to. */
  readonly path: readonly string[];
  readonly outcome: string;
  readonly tone: 'open' | 'settled' | 'bad';
  /** Where it leads; null: it is not there any more. */
  readonly session: string | null;
}

/** @param events newest first; so are the entries */
export function ledgerOf(
  root: SessionView,
  events: readonly EventView[],
  all: readonly SessionView[],
): readonly LedgerEntry[] {
  const known = new Map([root, ...ledBelow(root, all)].map((session) => [session.id, session]));
  const names = new Map(all.map(({ id, name }) => [id, name]));
  const telling = {
    known,
    all,
    nameOf: (id: string) => (id === 'person' ? you : (names.get(id) ?? id)),
    ...later(events),
  };
  return events
    .filter(({ session }) => session !== null && known.has(session))
    .map((event) => entryOf(event, telling))
    .filter((entry) => entry !== null);
}

const you = 'you';

interface Telling {
  readonly known: ReadonlyMap<string, SessionView>;
  readonly all: readonly SessionView[];
  readonly nameOf: (id: string) => string;
  /** What became of a question or message, by its id. */
  readonly closings: ReadonlyMap<string, EventView>;
  /** That whoever leads was told of the answer, by the question's id. */
  readonly informed: ReadonlyMap<string, EventView>;
  readonly outcomes: ReadonlyMap<string, EventView>;
}

/** Of several the newest counts. */
function later(events: readonly EventView[]): Pick<Telling, 'closings' | 'informed' | 'outcomes'> {
  const of = (key: string, kinds: readonly string[]): ReadonlyMap<string, EventView> => {
    const told = events.filter(({ kind, data }) => kinds.includes(kind) && typeof data[key] === 'string');
    return new Map(told.toReversed().map((event) => [String(event.data[key]), event]));
  };
  return {
    closings: of('question', ['question.answered', 'question.withdrawn']),
    informed: of('question', ['coordinator.informed']),
    outcomes: of('message', Object.keys(arrivals)),
  };
}

type Told = Pick<LedgerEntry, 'title' | 'path' | 'outcome' | 'tone'>;

function entryOf(event: EventView, telling: Telling): LedgerEntry | null {
  const session = event.session === null ? undefined : telling.known.get(event.session);
  if (session === undefined) return null;
  const told = toldOf(event, session, telling);
  return told === null ? null : { key: String(event.id), at: event.at, session: session.id, ...told };
}

function toldOf(event: EventView, session: SessionView, telling: Telling): Told | null {
  const { kind, text, data } = event;
  const { nameOf } = telling;
  const by = typeof data['by'] === 'string' ? nameOf(data['by']) : null;
  switch (kind) {
    case 'question.asked':
      return asked(event, session, telling);
    case 'message.sent':
      return sent(event, session, telling);
    case 'coordinator.spawn_refused':
      return {
        title: text,
        path: [session.name, 'a new session'],
        outcome: 'refused, nothing was created',
        tone: 'bad',
      };
    case 'coordinator.paused':
      return {
        title: 'Pause its spawning',
        path: [you, session.name],
        outcome: 'it starts no new sessions',
        tone: 'settled',
      };
    case 'coordinator.resumed':
      return {
        title: 'Let it spawn again',
        path: [you, session.name],
        outcome: 'it may start sessions',
        tone: 'settled',
      };
    case 'reaction.escalated':
      return { title: text, path: [session.name, you], outcome: 'a person was told', tone: 'bad' };
    case 'session.killed':
      return by === null
        ? null
        : { title: `Stop ${session.name}`, path: [by, session.name], outcome: 'stopped', tone: 'settled' };
    case 'session.restored':
      return by === null
        ? null
        : { title: `Start ${session.name} again`, path: [by, session.name], outcome: 'started again', tone: 'settled' };
    default:
      return null;
  }
}

/** Up to whoever answered it; to the person, where nobody has. */
function asked({ text, data }: EventView, session: SessionView, { all, nameOf, closings, informed }: Telling): Told {
  const title = text.replace(/^It asks: /, '');
  const up = chainOf(session, all).map(({ id }) => id);
  const closing = closings.get(String(data['question']));
  const path = (until: string | null): readonly string[] => {
    const end = until === null ? -1 : up.indexOf(until);
    const ids = end === -1 ? up : up.slice(0, end + 1);
    if (end !== -1) return ids.map(nameOf);
    return [...ids.map(nameOf), until === null || until === 'person' ? you : nameOf(until)];
  };
  if (closing === undefined) {
    const isOpen = session.question?.id === data['question'];
    return { title, path: path(null), outcome: isOpen ? 'open' : 'not answered', tone: isOpen ? 'open' : 'settled' };
  }
  if (closing.kind === 'question.withdrawn')
    return { title, path: path(null), outcome: 'not asked any more', tone: 'settled' };
  const how = closing.data['how'];
  const by = isRecord(how) && typeof how['by'] === 'string' ? how['by'] : 'person';
  const what = isRecord(how) && typeof how['what'] === 'string' ? how['what'] : 'answered in its terminal';
  const told = informed.get(String(data['question']))?.session ?? null;
  const outcome =
    by === 'person'
      ? `you: ${what}${told === null ? '' : `; ${nameOf(told)} was told`}`
      : `${nameOf(by)} decided: ${what}`;
  return { title, path: path(by), outcome, tone: 'settled' };
}

const arrivals: Readonly<Record<string, readonly [outcome: string, tone: LedgerEntry['tone']]>> = {
  'message.confirmed': ['arrived', 'settled'],
  'message.not_confirmed': ['not seen to arrive', 'bad'],
  'message.failed': ['did not arrive', 'bad'],
  'message.discarded': ['taken back', 'settled'],
};

function sent({ text, data }: EventView, session: SessionView, { nameOf, outcomes }: Telling): Told {
  const from = typeof data['from'] === 'string' ? data['from'] : 'person';
  const [outcome, tone] = arrivals[outcomes.get(String(data['message']))?.kind ?? ''] ?? ['on its way', 'settled'];
  return { title: text.replace(/^Message(?: of [\w-]+)?: /, ''), path: [nameOf(from), session.name], outcome, tone };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
