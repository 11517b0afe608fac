// Draws the lines of a buffer as a program would print them onto an empty screen of the same size.
import { isErased, isPlain, linkSequence, noLink, penSequence } from './attributes.ts';
import { makeCell, type Attributes, type Cell, type Core, type Line, type ScreenBuffer } from './terminal-state.ts';

const plain: Attributes = { fg: 0, bg: 0, extended: { _ext: 0, _urlId: 0 } };
const plainPen = penSequence(plain);

/** Collects the text and knows the pen in force, so that a pen is only written where it changes. */
export class Drawing {
  readonly #core: Core;
  readonly #parts: string[] = [];
  #pen = plainPen;
  #link = noLink;
  /** The last pen as numbers: most cells have the pen of the one before. */
  readonly #last = { fg: 0, bg: 0, ext: 0, url: 0 };

  constructor(core: Core) {
    this.#core = core;
  }

  add(text: string): void {
    this.#parts.push(text);
  }

  pen(attributes: Attributes): void {
    if (!this.#differs(attributes)) return;
    const link = linkSequence(attributes, this.#core);
    if (link !== this.#link) this.#parts.push((this.#link = link));
    const pen = penSequence(attributes);
    if (pen !== this.#pen) this.#parts.push((this.#pen = pen));
  }

  #differs({ fg, bg, extended }: Attributes): boolean {
    const last = this.#last;
    if (fg === last.fg && bg === last.bg && extended._ext === last.ext && extended._urlId === last.url) return false;
    last.fg = fg;
    last.bg = bg;
    last.ext = extended._ext;
    last.url = extended._urlId;
    return true;
  }

  plain(): void {
    this.pen(plain);
  }

  toString(): string {
    return this.#parts.join('');
  }
}

/** The screen and up to `history` lines above it; the cursor is left anywhere on the last line. */
export function drawBuffer(drawing: Drawing, buffer: ScreenBuffer, core: Core, history: number): void {
  const cell = makeCell(buffer);
  const last = buffer.lines.length - 1;
  for (let index = Math.max(buffer.ybase - history, 0); index <= last; index += 1) {
    const line = buffer.lines.get(index);
    if (line === undefined) continue;
    drawLine(drawing, line, cell);
    // A line feed that scrolls fills the new line with the pen's background.
    drawing.plain();
    if (index === last) return;
    const next = buffer.lines.get(index + 1);
    if (next?.isWrapped !== true) drawing.add('\r\n');
    else wrap(drawing, line, next, cell, core);
  }
}

function drawLine(drawing: Drawing, line: Line, cell: Cell): void {
  const end = usedLength(line, cell);
  for (let column = 0; column < end;) {
    line.loadCell(column, cell);
    if (cell.getChars() === '') column += drawBlank(drawing, line, column, end, cell);
    else {
      drawing.pen(cell);
      drawing.add(cell.getChars());
      column += Math.max(cell.getWidth(), 1);
    }
  }
}

/** One past the last cell that shows anything; what has content is found quickly, a pen on empty cells is not. */
function usedLength(line: Line, cell: Cell): number {
  const least = line.getTrimmedLength();
  let end = line.length;
  while (end > least && isVoid(line.loadCell(end - 1, cell))) end -= 1;
  return end;
}

const isVoid = (cell: Cell): boolean => cell.getChars() === '' && isPlain(cell) && cell.getWidth() !== 0;

/** Draws the empty cells of one pen from the column on; returns how many there were. */
function drawBlank(drawing: Drawing, line: Line, start: number, end: number, cell: Cell): number {
  const { fg, bg } = cell;
  const erased = isErased(cell);
  drawing.pen(isPlain(cell) ? plain : erased ? { ...plain, bg } : cell);
  let next = start + 1;
  while (next < end && line.loadCell(next, cell).getChars() === '' && cell.fg === fg && cell.bg === bg) next += 1;
  const count = next - start;
  if (!erased) drawing.add(' '.repeat(count));
  else {
    if (bg !== 0) drawing.add(`\x1b[${count}X`);
    if (next < line.length) drawing.add(`\x1b[${count}C`);
  }
  return count;
}

/** Makes the next line a continuation: only a character printed past the last column does that. Its trace is wiped out. */
function wrap(drawing: Drawing, line: Line, next: Line, cell: Cell, core: Core): void {
  const columns = core.cols;
  const { full, bg } = lastCell(line, columns, cell);
  if (full) drawing.add(' \r');
  else {
    drawing.add(`\x1b[${columns}G  \x1b[A\x1b[${columns}G`);
    drawing.pen({ ...plain, bg });
    drawing.add('\x1b[X\x1b[B\r');
    drawing.plain();
  }
  if (next.loadCell(0, cell).getChars() === '') drawing.add('\x1b[X');
}

function lastCell(line: Line, columns: number, cell: Cell): { full: boolean; bg: number } {
  line.loadCell(columns - 1, cell);
  const full = cell.getChars() !== '' || cell.getWidth() === 0 || !isErased(cell);
  return { full, bg: cell.bg & 0x3ffffff };
}
