// The only place that touches what xterm.js does not publish: typed, and checked once per terminal so that a new version fails loudly.
import type { Terminal } from '@xterm/headless';

/** Colours and flags of a cell or a pen, packed as xterm.js packs them (src/common/buffer/Constants.ts of 6.0.0). */
export interface Attributes {
  readonly fg: number;
  readonly bg: number;
  readonly extended: { readonly _ext: number; readonly _urlId: number };
}

export interface Cell extends Attributes {
  getChars(): string;
  getWidth(): number;
}

export interface Line {
  readonly isWrapped: boolean;
  readonly length: number;
  getTrimmedLength(): number;
  loadCell(column: number, cell: Cell): Cell;
  translateToString(trimRight: boolean): string;
}

export interface ScreenBuffer {
  readonly lines: { readonly length: number; get(index: number): Line | undefined };
  readonly x: number;
  readonly y: number;
  readonly ybase: number;
  readonly scrollTop: number;
  readonly scrollBottom: number;
  readonly savedX: number;
  readonly savedY: number;
  readonly savedCurAttrData: Attributes;
  readonly savedCharset: Charset;
  readonly tabs: Readonly<Record<number, boolean | undefined>>;
  getNullCell(): Cell;
}

/** A table of replaced characters; its identity tells which one. Undefined is US-ASCII. */
export type Charset = object | undefined;

export interface Parameters {
  readonly params: Int32Array;
  readonly length: number;
}
export type Handler = (argument?: Parameters) => boolean | void | Promise<boolean>;

export interface Core {
  readonly cols: number;
  readonly rows: number;
  readonly options: { readonly cursorBlink: boolean; readonly convertEol: boolean };
  readonly _bufferService: {
    readonly buffers: { readonly normal: ScreenBuffer; readonly alt: ScreenBuffer; readonly active: ScreenBuffer };
  };
  readonly _charsetService: {
    readonly charset: Charset;
    readonly glevel: number;
    readonly _charsets: readonly Charset[];
  };
  readonly _oscLinkService: { getLinkData(id: number): { readonly id?: string; readonly uri: string } | undefined };
  readonly coreMouseService: { readonly activeProtocol: string; readonly activeEncoding: string };
  readonly coreService: {
    readonly isCursorHidden: boolean;
    readonly modes: { readonly insertMode: boolean };
    readonly decPrivateModes: {
      readonly applicationCursorKeys: boolean;
      readonly applicationKeypad: boolean;
      readonly bracketedPasteMode: boolean;
      readonly cursorBlink: boolean | undefined;
      readonly cursorStyle: 'block' | 'underline' | 'bar' | undefined;
      readonly origin: boolean;
      readonly reverseWraparound: boolean;
      readonly sendFocus: boolean;
      readonly synchronizedOutput: boolean;
      readonly wraparound: boolean;
    };
  };
  readonly _inputHandler: {
    readonly _curAttrData: Attributes;
    _windowTitle: string;
    _iconName: string;
    readonly _parser: Parser;
    /** Synchronous, because no asynchronous handler is registered. */
    parse(data: string | Uint8Array): void;
  };
  registerCsiHandler(id: object, handler: (parameters: Parameters) => boolean): unknown;
}

export interface Parser {
  readonly currentState: number;
  readonly precedingJoinState: number;
  readonly _csiHandlers: Record<number, Handler[]>;
  readonly _escHandlers: Record<number, Handler[]>;
  readonly _executeHandlers: Record<number, Handler>;
  reset(): void;
}

/** The parser's states that matter here; 0 is ground, 8 to 13 are OSC and DCS, 7 is SOS, PM and APC. */
export const parserState = { ground: 0, string: 7, osc: 8, dcsFirst: 9, dcsLast: 13 } as const;

/** Throws an Error that names what is missing when xterm.js is not the version that this was written for. */
export function openCore(terminal: Terminal): Core {
  const core = (terminal as unknown as { _core?: Core })._core;
  const missing =
    core === undefined ? ['_core'] : Object.entries(shape(core)).flatMap(([name, fits]) => (fits ? [] : [name]));
  if (core === undefined || missing.length > 0) {
    throw new Error(`This xterm.js is not the one the mirror knows (6.0.0): ${missing.join(', ')}`);
  }
  return core;
}

/** Which parts are as expected; reading through a missing one counts as missing too. */
function shape(core: Core): Record<string, boolean> {
  const handler = core._inputHandler;
  const parser = handler?._parser;
  const buffers = core._bufferService?.buffers;
  return {
    parse: typeof handler?.parse === 'function',
    pen: hasNumbers(handler?._curAttrData, 'fg', 'bg') && hasNumbers(handler?._curAttrData.extended, '_ext', '_urlId'),
    titles: typeof handler?._windowTitle === 'string' && typeof handler?._iconName === 'string',
    parser: hasNumbers(parser, 'currentState', 'precedingJoinState') && typeof parser?.reset === 'function',
    handlers: [parser?._csiHandlers, parser?._escHandlers, parser?._executeHandlers].every(isObject),
    normal: isScreenBuffer(buffers?.normal),
    alternate: isScreenBuffer(buffers?.alt),
    active: buffers?.active === buffers?.normal || buffers?.active === buffers?.alt,
    charsets: hasNumbers(core._charsetService, 'glevel') && Array.isArray(core._charsetService._charsets),
    links: typeof core._oscLinkService?.getLinkData === 'function',
    mouse:
      typeof core.coreMouseService?.activeProtocol === 'string' &&
      typeof core.coreMouseService?.activeEncoding === 'string',
    modes:
      typeof core.coreService?.decPrivateModes?.origin === 'boolean' &&
      typeof core.coreService?.isCursorHidden === 'boolean',
    insert: typeof core.coreService?.modes?.insertMode === 'boolean',
    registerCsiHandler: typeof core.registerCsiHandler === 'function',
  };
}

function isScreenBuffer(buffer: ScreenBuffer | undefined): boolean {
  return (
    hasNumbers(buffer, 'x', 'y', 'ybase', 'scrollTop', 'scrollBottom', 'savedX', 'savedY') &&
    hasNumbers(buffer?.savedCurAttrData, 'fg', 'bg') &&
    isObject(buffer?.tabs) &&
    typeof buffer?.lines?.get === 'function' &&
    typeof buffer?.getNullCell === 'function'
  );
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function hasNumbers(value: object | undefined, ...names: readonly string[]): boolean {
  return value !== undefined && names.every((name) => typeof (value as Record<string, unknown>)[name] === 'number');
}

/** A cell to load others into; `getNullCell` hands out a shared one. */
export function makeCell(buffer: ScreenBuffer): Cell {
  const CellClass = buffer.getNullCell().constructor as new () => Cell;
  return new CellClass();
}
