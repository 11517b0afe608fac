// One terminal on the screen: the emulator, its lane, and everything between them.
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { terminalLimits, terminalUnicodeVersion, wholeCharacters } from '#shared/domain/terminal-limits.ts';
import type { TerminalSize } from '#shared/domain/terminal.ts';
import type { Result } from '#shared/lib/result.ts';
import type { ByteLane } from '#shared/rpc/byte-lane.ts';
import type { WireProblem } from '#shared/rpc/protocol.ts';
import type { ScrollMark } from '../lib/scroll-mark.ts';
import { createStore, type Readable } from '../lib/store.ts';
import { terminalFontFamily } from './fonts.ts';
import { restrainOutput } from './hostile-output.ts';
import { keepPlace } from './keep-place.ts';
import { createLaneClient, type LaneClient } from './lane-client.ts';
import { openableAddress, plainLinks } from './links.ts';
import { palettes, type ThemeName } from './palette.ts';
import { judgePaste, type PasteVerdict } from './paste.ts';
import { createScrollLock, type ScrollLock, type ScrollState } from './scroll-lock.ts';

export interface TerminalOptions {
  readonly container: HTMLElement;
  readonly label: string;
  /** How the keyboard leaves the terminal, for screen readers. */
  readonly wayOut: string;
  readonly theme: ThemeName;
  /** CSS pixels. */
  readonly fontSize: number;
  readonly openLane: (from: 'screen' | number, lease: boolean) => Promise<Result<ByteLane, WireProblem>>;
  /** What was being read in an earlier view of this terminal; null: its end. */
  readonly place: ScrollMark | null;
  readonly askPaste: (question: Extract<PasteVerdict, { kind: 'ask' }>) => void;
  readonly askLink: (address: string) => void;
}

export interface TerminalView {
  readonly lane: LaneClient;
  readonly scroll: Readable<ScrollState>;
  readonly size: Readable<TerminalSize>;
  focus(): void;
  setLabel(label: string): void;
  setTheme(theme: ThemeName): void;
  setFontSize(pixels: number): void;
  /** Without further questions. */
  paste(text: string): void;
  selection(): string;
  /** Everything, history included; lines that were wrapped are one. */
  text(): string;
  follow(): void;
  /** What is being read; null while it follows the output. */
  place(): ScrollMark | null;
  dispose(): void;
}

const scrollback = 10_000;
/** Milliseconds after the last change of size before the program is told. */
const resizePause = 80;
/** CSS pixels that the scrollbar takes at the right. */
const scrollbarWidth = 14;
const cancel = 0x18;
/** Width of every glyph of JetBrains Mono, in ems. */
const advance = 0.6;

/** Fonts must have been loaded, and the container must be visible: cells are measured here. */
export function openTerminal(options: TerminalOptions): TerminalView {
  const { container, label, theme, fontSize } = options;
  const ends: (() => void)[] = [];
  const terminal = new Terminal({
    allowProposedApi: true,
    fontFamily: terminalFontFamily,
    fontSize,
    lineHeight: 1,
    theme: palettes[theme],
    minimumContrastRatio: 4.5,
    scrollback,
    cursorStyle: 'block',
    cursorInactiveStyle: 'outline',
    fontWeightBold: 'bold',
    macOptionIsMeta: false,
    rescaleOverlappingGlyphs: true,
    logLevel: 'off',
    linkHandler: {
      allowNonHttpProtocols: false,
      activate: (event, text) => activateLink(event, text),
    },
  });
  ends.push(() => terminal.dispose());
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = terminalUnicodeVersion;
  restrainOutput(terminal, () => lane.mayReply());
  terminal.open(container);
  ends.unshift(showWithWebgl(terminal, container));
  nameIt(label);

  const size = createStore<TerminalSize>({ cols: terminal.cols, rows: terminal.rows });
  const lock = createScrollLock(scrollPort(terminal));
  const place = keepPlace({ mark: options.place, lock, container });
  ends.push(() => place.end());
  const lane = createLaneClient({
    open: options.openLane,
    screen: screenPort(terminal, lock, { parsed: () => place.look(), measured: () => measure() }),
    now: Date.now,
    wantsLease: () => !document.hidden,
  });
  ends.push(() => lane.close());

  for (const event of [terminal.onRender, terminal.onScroll, terminal.onWriteParsed]) event(() => guard(lock.look));
  terminal.onRender(() => guard(place.look));
  terminal.onResize((next) => guard(() => size.set({ cols: next.cols, rows: next.rows })));
  const encoder = new TextEncoder();
  terminal.onData((data) => guard(() => typed(data)));
  terminal.onBinary((data) => guard(() => lane.type(Uint8Array.from(data, (char) => char.charCodeAt(0)))));
  const links = terminal.registerLinkProvider(plainLinks(terminal, activateLink));
  ends.unshift(() => links.dispose());
  ends.unshift(listenForPaste(container, pasted));
  ends.unshift(watchSize(container, measure));
  measure();
  lane.attach();

  return {
    lane,
    scroll: lock.state,
    size,
    focus: () => terminal.focus(),
    setLabel: nameIt,
    setTheme(next) {
      terminal.options.theme = palettes[next];
    },
    setFontSize(pixels) {
      terminal.options.fontSize = pixels;
      measure();
      lock.resized();
    },
    paste: (text) => terminal.paste(text),
    selection: () => terminal.getSelection(),
    text: () => wholeText(terminal),
    follow() {
      place.end();
      lock.follow();
    },
    place: () => lock.mark(),
    dispose() {
      for (const end of ends) guard(end);
    },
  };

  function nameIt(name: string): void {
    terminal.textarea?.setAttribute('aria-label', name);
    if (options.wayOut !== '') terminal.textarea?.setAttribute('aria-description', options.wayOut);
  }

  /** Reports of gaining and losing the focus are no typing: they are dropped when nobody can take them. */
  function typed(data: string): void {
    const reportsFocus = data === '\x1b[I' || data === '\x1b[O';
    if (reportsFocus && lane.state.get().lease !== 'held') return;
    lane.type(encoder.encode(data));
  }

  function measure(): void {
    roundCells(terminal, container);
    const fitting = fit(terminal, container);
    if (fitting === null) return;
    const { lease, exit } = lane.state.get();
    // A program that ended has no size; the view alone decides then.
    if (exit !== null && lease !== 'elsewhere') terminal.resize(fitting.cols, fitting.rows);
    lane.requestSize(fitting);
  }

  function pasted(text: string): void {
    const verdict = judgePaste(text, terminal.modes.bracketedPasteMode);
    if (verdict.kind === 'ask') options.askPaste(verdict);
    else terminal.paste(verdict.text);
  }

  function activateLink(event: MouseEvent, text: string): void {
    const target = openableAddress(text);
    if (target !== null && (event.ctrlKey || event.metaKey)) options.askLink(target);
  }
}

/** Runs what xterm.js calls: an exception would stop its write buffer for good, so it is reported instead. */
function guard(run: () => void): void {
  try {
    run();
  } catch (error) {
    reportError(error);
  }
}

function screenPort(
  terminal: Terminal,
  lock: ScrollLock,
  { parsed, measured }: { readonly parsed: () => void; readonly measured: () => void },
) {
  let rest: Uint8Array = new Uint8Array(0);
  let rebuilt: () => void = () => undefined;
  const write = (bytes: Uint8Array, then: () => void): void => {
    const joined = rest.length === 0 || bytes.length === 0 ? bytes : concat(rest, bytes);
    const whole = bytes.length === 0 ? 0 : wholeCharacters(joined);
    if (bytes.length > 0) rest = joined.slice(whole);
    let from = 0;
    for (; whole - from > terminalLimits.slice; from += terminalLimits.slice)
      terminal.write(joined.subarray(from, from + terminalLimits.slice));
    terminal.write(joined.subarray(from, whole), () =>
      guard(() => {
        then();
        parsed();
      }),
    );
  };
  return {
    write,
    resize({ cols, rows }: TerminalSize) {
      terminal.resize(cols, rows);
      lock.resized();
    },
    reset({ cols, rows }: TerminalSize) {
      rest = new Uint8Array(0);
      // The stream may have stopped inside a sequence; the snapshot begins outside of one.
      terminal.write(Uint8Array.of(cancel), () =>
        guard(() => {
          rebuilt = lock.rebuilding();
          terminal.reset();
          terminal.resize(cols, rows);
        }),
      );
    },
    replayed() {
      rebuilt();
      measured();
    },
  };
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

function scrollPort(terminal: Terminal) {
  const active = () => terminal.buffer.active;
  return {
    get viewport() {
      return active().viewportY;
    },
    get bottom() {
      return active().baseY;
    },
    get alternate() {
      return active().type === 'alternate';
    },
    mark: (line: number) => terminal.registerMarker(line - active().baseY - active().cursorY) ?? null,
    textOf: (line: number) => active().getLine(line)?.translateToString(true) ?? '',
    scrollTo: (line: number) => terminal.scrollToLine(line),
  };
}

/**
 * WebGL cuts the width of a cell to whole device pixels: 7.8 becomes 7, and letters stick together. A pixel more brings it to the
 * nearest whole one. The DOM renderer keeps fractions.
 */
function roundCells(terminal: Terminal, container: HTMLElement): void {
  const exact = advance * (terminal.options.fontSize ?? 13) * devicePixelRatio;
  const spacing = container.dataset['renderer'] === 'webgl' ? Math.round(exact) - Math.floor(exact) : 0;
  if (terminal.options.letterSpacing !== spacing) terminal.options.letterSpacing = spacing;
}

/** How many whole cells the container holds; null while it has no size. */
function fit(terminal: Terminal, container: HTMLElement): TerminalSize | null {
  const screen = container.querySelector('.xterm-screen')?.getBoundingClientRect();
  if (screen === undefined || screen.width === 0 || screen.height === 0) return null;
  const style = getComputedStyle(container);
  const width =
    container.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd) - scrollbarWidth;
  const height = container.clientHeight - parseFloat(style.paddingBlockStart) - parseFloat(style.paddingBlockEnd);
  const cols = Math.floor(width / (screen.width / terminal.cols));
  const rows = Math.floor(height / (screen.height / terminal.rows));
  return width <= 0 || height <= 0 ? null : { cols: clamp(cols, 2, 1000), rows: clamp(rows, 1, 1000) };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function watchSize(container: HTMLElement, changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(changed, resizePause);
  });
  observer.observe(container);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

/** Before xterm.js sees it, which would type it unasked. */
function listenForPaste(container: HTMLElement, pasted: (text: string) => void): () => void {
  const listener = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text !== '') pasted(text);
  };
  container.addEventListener('paste', listener, { capture: true });
  return () => container.removeEventListener('paste', listener, { capture: true });
}

/** The DOM renderer stays when there is no WebGL, and comes back when a context is lost. */
function showWithWebgl(terminal: Terminal, container: HTMLElement): () => void {
  let addon: WebglAddon | null = null;
  container.dataset['renderer'] = 'webgl';
  try {
    addon = new WebglAddon();
    addon.onContextLoss(() => guard(drop));
    terminal.loadAddon(addon);
  } catch {
    // No WebGL on this machine: the DOM renderer is what xterm.js has without the add-on.
    guard(drop);
  }
  return drop;

  function drop(): void {
    const canvases = [...container.querySelectorAll('canvas')];
    addon?.dispose();
    addon = null;
    container.dataset['renderer'] = 'dom';
    terminal.options.letterSpacing = 0;
    // Disposing alone does not free the context, and browsers have 16 of them for a page.
    for (const canvas of canvases) canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

function wholeText(terminal: Terminal): string {
  const buffer = terminal.buffer.active;
  const lines: string[] = [];
  for (let index = 0; index < buffer.length; index += 1) {
    const line = buffer.getLine(index);
    const text = line?.translateToString(!(buffer.getLine(index + 1)?.isWrapped ?? false)) ?? '';
    if (line?.isWrapped === true && lines.length > 0) lines.push(`${lines.pop() ?? ''}${text}`);
    else lines.push(text);
  }
  return lines.join('\n').trimEnd();
}
