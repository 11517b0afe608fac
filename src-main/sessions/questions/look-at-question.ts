// Looks at a session's screen at this moment, for what it asks.
import { setTimeout as delay } from 'node:timers/promises';
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import type { TerminalScreen, TerminalStatus } from '#shared/domain/terminal-status.ts';
import { inTime } from '../../lib/in-time.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { readQuestion } from './read-question.ts';

export type QuestionLook =
  | {
      readonly kind: 'seen';
      readonly status: TerminalStatus;
      readonly screen: TerminalScreen;
      readonly found: FoundQuestion | null;
    }
  | { readonly kind: 'ended' }
  /** Nobody can tell. */
  | { readonly kind: 'unknown'; readonly why: string };

export type Looking = Pick<SessionDependencies, 'store' | 'runtime' | 'agents' | 'now'>;

/** Milliseconds for an answer of the terminal service. */
const patience = 5000;

export async function lookOnce(dependencies: Looking, session: string, terminal: string): Promise<QuestionLook> {
  const { runtime } = dependencies;
  const listed = await inTime(runtime.list(), patience);
  if (listed === null || !listed.ok) return { kind: 'unknown', why: listed?.problem.what ?? silent };
  const status = listed.value.find((each) => each.terminal === terminal);
  if (status === undefined) {
    const probe = await inTime(runtime.probe(terminal), patience);
    return probe?.kind === 'ended' ? { kind: 'ended' } : { kind: 'unknown', why: silent };
  }
  if (status.exit !== null) return { kind: 'ended' };
  const screen = await screenUpTo(dependencies, terminal, status.offset);
  if (screen === null || !screen.ok) return { kind: 'unknown', why: screen?.problem.what ?? silent };
  if (screen.value.offset < status.offset) return { kind: 'unknown', why: behind };
  return { kind: 'seen', status, screen: screen.value, found: readQuestion(dependencies, session, screen.value) };
}

const silent = 'The terminal service does not answer.';
const behind = 'Its screen could not be read up to what it prints now.';

/** Milliseconds for the reader of screens to come up to what was printed; between two looks. */
const [catchesUp, lookAgain] = [2000, 50];

/** What is on an older screen may not be asked any more. One that stays behind (the disk takes nothing more) is what it is. */
async function screenUpTo({ runtime, now }: Looking, terminal: string, offset: number) {
  const until = now() + catchesUp;
  for (;;) {
    const screen = await inTime(runtime.screen(terminal), patience);
    if (screen === null || !screen.ok || screen.value.offset >= offset || now() > until) return screen;
    await delay(lookAgain);
  }
}

/** Milliseconds without output by which a screen is whole; between two looks; after which it is taken as it is. */
const [rests, lookEvery, atMost] = [400, 150, 2500];

/** The same of a screen that has come to rest, so that nothing half drawn is read. One that never rests is read all the same. */
export async function lookWhenAtRest(dependencies: Looking, session: string, terminal: string): Promise<QuestionLook> {
  const began = dependencies.now();
  for (;;) {
    const look = await lookOnce(dependencies, session, terminal);
    if (look.kind !== 'seen') return look;
    const { status, screen } = look;
    const isWhole = screen.offset >= status.offset && dependencies.now() - (status.lastOutputAt ?? 0) >= rests;
    if (isWhole || dependencies.now() - began >= atMost) return look;
    await delay(lookEvery);
  }
}
