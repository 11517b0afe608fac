// Links in output: only http and https, and never without showing where they really go.
import type { IBufferLine, ILinkProvider, Terminal } from '@xterm/xterm';

/** The address when it is one that may be opened, as the browser will understand it; else null. */
export function openableAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}

const address = /\bhttps?:\/\/[^\s"'<>`{}|\\^[\]]+[^\s"'<>`{}|\\^[\].,;:!?)]/g;

/** Finds addresses inside one line of the screen. `open` is asked on ctrl or command click. */
export function plainLinks(terminal: Terminal, open: (event: MouseEvent, text: string) => void): ILinkProvider {
  return {
    provideLinks(row, callback) {
      const line = terminal.buffer.active.getLine(row - 1);
      if (line === undefined) return callback(undefined);
      callback(
        [...line.translateToString(true).matchAll(address)].map((match) => ({
          text: match[0],
          range: {
            start: { x: columnOf(line, match.index) + 1, y: row },
            end: { x: columnOf(line, match.index + match[0].length), y: row },
          },
          activate: open,
        })),
      );
    },
  };
}

/** Column at which the n-th UTF-16 unit of a line's text stands; wide characters take two columns. */
function columnOf(line: IBufferLine, unit: number): number {
  let seen = 0;
  for (let column = 0; column < line.length; column += 1) {
    if (seen >= unit) return column;
    const cell = line.getCell(column);
    if (cell !== undefined && cell.getWidth() > 0) seen += Math.max(1, cell.getChars().length);
  }
  return line.length;
}
