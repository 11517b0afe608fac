// What the demo agent draws: lines that stay, above a few live lines that are drawn anew in place.
import type { WriteStream } from 'node:tty';

/** Columns and rows where nothing tells them: no terminal. */
const fallback = { columns: 80, rows: 24 };

export class Screen {
  readonly #out: WriteStream;
  readonly #colour: boolean;
  readonly #live: boolean;
  #lines: readonly string[] = [];
  #drawn = 0;
  readonly #redraw = (): void => this.#draw();

  constructor(out: WriteStream, env: NodeJS.ProcessEnv) {
    this.#out = out;
    this.#live = out.isTTY && env['TERM'] !== 'dumb';
    this.#colour = this.#live && !env['NO_COLOR'];
  }

  get columns(): number {
    return Math.max(this.#out.columns || fallback.columns, 4);
  }

  start(): void {
    if (this.#live) this.#out.write('\x1b[?2004h');
    this.#out.on('resize', this.#redraw);
  }

  /** Leaves the terminal as it was found, below what was printed. */
  stop(): void {
    this.#out.off('resize', this.#redraw);
    this.clearLive();
    if (this.#live) this.#out.write('\x1b[?2004l\x1b[?25h\x1b[0m');
  }

  /** Lines that stay. They may be longer than the terminal is wide. */
  print(...lines: readonly string[]): void {
    this.#erase();
    this.#out.write(lines.map((line) => `${line}\n`).join(''));
    this.#draw();
  }

  /** Replaces the live lines; each is cut to the width, and they to the height. Nothing without a terminal. */
  live(lines: readonly string[]): void {
    this.#lines = lines;
    this.#draw();
  }

  clearLive(): void {
    this.live([]);
  }

  box(lines: readonly string[]): void {
    const inner = Math.min(this.columns - 4, 64);
    // Too narrow for a frame to look like one.
    if (inner < 20) return this.print(...lines.map((line) => cut(line, this.columns)));
    const row = (line: string): string => {
      const shown = cut(line, inner);
      return `${this.dim('│')} ${shown}${' '.repeat(Math.max(0, inner - widthOf(shown)))} ${this.dim('│')}`;
    };
    const edge = '─'.repeat(inner + 2);
    this.print(this.dim(`╭${edge}╮`), ...lines.map(row), this.dim(`╰${edge}╯`));
  }

  title(text: string): void {
    const clean = text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 80);
    if (this.#live) this.#out.write(`\x1b]0;${clean === '' ? 'demo agent' : `✳ ${clean}`}\x07`);
  }

  bell(): void {
    if (this.#live) this.#out.write('\x07');
  }

  bold = (text: string): string => this.#paint('1', '22', text);
  dim = (text: string): string => this.#paint('2', '22', text);
  accent = (text: string): string => this.#paint('36', '39', text);
  red = (text: string): string => this.#paint('31', '39', text);
  green = (text: string): string => this.#paint('32', '39', text);
  added = (text: string): string => this.#paint('32', '39', text);

  #paint(on: string, off: string, text: string): string {
    return this.#colour ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  }

  #draw(): void {
    this.#erase();
    if (!this.#live || this.#lines.length === 0) return;
    const rows = Math.max((this.#out.rows || fallback.rows) - 1, 1);
    // The last lines matter most: the input, the marked choice's neighbours.
    const shown = this.#lines.slice(-rows).map((line) => cut(line, this.columns - 1));
    this.#out.write(shown.join('\n'));
    this.#drawn = shown.length;
  }

  #erase(): void {
    if (this.#drawn === 0) return;
    this.#out.write(`\r${this.#drawn > 1 ? `\x1b[${this.#drawn - 1}A` : ''}\x1b[J`);
    this.#drawn = 0;
  }
}

// eslint-disable-next-line no-control-regex -- colours are control sequences
const colours = /(\x1b\[[0-9;]*m)/;

/** Cuts to a number of cells and keeps the colours that follow, so that none is left on. */
function cut(line: string, cells: number): string {
  if (widthOf(line) <= cells) return line;
  let left = cells - 1;
  let full = false;
  const parts = line.split(colours).map((part) => {
    if (colours.test(part)) return part;
    let kept = '';
    for (const character of part) {
      if (full || cellsOf(character) > left) {
        full = true;
        break;
      }
      left -= cellsOf(character);
      kept += character;
    }
    return kept;
  });
  return `${parts.join('')}…`;
}

function widthOf(line: string): number {
  let cells = 0;
  for (const part of line.split(colours)) if (!colours.test(part)) for (const one of part) cells += cellsOf(one);
  return cells;
}

/** Close enough for what a person types: wide for East Asian script and pictures, none for combining marks. */
function cellsOf(character: string): number {
  if (/\p{M}|\u200d/u.test(character)) return 0;
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    character,
  )
    ? 2
    : 1;
}
