// Output is data from outside: what it may make the emulator do is bounded here.
import type { Terminal } from '@xterm/xterm';
import { guardHandlers } from '#shared/domain/parser-guard.ts';
import { clampCount, countedSequences, terminalLimits } from '#shared/domain/terminal-limits.ts';

interface Parameters {
  readonly params: Int32Array;
}
type Handler = (argument?: unknown) => boolean | void | Promise<boolean>;

/** The part of xterm.js 6.0.0 that it does not publish and that is needed here; pinned, and checked when a terminal is made. */
interface Core {
  readonly cols: number;
  readonly rows: number;
  registerCsiHandler(
    id: { readonly final: string; readonly intermediates?: string },
    handler: (parameters: Parameters) => boolean,
  ): void;
  readonly _inputHandler: {
    readonly _parser: {
      readonly _csiHandlers: Record<string, Handler[]>;
      readonly _escHandlers: Record<string, Handler[]>;
      readonly _executeHandlers: Record<number, Handler>;
    };
  };
}

export function restrainOutput(terminal: Terminal, mayReply: () => boolean): void {
  const core = coreOf(terminal);
  clampCounts(core);
  silenceQueries(terminal, mayReply);
  refuseStrings(terminal);
  // Last, so that our own handlers are guarded as well.
  guardHandlers(core._inputHandler._parser);
}

function coreOf(terminal: Terminal): Core {
  const core = (terminal as unknown as { readonly _core?: Core })._core;
  if (core?._inputHandler._parser._csiHandlers === undefined)
    throw new Error('This xterm.js is not the one that was checked');
  return core;
}

/** The later handler runs first and lets the built-in one go on with the smaller count. */
function clampCounts(core: Core): void {
  for (const { bound, ...id } of countedSequences)
    core.registerCsiHandler(id, ({ params }) => {
      params[0] = clampCount(params[0] ?? 0, bound, core);
      return false;
    });
}

/** Questions that a program may ask its terminal, and that xterm.js would answer by typing. */
const queries: readonly { readonly prefix?: string; readonly intermediates?: string; readonly final: string }[] = [
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { prefix: '=', final: 'c' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
  { prefix: '>', final: 'q' },
  { prefix: '?', final: 'u' },
];
/** Palette, foreground, background, cursor and highlight colours. */
const colourQueries = [4, 10, 11, 12, 17, 19];

function silenceQueries({ parser }: Terminal, mayReply: () => boolean): void {
  for (const id of queries) parser.registerCsiHandler(id, () => !mayReply());
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, () => !mayReply());
  for (const number of colourQueries) parser.registerOscHandler(number, (data) => data.includes('?') && !mayReply());
  // Window operations report sizes and titles, and move windows: never.
  parser.registerCsiHandler({ final: 't' }, () => true);
}

function refuseStrings({ parser }: Terminal): void {
  // Titles are outside text and name nothing; the clipboard is neither read nor written by output; no notices, no progress.
  for (const number of [0, 1, 2, 9, 52, 633, 777, 1337]) parser.registerOscHandler(number, () => true);
  parser.registerOscHandler(8, (data) => data.length > terminalLimits.link);
}
