// What is known of a session beside its record: what a person noted on it, texts on their way to it, and how a probe answered.
import type { AskedQuestion } from './asked-question.ts';
import { attentionOf } from './attention.ts';
import type { MessageView } from './message.ts';
import type { Mute } from './mute.ts';
import { isToCome } from './this-clock.ts';
import type { SessionView } from './session.ts';
import type { SessionTerminal } from './session-terminal.ts';
import type { SetUpState } from './set-up.ts';
import { outlives, type Snooze } from './snooze.ts';
import type { TerminalProbe } from './terminal-status.ts';
import type { ToldFrom } from './told.ts';

export interface SessionNotes {
  readonly pinned: boolean;
  /** When somebody put it away; null: nobody has. */
  readonly archivedAt: number | null;
  readonly snooze: Snooze | null;
  /** When somebody last read it; null: nobody has. */
  readonly readAt: number | null;
  readonly muted: Mute | null;
  readonly messages: readonly MessageView[];
  readonly setUp: SetUpState | null;
  readonly terminals: readonly SessionTerminal[];
  /** Of its terminal, as it was last asked; null when it has none that could live. */
  readonly probe: TerminalProbe | null;
  /** Its place among those that wait until fewer agents run; null when it does not wait to be restored. */
  readonly inLine: SessionView['inLine'];
  /** Its reactions that are remembered, and the rules for it. */
  readonly reactions: Pick<ToldFrom, 'reactions' | 'rule'>;
  /** The one that is open. */
  readonly question: AskedQuestion | null;
}

export const nothingNoted: SessionNotes = {
  pinned: false,
  archivedAt: null,
  snooze: null,
  readAt: null,
  muted: null,
  messages: [],
  setUp: null,
  terminals: [],
  probe: null,
  inLine: null,
  reactions: { reactions: [], rule: () => null },
  question: null,
};

/** What seems to be noted in times to come was noted before anything of now: whatever asks since then is seen. */
export function notesByNow(notes: SessionNotes, now: number): SessionNotes {
  const { archivedAt, readAt, snooze, question } = notes;
  return {
    ...notes,
    archivedAt: isToCome(archivedAt, now) ? 0 : archivedAt,
    readAt: isToCome(readAt, now) ? 0 : readAt,
    snooze: snooze !== null && isToCome(snooze.at, now) ? { ...snooze, at: 0 } : snooze,
    question: question !== null && question.at > now ? { ...question, at: now } : question,
  };
}

/**
 * One that was put away comes back into sight for as long as it has begun, since then, to ask somebody or to be broken: archiving only hides,
 * and nobody is to miss a question by it. What it asked when it was put away stays away.
 */
export function isHidden(archivedAt: number | null, { state, since }: Pick<SessionView, 'state' | 'since'>): boolean {
  if (archivedAt === null) return false;
  const attention = attentionOf(state);
  const calls = attention === 'waiting' || attention === 'broken';
  return !(calls && since > archivedAt);
}

/** What it asked when it was put off stays put off; what it asks since then does not. */
export const standingSnooze = (
  snooze: Snooze | null,
  view: Pick<SessionView, 'since' | 'question'>,
): SessionView['snooze'] => (snooze !== null && outlives(snooze, view) ? { until: snooze.until, at: snooze.at } : null);

export const isUnread = (readAt: number | null, { since }: Pick<SessionView, 'since'>): boolean =>
  readAt === null || since > readAt;
