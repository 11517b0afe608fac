// The mirror's terminal: a headless xterm that survives hostile output and never answers anything.
import xterm from '@xterm/headless';
import unicode11 from '@xterm/addon-unicode11';
import { guardHandlers } from '#shared/domain/parser-guard.ts';
import {
  clampCount,
  countedSequences,
  terminalLimits,
  terminalUnicodeVersion,
} from '#shared/domain/terminal-limits.ts';
import type { TerminalSize } from '#shared/domain/terminal.ts';
import { openCore, type Core } from './terminal-state.ts';

export interface MirrorTerminal {
  readonly core: Core;
  resize(size: TerminalSize): void;
  dispose(): void;
}

/** Lines above the screen that a mirror keeps, and so the history that a checkpoint carries. */
export const mirrorScrollback = 1000;

export function createTerminal(size: TerminalSize, scrollback: number = mirrorScrollback): MirrorTerminal {
  const terminal = new xterm.Terminal({ ...size, scrollback, allowProposedApi: true, logLevel: 'off' });
  terminal.loadAddon(new unicode11.Unicode11Addon());
  terminal.unicode.activeVersion = terminalUnicodeVersion;
  const core = openCore(terminal);
  clampCounts(core);
  refuseLongLinks(terminal);
  guardHandlers(core._inputHandler._parser);
  return {
    core,
    resize: ({ cols, rows }) => terminal.resize(cols, rows),
    dispose: () => terminal.dispose(),
  };
}

/** The later handler runs first and lets the built-in one go on with the smaller count. */
function clampCounts(core: Core): void {
  for (const { bound, ...id } of countedSequences) {
    core.registerCsiHandler(id, ({ params }) => {
      params[0] = clampCount(params[0] ?? 0, bound, core);
      return false;
    });
  }
}

function refuseLongLinks(terminal: xterm.Terminal): void {
  terminal.parser.registerOscHandler(8, (data) => data.length > terminalLimits.link);
}
