// Types one text into a terminal and looks whether it arrives.
import { setTimeout as delay } from 'node:timers/promises';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import { inTime } from '../../lib/in-time.ts';
import type { SessionDependencies } from '../dependencies.ts';
import type { Failure } from '../../storage/outbox.ts';
import { showsArrival, type Typing } from './arrival.ts';
import { enter, keystrokes } from './keystrokes.ts';
import { standsInLine } from './line-for-input.ts';
import type { Listener } from './listener.ts';
import type { Readiness } from './readiness.ts';

export type Typed =
  /** Text and Enter were taken; `typing` tells whether it arrives. */
  { readonly kind: 'entered'; readonly typing: Typing } | ({ readonly kind: 'failed' } & Failure);

type Dependencies = Pick<SessionDependencies, 'runtime'>;

/** Milliseconds between text and Enter. */
const enterAfter = 150;

export async function typeMessage(
  dependencies: Dependencies,
  { terminal, signs }: Listener,
  text: string,
  { screen: before, wasAtRest }: Extract<Readiness, { kind: 'ready' }>,
): Promise<Typed> {
  const failed = await press(dependencies, terminal, keystrokes(text, before?.bracketedPaste === true));
  if (failed !== null) return { kind: 'failed', why: failed, typing: 'begun' };
  // Programs that read a paste in pieces take an Enter that comes along with it for part of the text.
  await delay(enterAfter);
  const typed = await screenOf(dependencies, terminal);
  return pressEnter(dependencies, terminal, { text, signs, before, typed, wasAtRest });
}

/** A text that stands in the line for input and was not entered, as `screen` shows. */
export const enterText = (
  dependencies: Dependencies,
  { terminal, signs }: Pick<Listener, 'terminal' | 'signs'>,
  { text, screen }: { readonly text: string; readonly screen: TerminalScreen },
): Promise<Typed> =>
  pressEnter(dependencies, terminal, { text, signs, before: screen, typed: screen, wasAtRest: false });

/** An Enter that failed is pressed again only where the text is seen to stand there still. */
async function pressEnter(dependencies: Dependencies, terminal: string, typing: Typing): Promise<Typed> {
  if ((await press(dependencies, terminal, enter)) === null) return { kind: 'entered', typing };
  const screen = await screenOf(dependencies, terminal);
  const stands = screen !== null && standsInLine(typing, screen) === 'whole';
  if (stands && (await press(dependencies, terminal, enter)) === null) return { kind: 'entered', typing };
  return { kind: 'failed', why: unknownPart, typing: 'begun' };
}

/** Of a text whose typing came to no end. */
export const unknownPart = 'It is not known how much of the text was typed.';

/** Milliseconds for one answer of the terminal service. */
const patience = 10_000;

/** Null when it was taken, else why not. */
async function press({ runtime }: Dependencies, terminal: string, bytes: Uint8Array): Promise<string | null> {
  const taken = await inTime(runtime.input(terminal, bytes), patience);
  if (taken === null) return `The terminal service does not answer. ${unknownPart}`;
  return taken.ok ? null : taken.problem.what;
}

/** Milliseconds before each look: most programs show it at once. */
const looks = [100, 400, 500, 500, 500, 500, 500] as const;

export async function watchArrival(dependencies: Dependencies, terminal: string, typing: Typing): Promise<boolean> {
  for (const wait of looks) {
    await delay(wait);
    const screen = await screenOf(dependencies, terminal);
    if (screen !== null && showsArrival(typing, screen)) return true;
  }
  return false;
}

/** Null when nobody can tell. */
async function screenOf({ runtime }: Dependencies, terminal: string): Promise<TerminalScreen | null> {
  const screen = await inTime(runtime.screen(terminal), patience);
  return screen?.ok === true ? screen.value : null;
}
