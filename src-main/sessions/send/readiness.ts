// Does an agent take text now? Concluded from its screen; a question on it must not get the text.
import { setTimeout as delay } from 'node:timers/promises';
import { settlesAfter } from '#shared/domain/activity.ts';
import { questionThatHoldsText } from '#shared/domain/question.ts';
import type { TerminalScreen, TerminalStatus } from '#shared/domain/terminal-status.ts';
import { inTime } from '../../lib/in-time.ts';
import type { ScreenSigns } from '../../plugins/agents/agent.ts';
import type { SessionDependencies } from '../dependencies.ts';
import type { Listener } from './listener.ts';

export type Readiness =
  /** `screen`: what it showed; null when it could not be read in all that time. */
  | { readonly kind: 'ready'; readonly screen: TerminalScreen | null; readonly wasAtRest: boolean }
  | { readonly kind: 'asks'; readonly question: string; readonly screen: TerminalScreen }
  | { readonly kind: 'ended' }
  /** Nobody can tell, or the signal came first. */
  | { readonly kind: 'waits'; readonly why: string | null };

/** Milliseconds: between two looks, of which four a second are enough; the longest wait; for one answer of the terminal service. */
const [lookEvery, atMost, patience] = [250, 20_000, 5000];

/** Returns at the latest after `atMost`; a program that never falls silent gets its text all the same. */
export async function waitUntilReady(
  dependencies: Pick<SessionDependencies, 'runtime' | 'now'>,
  listener: Listener,
  signal: AbortSignal,
): Promise<Readiness> {
  const { now } = dependencies;
  const began = now();
  let last: Look = { screen: null, status: null };
  while (!signal.aborted) {
    const look = await lookAt(dependencies, listener.terminal, last);
    if ('kind' in look) return look;
    const answer = judge(listener, last, look, now());
    if (answer !== 'not-yet') return answer;
    if (now() - began >= atMost) return ready(look, now());
    last = look;
    await delay(lookEvery, undefined, { signal }).catch(() => undefined);
  }
  return { kind: 'waits', why: null };
}

interface Look {
  /** Null when it could not be read. */
  readonly screen: TerminalScreen | null;
  readonly status: TerminalStatus | null;
}

/** One call for the status; the screen is read again only when it has printed more. */
async function lookAt(
  { runtime }: Pick<SessionDependencies, 'runtime'>,
  terminal: string,
  last: Look,
): Promise<Look | Readiness> {
  const listed = await inTime(runtime.list(), patience);
  if (listed === null || !listed.ok) return { kind: 'waits', why: noAnswer };
  const status = listed.value.find((each) => each.terminal === terminal) ?? null;
  if (status === null) {
    const probe = await inTime(runtime.probe(terminal), patience);
    return probe?.kind === 'ended' ? { kind: 'ended' } : { kind: 'waits', why: noAnswer };
  }
  if (status.exit !== null) return { kind: 'ended' };
  if (last.screen !== null && last.screen.offset >= status.offset) return { screen: last.screen, status };
  const screen = await inTime(runtime.screen(terminal), patience);
  return { screen: screen?.ok === true ? screen.value : null, status };
}

const noAnswer = 'The terminal service does not answer; it is typed when that does.';

/** Milliseconds: without output by which a screen is taken to rest; the same for one that is empty, or on which the agent's line is missing. */
const [rests, restsInDoubt] = [400, 3000];

/** What two looks in a row tell. */
export function judge(
  { createdAt, signs }: Pick<Listener, 'createdAt' | 'signs'>,
  last: Look,
  { screen, status }: Look,
  now: number,
): Readiness | 'not-yet' {
  if (screen === null || status === null) return 'not-yet';
  const asked = questionThatHoldsText(screen);
  if (asked !== null) return { kind: 'asks', question: asked.question, screen };
  const restedFor = now - (status.lastOutputAt ?? createdAt);
  if (signs !== null && takesText(screen, signs) && last.screen !== null && takesText(last.screen, signs)) {
    return ready({ screen, status }, now);
  }
  const isEmpty = screen.rows.every((row) => row.trim() === '');
  const isStill = restedFor >= (isEmpty || signs !== null ? restsInDoubt : rests);
  const isRedrawn = !isEmpty && signs === null && screen.alternate && isSame(last.screen, screen);
  return isStill || isRedrawn ? ready({ screen, status }, now) : 'not-yet';
}

const ready = ({ screen, status }: Look, now: number): Readiness => ({
  kind: 'ready',
  screen,
  wasAtRest: now - (status?.lastOutputAt ?? 0) >= settlesAfter,
});

const takesText = ({ rows }: TerminalScreen, { inputRow, queued }: ScreenSigns): boolean =>
  rows.some((row) => inputRow.test(row) || queued?.test(row) === true);

/** Full-screen programs draw the same again and again while they wait. */
const isSame = (before: TerminalScreen | null, { rows, cursor }: TerminalScreen): boolean =>
  before !== null &&
  before.cursor.row === cursor.row &&
  before.cursor.col === cursor.col &&
  before.rows.join('\n') === rows.join('\n');
