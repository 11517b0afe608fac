// Output is data from outside: what it may make the emulator do is bounded here.
import type { Terminal } from '@xterm/xterm';
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
  guardHandlers(core);
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

/** An exception in a handler would wedge the write buffer for good: the sequence's effect is lost instead. */
function guardHandlers({ _inputHandler: { _parser: parser } }: Core): void {
  const guarded =
    (handler: Handler): Handler =>
    (argument) => {
      try {
        return handler(argument);
      } catch {
        // Whatever one sequence breaks in the emulator, the next one must still be parsed.
        return true;
      }
    };
  for (const handlers of [...Object.values(parser._csiHandlers), ...Object.values(parser._escHandlers)])
    for (const [index, handler] of handlers.entries()) handlers[index] = guarded(handler);
  for (const [code, handler] of Object.entries(parser._executeHandlers))
    parser._executeHandlers[Number(code)] = guarded(handler);
}
