// Answers that are given outside of the windows: by the id of the question, so that one which is gone sends nothing. What went wrong is said.
import { Notification, powerMonitor } from 'electron';
import { plainLine } from '#shared/domain/plain-line.ts';
import { offeredAnswers } from '#shared/domain/offered-answers.ts';
import type { Choice } from '#shared/domain/asked-question.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Desktop } from './desktop.ts';
import { withoutMarkup } from './without-markup.ts';

/** What is answered, as it was when it was offered. */
export interface OutsideAnswer {
  readonly session: string;
  readonly name: string;
  readonly question: string;
  readonly choice: number;
}

/** Of the answers that may be offered now. */
export const answersTo = (
  session: SessionView,
): readonly { readonly choice: Choice; readonly gives: OutsideAnswer }[] =>
  offeredAnswers(session, { locked: isScreenLocked() }).map((choice) => ({
    choice,
    gives: {
      session: session.id,
      name: plainLine(session.name, longestName) || session.id,
      question: session.question?.id ?? '',
      choice: choice.number,
    },
  }));

/** Code points of a name. */
const longestName = 40;

/** Where the system can't tell, it shows no buttons on its lock screen either. */
export const isScreenLocked = (): boolean => powerMonitor.getSystemIdleState(1) === 'locked';

export async function answerFromOutside(
  { client, windows, fleet }: Pick<Desktop, 'client' | 'windows' | 'fleet'>,
  { session, name, question, choice }: OutsideAnswer,
): Promise<void> {
  const asked = fleet.sessions?.find(({ id }) => id === session);
  // It may have been offered before the screen was locked.
  const offered = asked === undefined ? [] : offeredAnswers(asked, { locked: isScreenLocked() });
  if (asked?.question?.id === question && !offered.some(({ number }) => number === choice))
    return say(`Nothing was sent to ${name}`, 'The screen is locked.');
  const answered = await client.call('session.answer', { id: session, question, choice });
  if (!answered.ok) return say(`Nothing was sent to ${name}`, answered.problem.what);
  if (answered.value.outcome === 'not-confirmed')
    say(`Not confirmed: ${name}`, answered.value.why ?? 'Nothing shows that it arrived.');

  function say(title: string, body: string): void {
    if (!Notification.isSupported()) return;
    const one = new Notification({ title: withoutMarkup(title), body: withoutMarkup(plainLine(body, 200)) });
    one.on('click', () => windows.show(session));
    one.show();
  }
}
