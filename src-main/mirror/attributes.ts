// A pen written as SGR and OSC 8, from xterm.js's packed numbers.
import type { Attributes, Core } from './terminal-state.ts';

const colourMode = 0x3000000;
const colour16 = 0x1000000;
const colour256 = 0x2000000;
const fgFlag = {
  inverse: 0x4000000,
  bold: 0x8000000,
  underline: 0x10000000,
  blink: 0x20000000,
  hidden: 0x40000000,
  struck: 0x80000000,
};
const bgFlag = { italic: 0x4000000, dim: 0x8000000, extended: 0x10000000, protected: 0x20000000, overline: 0x40000000 };

export const isPlain = ({ fg, bg }: Attributes): boolean => fg === 0 && bg === 0;

/** What erasing with this pen leaves in a cell: the background's colour alone. */
export const isErased = ({ fg, bg }: Attributes): boolean => fg === 0 && (bg & ~(colourMode | 0xffffff)) === 0;

/** A complete pen: it begins with a reset, so what stood before does not matter. The link is not in it. */
export function penSequence(attributes: Attributes): string {
  const codes = ['0', ...flagCodes(attributes), ...colourCodes(attributes.fg, 30), ...colourCodes(attributes.bg, 40)];
  const guard = (attributes.bg & bgFlag.protected) === 0 ? '' : '\x1b[1"q';
  return `\x1b[${[...codes, ...underlineCodes(attributes)].join(';')}m${guard}`;
}

export const noLink = '\x1b]8;;\x07';

/** Opens the link that the pen draws with, or closes the last one. */
export function linkSequence(attributes: Attributes, core: Core): string {
  const link = linkOf(attributes, core);
  if (link === undefined) return noLink;
  return `\x1b]8;${link.id === undefined ? '' : `id=${link.id}`};${link.uri}\x07`;
}

export interface Link {
  readonly id?: string;
  readonly uri: string;
}

export function linkOf({ bg, extended }: Attributes, core: Core): Link | undefined {
  if ((bg & bgFlag.extended) === 0 || extended._urlId === 0) return undefined;
  return core._oscLinkService.getLinkData(extended._urlId);
}

function flagCodes({ fg, bg }: Attributes): string[] {
  const set: readonly [number, string][] = [
    [fg & fgFlag.bold, '1'],
    [bg & bgFlag.dim, '2'],
    [bg & bgFlag.italic, '3'],
    [fg & fgFlag.blink, '5'],
    [fg & fgFlag.inverse, '7'],
    [fg & fgFlag.hidden, '8'],
    [fg & fgFlag.struck, '9'],
    [bg & bgFlag.overline, '53'],
  ];
  return set.flatMap(([bit, code]) => (bit === 0 ? [] : [code]));
}

/** `base` is 30 for the text's colour and 40 for the background's. */
function colourCodes(packed: number, base: 30 | 40): string[] {
  const value = packed & 0xffffff;
  switch (packed & colourMode) {
    case 0:
      return [];
    case colour16:
      return [String((value & 8) === 0 ? base + (value & 7) : base + 60 + (value & 7))];
    case colour256:
      return [`${base + 8};5;${value & 255}`];
    default:
      return [`${base + 8};2;${rgb(value, ';')}`];
  }
}

function underlineCodes({ fg, bg, extended }: Attributes): string[] {
  const style = (bg & bgFlag.extended) === 0 ? 1 : (extended._ext >> 26) & 7;
  const line = (fg & fgFlag.underline) === 0 ? [] : [style <= 1 ? '4' : `4:${style}`];
  const value = extended._ext & 0xffffff;
  const mode = extended._ext & colourMode;
  if (mode === 0) return line;
  return [...line, mode === colourMode ? `58:2::${rgb(value, ':')}` : `58:5:${value & 255}`];
}

const rgb = (value: number, separator: string): string =>
  [value >> 16, (value >> 8) & 255, value & 255].join(separator);
