// What an agent seems to be doing, concluded from its terminal alone: coarse, and said as inferred. Pure: time comes in.
import type { FoundQuestion } from './asked-question.ts';
import type { TerminalStatus } from './terminal-status.ts';

/** Milliseconds without output after which a screen counts as settled: redrawing has come to an end, and somebody may be meant. */
export const settlesAfter = 1500;
/** Milliseconds without output after which a screen is looked at: whole by then, and who asks waits no longer than they must. */
export const looksAfter = 600;
/** Milliseconds by which a bell or a notice waits for the look that may say more. */
const awaitsLook = 1000;
/** Milliseconds of output without a pause after which it counts as work: nobody waits who goes on. */
export const goesOnAfter = 3000;
/** Milliseconds without output after which a running agent is called quiet. */
export const quietAfter = 10_000;
/** Milliseconds of silence for which a program that shows progress is taken at its word. */
const progressStands = 5 * 60_000;
/** Milliseconds between typing and a bell that answers it (an ambiguous Tab, a Backspace too many). */
const echoesWithin = 1000;

/** Milliseconds of drawing for which a question that is drawn without a pause stands since it was last seen. */
const drawnFor = 10_000;

/** A question that a screen ended with: a settled one, or one that is drawn on and showed it in two looks. */
export interface ScreenQuestion {
  /** One line of outside text, at most 160 characters. */
  readonly question: string;
  /** The same as data. */
  readonly found: FoundQuestion;
  /** Last output that the screen showed, and the same of the first screen with this question. */
  readonly at: number;
  readonly since: number;
  /** The program draws on while it asks (a spinner): that it prints does not mean that it went on. */
  readonly drawsOn?: boolean | undefined;
}

/** What is known of a session's terminal right now. */
export type TerminalFacts = Pick<
  TerminalStatus,
  | 'lastOutputAt'
  | 'outputSince'
  | 'busyAt'
  | 'bellAt'
  | 'noticeAt'
  | 'notice'
  | 'inputAt'
  | 'exit'
  | 'worksAt'
  | 'restsAt'
> & {
  /** Null also when nobody has looked, or could not tell. */
  readonly screen: ScreenQuestion | null;
  /** Last output that somebody has looked at. Null when nobody has yet; not there where nobody will. */
  readonly seenAt?: number | null | undefined;
};

export type Activity =
  /** The terminal's service has not said anything. */
  | { readonly kind: 'unknown' }
  /** `says`: the program itself says so, by control sequences. */
  | { readonly kind: 'busy'; readonly says?: true }
  /** `since` is its last output, null when it never printed; or when it said so. */
  | { readonly kind: 'quiet'; readonly since: number | null; readonly says?: true }
  /** It is somebody's turn. `because` is a sentence without age, so that it stays true. */
  | { readonly kind: 'asks'; readonly since: number; readonly because: string };

/** @param startedAt when its process was started: what has printed nothing yet is busy for a while */
export function activityOf(facts: TerminalFacts | null, startedAt: number | null, now: number): Activity {
  if (facts === null) return { kind: 'unknown' };
  const signs = signsOf(facts, now);
  const [strongest] = signs;
  if (strongest !== undefined) {
    return { kind: 'asks', since: Math.min(...signs.map(({ since }) => since)), because: strongest.because };
  }
  const said = saidOf(facts, now);
  if (said !== null) return said;
  if (now - (facts.lastOutputAt ?? startedAt ?? now) <= quietAfter) return { kind: 'busy' };
  return { kind: 'quiet', since: facts.lastOutputAt };
}

/**
 * Progress counts while something is heard of it now and then: who was killed shows it for ever. That it rests counts until somebody types or
 * it goes on, and once what it prints with it (a prompt) is over.
 */
function saidOf(facts: TerminalFacts, now: number): Activity | null {
  const restsAt = facts.restsAt ?? 0;
  if (showsProgress(facts)) return now - heardAt(facts) <= progressStands ? { kind: 'busy', says: true } : null;
  const stands = restsAt > 0 && isUnanswered(restsAt, facts) && workedSince(restsAt, facts) <= goesOnAfter;
  return stands && now - (facts.lastOutputAt ?? 0) >= settlesAfter
    ? { kind: 'quiet', since: restsAt, says: true }
    : null;
}

const showsProgress = ({ worksAt, restsAt }: TerminalFacts): boolean => (worksAt ?? 0) > (restsAt ?? 0);

const heardAt = ({ worksAt, lastOutputAt }: TerminalFacts): number => Math.max(worksAt ?? 0, lastOutputAt ?? 0);

/** The question on its screen, as long as it stands there. */
export const standingQuestion = (facts: TerminalFacts, now: number): ScreenQuestion | null =>
  facts.screen !== null && isStillAsked(facts.screen, facts, now) ? facts.screen : null;

/** The moments at which the activity may become another by the mere passing of time. */
export const turningPoints = (facts: TerminalFacts, startedAt: number | null): readonly number[] => {
  const { lastOutputAt } = facts;
  const quietAt = (lastOutputAt ?? startedAt ?? 0) + quietAfter + 1;
  if (lastOutputAt === null) return [quietAt];
  return [looksAfter, settlesAfter, settlesAfter + awaitsLook]
    .map((after) => lastOutputAt + after)
    .concat(quietAt, showsProgress(facts) ? heardAt(facts) + progressStands + 1 : []);
};

interface Sign {
  readonly at: number;
  readonly since: number;
  readonly because: string;
}

/** Those that stand; those that say most come first. */
function signsOf(facts: TerminalFacts, now: number): readonly Sign[] {
  const { notice, noticeAt, bellAt, inputAt } = facts;
  const screen = standingQuestion(facts, now);
  const isEcho = bellAt !== null && inputAt !== null && inputAt <= bellAt && bellAt - inputAt <= echoesWithin;
  const told = (at: number, because: string): readonly Sign[] =>
    stands(at, facts, now) && !waitsForLook(at, facts, now) ? [{ at, since: at, because }] : [];
  return [
    ...(screen === null
      ? []
      : [{ ...screen, because: `Its screen ends with a question: "${screen.question}" (inferred).` }]),
    ...(noticeAt === null || notice === null ? [] : told(noticeAt, `It sent a notice: "${notice}" (inferred).`)),
    ...(bellAt === null || isEcho ? [] : told(bellAt, 'It rang the bell, and nobody has typed since (inferred).')),
  ];
}

/** It lives, nobody has typed since then, it came to rest after it, and did not go back to work. */
function stands(at: number, facts: TerminalFacts, now: number, settled = settlesAfter): boolean {
  const { lastOutputAt, outputSince } = facts;
  const rested = now - (lastOutputAt ?? 0) >= settled || (outputSince !== null && outputSince > at);
  return rested && isUnanswered(at, facts) && workedSince(at, facts) <= goesOnAfter;
}

const isStillAsked = ({ at, drawsOn }: ScreenQuestion, facts: TerminalFacts, now: number): boolean =>
  drawsOn === true ? isUnanswered(at, facts) && workedSince(at, facts) <= drawnFor : stands(at, facts, now, looksAfter);

const isUnanswered = (at: number, { inputAt, exit }: TerminalFacts): boolean =>
  exit === null && (inputAt === null || inputAt <= at);

/** A redrawn screen is no work. Hosts that can't tell work from it do not know the beginning of a stretch either. */
const workedSince = (at: number, { lastOutputAt, outputSince, busyAt }: TerminalFacts): number =>
  ((outputSince === null ? lastOutputAt : busyAt) ?? at) - at;

/** What is on the screen says more than a bell, and somebody is about to look. */
const waitsForLook = (at: number, { seenAt, lastOutputAt, outputSince }: TerminalFacts, now: number): boolean =>
  seenAt !== undefined &&
  (seenAt ?? 0) < at &&
  (outputSince === null || outputSince <= at) &&
  now - (lastOutputAt ?? 0) < settlesAfter + awaitsLook;
