// A terminal as plain text: what a person sees, and the lines that have scrolled away.
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import type { Replica } from './replica.ts';
import type { ScreenBuffer } from './terminal-state.ts';

/** The cursor stays on the screen, also where the next character would wrap. */
export function readScreen(replica: Replica): TerminalScreen {
  const { active, alt } = replica.core._bufferService.buffers;
  return {
    size: replica.size,
    rows: Array.from({ length: replica.core.rows }, (_, row) => rowText(active, active.ybase + row).trimEnd()),
    cursor: { row: active.y, col: Math.min(active.x, replica.core.cols - 1) },
    alternate: active === alt,
    bracketedPaste: replica.core.coreService.decPrivateModes.bracketedPasteMode,
    offset: replica.offset,
  };
}

/** The last lines of history and screen, lines that wrapped put together again; on the alternate screen just what it shows. */
export function readOutput(replica: Replica, lines: number): string {
  const { active } = replica.core._bufferService.buffers;
  const whole: string[] = [];
  for (let index = 0; index < active.lines.length; index += 1) {
    if (active.lines.get(index)?.isWrapped === true && whole.length > 0)
      whole.push(`${whole.pop()}${rowText(active, index)}`);
    else whole.push(rowText(active, index));
  }
  const trimmed = whole.map((line) => line.trimEnd());
  while (trimmed.at(-1) === '') trimmed.pop();
  return trimmed.slice(Math.max(trimmed.length - lines, 0)).join('\n');
}

const rowText = (buffer: ScreenBuffer, index: number): string => buffer.lines.get(index)?.translateToString(true) ?? '';
