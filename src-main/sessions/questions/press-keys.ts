// Types the keys of an answer as a careful person would: Enter only after the screen shows that it would do what is meant.
import { setTimeout as delay } from 'node:timers/promises';
import type { Choice } from '#shared/domain/asked-question.ts';
import type { ShownChoices } from '#shared/domain/choice-list.ts';
import { keysIn } from '#shared/domain/key-words.ts';
import { askingOn } from '#shared/domain/question.ts';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import { inTime } from '../../lib/in-time.ts';
import type { SessionDependencies } from '../dependencies.ts';

export type Pressed =
  | { readonly kind: 'pressed' }
  /** Something was typed, and Enter was not. */
  | { readonly kind: 'stopped'; readonly why: string }
  /** `typed`: it is not known how much of it; false: nothing. */
  | { readonly kind: 'failed'; readonly why: string; readonly typed: boolean };

interface Pressing {
  readonly terminal: string;
  readonly keys: string;
  /** Null for a text. */
  readonly choice: Choice | null;
  /** The screen that shows the question. */
  readonly before: TerminalScreen;
}

type Dependencies = Pick<SessionDependencies, 'runtime' | 'now'>;

/** Milliseconds: between two keys, so that no program takes them for one; for what they do to be drawn; between two looks. */
const [between, drawn, lookEvery] = [60, 2000, 100];
/** Milliseconds after which a program is taken to show nothing of what is typed. */
const silentFor = 500;

export async function pressKeys(dependencies: Dependencies, pressing: Pressing): Promise<Pressed> {
  const { keys, terminal } = pressing;
  const enters = keys.length > 1 && keys.endsWith('\r');
  const strokes = strokesOf(enters ? keys.slice(0, -1) : keys);
  for (const [index, stroke] of strokes.entries()) {
    if (index > 0) await delay(between);
    const failed = await press(dependencies, terminal, stroke);
    if (failed !== null) return { ...failed, typed: failed.typed || index > 0 };
  }
  if (!enters) return { kind: 'pressed' };
  const ready = await waitForEnter(dependencies, pressing);
  if (ready === 'went-on') return { kind: 'pressed' };
  if (ready !== 'ready') return ready;
  const failed = await press(dependencies, terminal, '\r');
  return failed === null ? { kind: 'pressed' } : { ...failed, typed: true };
}

/** Arrows one by one, text at once. */
const strokesOf = (keys: string): readonly string[] => (keys.startsWith('\u001b[') ? keysIn(keys) : [keys]);

type Failed = Extract<Pressed, { kind: 'failed' }>;

/** Null when it was taken. What is not answered in time may still be typed. */
async function press({ runtime }: Dependencies, terminal: string, keys: string): Promise<Failed | null> {
  const taken = await inTime(runtime.input(terminal, Buffer.from(keys)), 10_000);
  if (taken === null) return { kind: 'failed', why: 'The terminal service does not answer.', typed: true };
  return taken.ok ? null : { kind: 'failed', why: taken.problem.what, typed: false };
}

/** `went-on`: it took the answer without Enter. */
type Ready = 'ready' | 'went-on' | Extract<Pressed, { kind: 'stopped' }>;

async function waitForEnter(
  { runtime, now }: Dependencies,
  { terminal, keys, choice, before }: Pressing,
): Promise<Ready> {
  const began = now();
  const asked = askingOn(before);
  const list = asked?.kind === 'list' && choice !== null ? { ...asked.list, choice } : null;
  for (;;) {
    await delay(lookEvery);
    const shown = await inTime(runtime.screen(terminal), drawn);
    if (shown === null || !shown.ok) return stopped('its screen could not be read any more');
    const waited = now() - began;
    const ready =
      list !== null
        ? readyInList(shown.value, list, waited)
        : readyInLine(shown.value, { before, text: keys.slice(0, -1), waited });
    if (ready !== 'not-yet') return ready;
  }
}

const stopped = (why: string): Ready => ({
  kind: 'stopped',
  why: `The keys were typed, but ${why}, so Enter was not pressed.`,
});

/** The mark stands on what is meant. */
function readyInList(
  screen: TerminalScreen,
  { question, labels, choice }: ShownChoices & { readonly choice: Choice },
  waited: number,
): Ready | 'not-yet' {
  const asking = askingOn(screen);
  // Another list: what is marked in it was not meant.
  if (asking?.kind === 'list' && (asking.list.question !== question || asking.list.labels.length !== labels.length))
    return 'went-on';
  if (asking?.kind === 'list' && asking.list.marked === choice.number - 1) return 'ready';
  // Colour alone tells which button is marked.
  if (asking?.kind === 'list' && asking.list.drawn === 'buttons') return waited < silentFor ? 'not-yet' : 'ready';
  if (waited < drawn) return 'not-yet';
  if (asking?.kind !== 'list') return 'went-on';
  return stopped(`"${choice.label}" is not seen to be marked`);
}

/** What was typed stands in the line that asks, or is not shown at all: then it waits for Enter. */
function readyInLine(
  { rows, cursor, offset, size }: TerminalScreen,
  { before, text, waited }: { readonly before: TerminalScreen; readonly text: string; readonly waited: number },
): Ready | 'not-yet' {
  if (offset === before.offset) return waited < silentFor ? 'not-yet' : 'ready';
  const asked = (before.rows[before.cursor.row] ?? '').trimEnd();
  const wrapped = Math.floor((asked.length + 2 * text.length) / size.cols);
  const line = rows.slice(Math.max(0, cursor.row - wrapped), cursor.row + 1);
  // The same words once more: it took the key at once, and asks again.
  if (timesIn(rows, asked) > timesIn(before.rows, asked)) return 'went-on';
  const isThere = asked === '' ? line.join('').endsWith(text.trimEnd()) : line.some((row) => row.startsWith(asked));
  return isThere ? 'ready' : 'went-on';
}

const timesIn = (rows: readonly string[], asked: string): number =>
  asked === '' ? 0 : rows.filter((row) => row.startsWith(asked)).length;
