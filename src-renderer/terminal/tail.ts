// The end of a terminal as text: follows its lane without its keyboard or its size, and is drawn by nobody but the page.
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { Terminal, type IBufferCell, type IBufferLine } from '@xterm/xterm';
import { terminalUnicodeVersion } from '#shared/domain/terminal-limits.ts';
import { createStore, type Readable } from '../lib/store.ts';
import { restrainOutput } from './hostile-output.ts';
import { createLaneClient, type LaneClient, type LaneOptions } from './lane-client.ts';

export interface TailSpan {
  readonly text: string;
  /** Number in the palette (0-255), `#rrggbb`, or null for the usual colour. */
  readonly colour: number | string | null;
  readonly bold: boolean;
  readonly dim: boolean;
}
/** A line as it was printed: what the terminal wrapped is one. */
export type TailLine = readonly TailSpan[];

export interface Tail {
  readonly lane: LaneClient;
  /** Without the empty ones at the end. */
  readonly lines: Readable<readonly TailLine[]>;
  close(): void;
}

/** Milliseconds between two looks at the screen while it changes. */
const pause = 250;
/** Sizes until the terminal tells its own. */
const [cols, rows] = [80, 24];
const cancel = 0x18;

/** @param most lines that are kept */
export function followTail({ open, most }: Pick<LaneOptions, 'open'> & { readonly most: number }): Tail {
  const terminal = new Terminal({ cols, rows, allowProposedApi: true, scrollback: most, logLevel: 'off' });
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = terminalUnicodeVersion;
  restrainOutput(terminal, () => false);
  const lines = createStore<readonly TailLine[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = '';
  const look = (): void => {
    timer = undefined;
    const now = tailOf(terminal, most);
    const text = JSON.stringify(now);
    if (text === shown) return;
    shown = text;
    lines.set(now);
  };
  terminal.onWriteParsed(() => {
    timer ??= setTimeout(look, shown === '' ? 0 : pause);
  });
  const lane = createLaneClient({
    open,
    now: Date.now,
    wantsLease: () => false,
    screen: {
      write: (bytes, then) => terminal.write(bytes, then),
      resize: (size) => terminal.resize(size.cols, size.rows),
      reset: (size) =>
        terminal.write(Uint8Array.of(cancel), () => {
          terminal.reset();
          terminal.resize(size.cols, size.rows);
        }),
      replayed: () => undefined,
    },
  });
  lane.attach();
  return {
    lane,
    lines,
    close() {
      clearTimeout(timer);
      lane.close();
      terminal.dispose();
    },
  };
}

function tailOf({ buffer: { active } }: Terminal, most: number): readonly TailLine[] {
  const cell = active.getNullCell();
  const lines: TailSpan[][] = [];
  for (let index = Math.max(0, active.length - most); index < active.length; index += 1) {
    const line = active.getLine(index);
    if (line === undefined) continue;
    const spans = spansOf(line, cell);
    const before = line.isWrapped ? lines.at(-1) : undefined;
    if (before === undefined) lines.push(spans);
    else before.push(...spans);
  }
  const last = lines.findLastIndex((line) => line.some(({ text }) => text.trim() !== ''));
  return lines.slice(0, last + 1);
}

function spansOf(line: IBufferLine, cell: IBufferCell): TailSpan[] {
  const spans: TailSpan[] = [];
  const end = line.translateToString(true).length === 0 ? 0 : line.length;
  for (let column = 0; column < end; column += 1) {
    line.getCell(column, cell);
    // The second half of a wide character.
    if (cell.getWidth() === 0) continue;
    const look = lookOf(cell);
    const text = cell.getChars() || ' ';
    const last = spans.at(-1);
    if (last !== undefined && last.colour === look.colour && last.bold === look.bold && last.dim === look.dim)
      spans[spans.length - 1] = { ...last, text: last.text + text };
    else spans.push({ text, ...look });
  }
  return trimmed(spans);
}

const lookOf = (cell: IBufferCell): Omit<TailSpan, 'text'> => ({
  colour: cell.isFgRGB()
    ? `#${cell.getFgColor().toString(16).padStart(6, '0')}`
    : cell.isFgPalette()
      ? cell.getFgColor()
      : null,
  bold: cell.isBold() !== 0,
  dim: cell.isDim() !== 0,
});

function trimmed(spans: TailSpan[]): TailSpan[] {
  const last = spans.at(-1);
  if (last === undefined) return spans;
  const text = last.text.trimEnd();
  return text === '' ? trimmed(spans.slice(0, -1)) : [...spans.slice(0, -1), { ...last, text }];
}
