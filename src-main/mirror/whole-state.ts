// Everything of a terminal that a person or a program could tell apart, as one plain value for tests to compare.
import { linkOf } from './attributes.ts';
import type { CharsetNames } from './charsets.ts';
import { makeCell, type Attributes, type Core, type ScreenBuffer } from './terminal-state.ts';

/** The idle alternate buffer is left out: entering it clears it. */
export function wholeState(core: Core, nameOf: CharsetNames): unknown {
  const { normal, alt, active } = core._bufferService.buffers;
  const { modes, decPrivateModes, isCursorHidden } = core.coreService;
  const { _windowTitle: title, _iconName: icon, _parser: parser, _curAttrData: pen } = core._inputHandler;
  const { charset, glevel, _charsets } = core._charsetService;
  return {
    size: [core.cols, core.rows],
    alternate: active === alt,
    cursor: [active.x, active.y],
    pen: penText(pen, core),
    joins: parser.precedingJoinState,
    modes: {
      ...modes,
      ...decPrivateModes,
      isCursorHidden,
      blink: core.options.cursorBlink,
      eol: core.options.convertEol,
    },
    mouse: [core.coreMouseService.activeProtocol, core.coreMouseService.activeEncoding],
    charsets: [nameOf(charset), glevel, ...[0, 1, 2, 3].map((level) => nameOf(_charsets[level]))],
    titles: [title, icon],
    normal: bufferState(normal, core, nameOf),
    alt: active === alt ? bufferState(alt, core, nameOf) : null,
  };
}

function bufferState(buffer: ScreenBuffer, core: Core, nameOf: CharsetNames): unknown {
  const { fg, bg } = buffer.savedCurAttrData;
  return {
    margins: [buffer.scrollTop, buffer.scrollBottom],
    tabs: Object.keys(buffer.tabs).filter(
      (column) => Number(column) < core.cols && buffer.tabs[Number(column)] === true,
    ),
    saved: [
      Math.min(buffer.savedX, core.cols - 1),
      Math.max(buffer.savedY - buffer.ybase, 0),
      fg,
      bg & ~0x10000000,
      nameOf(buffer.savedCharset),
    ],
    history: buffer.ybase,
    lines: Array.from({ length: buffer.lines.length }, (_, index) => lineText(buffer, index, core)),
  };
}

/** Text with its pens in braces; a leading backslash marks a continuation (unknowable for the first kept line). */
function lineText(buffer: ScreenBuffer, index: number, core: Core): string {
  const line = buffer.lines.get(index);
  if (line === undefined) return '(no line)';
  const cell = makeCell(buffer);
  let text = line.isWrapped && index > 0 ? '\\' : '';
  let pen = '';
  for (let column = 0; column < line.length; column += 1) {
    line.loadCell(column, cell);
    const next = penText(cell, core);
    if (next !== pen) text += `{${(pen = next)}}`;
    const blank = cell.fg === 0 && (cell.bg & ~0x3ffffff) === 0 ? '\u00b7' : ' ';
    text += cell.getChars() || (cell.getWidth() === 0 ? '' : blank);
  }
  return text.replace(/·+$/, '');
}

/** Colour bits that the colour's kind does not use are leftovers and show nowhere. */
function colour(packed: number): number {
  const kind = packed & 0x3000000;
  return kind === 0x1000000 || kind === 0x2000000 ? packed & ~0xffff00 : packed;
}

function penText(attributes: Attributes, core: Core): string {
  const { fg, bg, extended } = attributes;
  if (fg === 0 && bg === 0) return '';
  const link = linkOf(attributes, core);
  const detail = (bg & 0x10000000) === 0 ? [] : [hex(colour(extended._ext))];
  return [hex(colour(fg)), hex(colour(bg)), ...detail, ...(link === undefined ? [] : [link.id ?? '-', link.uri])].join(
    ' ',
  );
}

const hex = (value: number): string => (value >>> 0).toString(16);
