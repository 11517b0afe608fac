// What a state asks of a person: derived wherever it is shown, never stored.
import { isCoordinator } from './coordinator.ts';
import type { SessionView } from './session.ts';
import { isSnoozed } from './snooze.ts';
import type { ScreenState } from './status.ts';

/** `waiting` is a person's turn, `broken` needs somebody to look, `finished` is over, `quiet` is nobody's turn. */
export type Attention = 'waiting' | 'broken' | 'ready' | 'working' | 'finished' | 'quiet';

const attentions: Readonly<Record<ScreenState, Attention>> = {
  starting: 'working',
  working: 'working',
  idle: 'quiet',
  'asks-permission': 'waiting',
  'asks-you': 'waiting',
  stuck: 'broken',
  'pr-open': 'quiet',
  'review-pending': 'quiet',
  'ci-running': 'quiet',
  'ci-failing': 'broken',
  'changes-requested': 'quiet',
  conflict: 'broken',
  'ready-to-land': 'ready',
  landing: 'working',
  merged: 'finished',
  done: 'finished',
  stopped: 'finished',
  crashed: 'broken',
  lost: 'broken',
  paused: 'quiet',
  removing: 'quiet',
  unknown: 'quiet',
};

export const attentionOf = (state: ScreenState): Attention => attentions[state];

/** The same of a session: nobody's turn while its agent is told what to do, and a person's where that did not help. */
function attentionIn({ state, told }: Pick<SessionView, 'state' | 'told'>): Attention {
  if (told?.to === 'nobody') return 'quiet';
  const own = attentionOf(state);
  return told?.to === 'person' && told.says !== null && own !== 'waiting' ? told.kind : own;
}

/** The sessions of a home by what they ask of a person, without those put away or off. Within a list the longest in its state comes first. */
export interface Fleet {
  readonly waiting: readonly SessionView[];
  readonly broken: readonly SessionView[];
  readonly ready: readonly SessionView[];
  readonly working: readonly SessionView[];
  readonly finished: readonly SessionView[];
  readonly quiet: readonly SessionView[];
}

/** Whoever leads is no worker, and is counted only where a person has to do something. */
export function isCounted(session: Pick<SessionView, 'kind' | 'state' | 'told'>): boolean {
  const attention = attentionIn(session);
  return !isCoordinator(session.kind) || attention === 'waiting' || attention === 'broken';
}

export function fleetOf(sessions: readonly SessionView[], now: number): Fleet {
  const inOrder = sessions
    .filter((session) => !session.archived && !isSnoozed(session, now))
    .toSorted((a, b) => a.since - b.since);
  const those = (attention: Attention): readonly SessionView[] =>
    inOrder.filter((session) => attentionIn(session) === attention && isCounted(session));
  return {
    waiting: those('waiting'),
    broken: those('broken'),
    ready: those('ready'),
    working: those('working'),
    finished: those('finished'),
    quiet: those('quiet'),
  };
}

/** True while the session's process may still run: it would be ended by a stop. */
export const isRunning = ({ state, exit, damaged }: SessionView): boolean =>
  damaged === null && exit === null && attentionOf(state) !== 'finished' && state !== 'crashed';
