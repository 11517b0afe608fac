// What hostile or careless output may cost a terminal emulator: the same limits in the mirror and in the window.

/** Width tables of both emulators. A snapshot is drawn with one and shown by the other, so they must agree. */
export const terminalUnicodeVersion = '11';

export const terminalLimits = {
  /** UTF-16 units of a title that are kept. */
  title: 200,
  /** Bytes of one OSC, DCS or APC string; a longer one is dropped whole. */
  string: 1024 * 1024,
  /** UTF-16 units of a hyperlink's target; a longer one is shown as plain text. */
  link: 2083,
  /** Bytes handed to the parser at once, so that one write stays well below a quarter of a second. */
  slice: 16 * 1024,
} as const;

/** A control sequence whose first parameter is a count that the emulator loops over, and what bounds it. */
export interface CountedSequence {
  readonly final: string;
  readonly intermediates?: string;
  readonly bound: 'rows' | 'columns' | 'cells';
}

/** One 13-byte insert-lines with a count of 2^31-1 costs stock xterm.js hours: the loops run once per counted line. */
export const countedSequences: readonly CountedSequence[] = [
  { final: 'L', bound: 'rows' },
  { final: 'M', bound: 'rows' },
  { final: 'S', bound: 'rows' },
  { final: 'T', bound: 'rows' },
  { final: '@', bound: 'columns' },
  { final: 'P', bound: 'columns' },
  { final: 'X', bound: 'columns' },
  { final: 'I', bound: 'columns' },
  { final: 'Z', bound: 'columns' },
  { final: '@', intermediates: ' ', bound: 'columns' },
  { final: 'A', intermediates: ' ', bound: 'columns' },
  { final: '}', intermediates: "'", bound: 'columns' },
  { final: '~', intermediates: "'", bound: 'columns' },
  { final: 'b', bound: 'cells' },
];

/** The count to use instead. A repeat longer than the screen keeps its remainder, so that the cursor ends in the same column. */
export function clampCount(
  count: number,
  bound: CountedSequence['bound'],
  size: { cols: number; rows: number },
): number {
  const cells = size.cols * size.rows;
  if (bound === 'cells') return count <= cells ? count : cells + (count % size.cols);
  return Math.min(count, bound === 'rows' ? size.rows : size.cols);
}

/**
 * How many of the bytes are whole characters. xterm.js 6 loses a character that is split after an `E2 80`, as dashes, quotes and
 * ellipses are, so whoever feeds it holds the rest back until more has come. Bytes that can't be UTF-8 count as whole.
 */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return back < characterLength(byte) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function characterLength(first: number): number {
  if ((first & 0xe0) === 0xc0) return 2;
  if ((first & 0xf0) === 0xe0) return 3;
  if ((first & 0xf8) === 0xf0) return 4;
  return 1;
}

/**
 * Where the last escape sequence of the bytes begins: the index of ESC or of a C1 introducer in UTF-8 (C2 90 … C2 9F); -1 when
 * there is none. Asked of bytes that end inside a sequence, it is the place before which everything is complete.
 */
export function lastIntroducer(bytes: Uint8Array): number {
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    const byte = bytes[index];
    if (byte === 0x1b) return index;
    if (byte === 0xc2 && isC1Introducer(bytes[index + 1])) return index;
  }
  return -1;
}

/** DCS, SOS, CSI, OSC, PM, APC. */
const isC1Introducer = (byte: number | undefined): boolean =>
  byte === 0x90 || byte === 0x98 || byte === 0x9b || byte === 0x9d || byte === 0x9e || byte === 0x9f;
