// Types one text into a terminal and looks whether it arrives.
import { setTimeout as delay } from 'node:timers/promises';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import { inTime } from '../../lib/in-time.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { showsArrival, type Typing } from './arrival.ts';
import { enter, keystrokes } from './keystrokes.ts';
import type { Listener, Readiness } from './readiness.ts';

export type Typed =
  | { readonly kind: 'typed'; readonly seen: boolean }
  | { readonly kind: 'failed'; readonly why: string };

type Dependencies = Pick<SessionDependencies, 'runtime'>;

/** Milliseconds between text and Enter. */
const enterAfter = 150;

export async function typeMessage(
  dependencies: Dependencies,
  { terminal, signs }: Listener,
  text: string,
  { screen: before, wasAtRest }: Extract<Readiness, { kind: 'ready' }>,
): Promise<Typed> {
  const typed = await press(dependencies, terminal, keystrokes(text, before?.bracketedPaste === true));
  if (typed !== null) return typed;
  // Programs that read a paste in pieces take an Enter that comes along with it for part of the text.
  await delay(enterAfter);
  const shown = await screenOf(dependencies, terminal);
  const entered = await press(dependencies, terminal, enter);
  if (entered !== null) return { kind: 'failed', why: unknownPart };
  return {
    kind: 'typed',
    seen: await watchArrival(dependencies, terminal, { text, signs, before, typed: shown, wasAtRest }),
  };
}

/** Of a text whose typing came to no end. */
export const unknownPart = 'It is not known how much of the text was typed.';

/** Milliseconds for one answer of the terminal service. */
const patience = 10_000;

/** Null when it was taken. */
async function press({ runtime }: Dependencies, terminal: string, bytes: Uint8Array): Promise<Typed | null> {
  const taken = await inTime(runtime.input(terminal, bytes), patience);
  if (taken === null) return { kind: 'failed', why: `The terminal service does not answer. ${unknownPart}` };
  return taken.ok ? null : { kind: 'failed', why: taken.problem.what };
}

/** Milliseconds before each look: most programs show it at once. */
const looks = [100, 400, 500, 500, 500, 500, 500] as const;

async function watchArrival(dependencies: Dependencies, terminal: string, typing: Typing): Promise<boolean> {
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
