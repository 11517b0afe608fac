// Writes a terminal's whole state as text: fed to a reset terminal of the same size, the program's next bytes continue correctly.
import { terminalLimits } from '#shared/domain/terminal-limits.ts';
import { linkSequence, penSequence } from './attributes.ts';
import type { CharsetNames } from './charsets.ts';
import { Drawing, drawBuffer } from './draw.ts';
import { makeCell, type Charset, type Core, type ScreenBuffer } from './terminal-state.ts';

/** With up to `history` lines above the normal screen. A sequence that the parser is in the middle of is not in the text. */
export function takeSnapshot(core: Core, nameOf: CharsetNames, history: number): string {
  const { normal, alt, active } = core._bufferService.buffers;
  const drawing = new Drawing(core);
  drawBuffer(drawing, normal, core, history);
  restoreBuffer(drawing, normal, core, nameOf);
  if (active === alt) {
    drawing.plain();
    drawing.add('\x1b[?47h\x1b[H');
    drawBuffer(drawing, alt, core, 0);
    restoreBuffer(drawing, alt, core, nameOf);
  }
  drawing.add(modes(core));
  drawing.add(titles(core));
  drawing.add(cursorAndPen(core, active, nameOf));
  return drawing.toString();
}

/** What belongs to one of the two buffers besides its lines. */
function restoreBuffer(drawing: Drawing, buffer: ScreenBuffer, core: Core, nameOf: CharsetNames): void {
  drawing.add(tabStops(buffer, core.cols));
  const { scrollTop, scrollBottom } = buffer;
  if (scrollTop !== 0 || scrollBottom !== core.rows - 1) drawing.add(`\x1b[${scrollTop + 1};${scrollBottom + 1}r`);
  drawing.add(savedCursor(buffer, core, nameOf));
  drawing.plain();
}

function tabStops({ tabs }: ScreenBuffer, columns: number): string {
  const stops: number[] = [];
  for (let column = 0; column < columns; column += 1) if (tabs[column] === true) stops.push(column);
  const usual = stops.length === Math.ceil(columns / 8) && stops.every((column) => column % 8 === 0);
  return usual ? '' : `\x1b[3g${stops.map((column) => `\x1b[${column + 1}G\x1bH`).join('')}`;
}

/** DECSC remembers place, pen and character set. Must come before origin mode, after the margins. */
function savedCursor(buffer: ScreenBuffer, core: Core, nameOf: CharsetNames): string {
  const { savedX, savedY, ybase, savedCurAttrData: pen, savedCharset } = buffer;
  const row = Math.min(Math.max(savedY - ybase, 0), core.rows - 1);
  const column = Math.min(savedX, core.cols - 1);
  const charset = nameOf(savedCharset);
  if (row === 0 && column === 0 && pen.fg === 0 && pen.bg === 0 && charset === 'B') return '';
  return `${penSequence(pen)}${moveTo(row, column)}\x1b(${charset}\x1b7\x1b(B\x1b[0m`;
}

const moveTo = (row: number, column: number): string => `\x1b[${row + 1};${column + 1}H`;

const mouseProtocols: Readonly<Record<string, string>> = { X10: '9', VT200: '1000', DRAG: '1002', ANY: '1003' };
const mouseEncodings: Readonly<Record<string, string>> = { SGR: '1006', SGR_PIXELS: '1016' };
const cursorStyles = { block: 2, underline: 4, bar: 6 } as const;

function modes(core: Core): string {
  const { decPrivateModes: dec, isCursorHidden } = core.coreService;
  const { activeProtocol, activeEncoding } = core.coreMouseService;
  const set: readonly [boolean, string][] = [
    [dec.applicationCursorKeys, '?1h'],
    [dec.origin, '?6h'],
    [!dec.wraparound, '?7l'],
    [core.options.cursorBlink, '?12h'],
    [isCursorHidden, '?25l'],
    [dec.reverseWraparound, '?45h'],
    [dec.applicationKeypad, '?66h'],
    [activeProtocol in mouseProtocols, `?${mouseProtocols[activeProtocol]}h`],
    [activeEncoding in mouseEncodings, `?${mouseEncodings[activeEncoding]}h`],
    [dec.sendFocus, '?1004h'],
    [dec.bracketedPasteMode, '?2004h'],
    [dec.synchronizedOutput, '?2026h'],
    [core.options.convertEol, '20h'],
    [dec.cursorStyle !== undefined, `${cursorStyle(dec.cursorStyle, dec.cursorBlink)} q`],
  ];
  return set.flatMap(([on, sequence]) => (on ? [`\x1b[${sequence}`] : [])).join('');
}

const cursorStyle = (style: keyof typeof cursorStyles | undefined, blink: boolean | undefined): number =>
  style === undefined ? 0 : cursorStyles[style] - (blink === true ? 1 : 0);

function titles({ _inputHandler: { _windowTitle: title, _iconName: icon } }: Core): string {
  const cut = (text: string): string => text.slice(0, terminalLimits.title);
  return `${icon === '' ? '' : `\x1b]1;${cut(icon)}\x07`}${title === '' ? '' : `\x1b]2;${cut(title)}\x07`}`;
}

/**
 * A cursor that waits past the last column, and a character that the next one may join or repeat, only come back by printing that
 * character again, as the very last thing when it still counts as printed last.
 */
function cursorAndPen(core: Core, buffer: ScreenBuffer, nameOf: CharsetNames): string {
  const pen = `${linkSequence(core._inputHandler._curAttrData, core)}${penSequence(core._inputHandler._curAttrData)}`;
  const settings = `${charsets(core, buffer, nameOf)}${core.coreService.modes.insertMode ? '\x1b[4h' : ''}`;
  const joins = core._inputHandler._parser.precedingJoinState !== 0 && buffer.x > 0;
  if (joins) return `${settings}${pen}${reprint(core, buffer, core.coreService.modes.insertMode, null)}`;
  if (buffer.x >= core.cols) return `${reprint(core, buffer, false, core)}${settings}${pen}`;
  return `${settings}${pen}${placeCursor(core, buffer, buffer.x)}`;
}

function placeCursor(core: Core, buffer: ScreenBuffer, column: number): string {
  return moveTo(core.coreService.decPrivateModes.origin ? buffer.y - buffer.scrollTop : buffer.y, column);
}

/**
 * Prints the cell before the cursor once more; `penOf` is given when its own pen is needed first. A cell that is empty although the
 * cursor waits behind it was erased with its whole line, which leaves the cursor alone.
 */
function reprint(core: Core, buffer: ScreenBuffer, inserting: boolean, penOf: Core | null): string {
  const line = buffer.lines.get(buffer.ybase + buffer.y);
  if (line === undefined) return placeCursor(core, buffer, buffer.x);
  const cell = makeCell(buffer);
  let column = buffer.x - 1;
  while (column > 0 && line.loadCell(column, cell).getWidth() === 0) column -= 1;
  line.loadCell(column, cell);
  const pen = penOf === null ? '' : `${linkSequence(cell, penOf)}${penSequence(cell)}`;
  if (cell.getChars() === '' && penOf !== null) return `${placeCursor(core, buffer, column)} ${pen}\x1b[2K`;
  const room = inserting ? `\x1b[${Math.max(cell.getWidth(), 1)}P` : '';
  return `${placeCursor(core, buffer, column)}${room}${pen}${cell.getChars() || ' '}`;
}

/** Designates G0 to G3 and shifts; a restored cursor may have brought a set that none of them holds. */
function charsets(core: Core, buffer: ScreenBuffer, nameOf: CharsetNames): string {
  const { charset, glevel, _charsets } = core._charsetService;
  const designations = ['(', ')', '*', '+'].map((slot, level) => [slot, nameOf(_charsets[level])] as const);
  const wanted = designations.flatMap(([slot, name]) => (name === 'B' ? [] : [`\x1b${slot}${name}`])).join('');
  const shift = ['', '\x0e', '\x1bn', '\x1bo'][glevel] ?? '';
  if (charset === _charsets[glevel]) return `${wanted}${shift}`;
  return restoredCharset(buffer.savedCharset, charset) ? `${wanted}${shift}\x1b8` : `${wanted}${shift}`;
}

const restoredCharset = (saved: Charset, current: Charset): boolean => saved === current;
