// Who costs time, in the order in which somebody should look: the home screen, the key to the next, and the tray go by it.
import { isSnoozed } from './snooze.ts';
import type { SessionView } from './session.ts';
import type { ScreenState } from './status.ts';

export const queueSections = ['waiting', 'broken', 'to-change', 'ready', 'finished'] as const;
export type QueueSection = (typeof queueSections)[number];

/** Those of a kind before those of the next; within one the longest in its state first. */
const order: readonly { readonly section: QueueSection; readonly states: readonly ScreenState[] }[] = [
  { section: 'waiting', states: ['asks-permission', 'asks-you'] },
  { section: 'broken', states: ['stuck', 'lost', 'crashed'] },
  { section: 'broken', states: ['ci-failing'] },
  { section: 'to-change', states: ['changes-requested', 'conflict'] },
  { section: 'ready', states: ['ready-to-land'] },
  { section: 'finished', states: ['idle', 'done', 'merged'] },
];

const ranks = new Map(order.flatMap(({ states }, rank) => states.map((state) => [state, rank] as const)));

export interface Queue {
  /** Without empty ones. */
  readonly sections: readonly { readonly section: QueueSection; readonly sessions: readonly SessionView[] }[];
  readonly snoozed: readonly SessionView[];
  /** At work, and nobody's turn. */
  readonly working: readonly SessionView[];
}

export function queueOf(all: readonly SessionView[], now: number): Queue {
  const sessions = all.filter(({ archived }) => !archived);
  const called = sessions.filter(isCalling).toSorted(byUrgency);
  const awake = called.filter((session) => !isSnoozed(session, now));
  return {
    sections: queueSections
      .map((section) => ({ section, sessions: awake.filter((session) => sectionIn(session) === section) }))
      .filter((group) => group.sessions.length > 0),
    snoozed: called.filter((session) => isSnoozed(session, now)),
    working: sessions.filter(({ state }) => state === 'working' || state === 'starting').toSorted(bySince),
  };
}

export function sectionOf(state: ScreenState): QueueSection | null {
  return order[ranks.get(state) ?? order.length]?.section ?? null;
}

/** Nobody's turn while its agent is told what to do; a reaction that is a person's affair is broken, whatever its agent does. */
function sectionIn({ state, told }: Pick<SessionView, 'state' | 'told'>): QueueSection | null {
  if (told?.to === 'nobody') return null;
  const own = sectionOf(state);
  return told?.to === 'person' && told.says !== null && told.kind === 'broken' && own !== 'waiting' ? 'broken' : own;
}

/** Whom the key to the next leads to: those that ask; when nobody does, those that are broken. */
export function attentionOrder(all: readonly SessionView[], now: number): readonly SessionView[] {
  const [first] = queueOf(all, now).sections;
  return first?.section === 'waiting' || first?.section === 'broken' ? first.sessions : [];
}

/** What is over and was read asks nothing of anybody. */
function isCalling(session: SessionView): boolean {
  const { unread, damaged } = session;
  const section = sectionIn(session);
  return damaged === null && section !== null && (section !== 'finished' || unread);
}

const bySince = (a: SessionView, b: SessionView): number => a.since - b.since || (a.id < b.id ? -1 : 1);
const byUrgency = (a: SessionView, b: SessionView): number => rankOf(a) - rankOf(b) || bySince(a, b);

/** What a reaction makes broken stands behind what is so by its state. */
function rankOf(session: SessionView): number {
  const isMade = sectionIn(session) === 'broken' && sectionOf(session.state) !== 'broken';
  return ranks.get(isMade ? 'ci-failing' : session.state) ?? 0;
}
