// First processes of open terminals, and who holds them: read once per terminal, since they do not change.
import type { Belonging, ProcessRow } from '#shared/domain/process-table.ts';
import type { TerminalOrigin } from '#shared/domain/terminal-status.ts';
import type { Runtime } from '../plugins/runtimes/runtime.ts';
import type { TerminalRow } from '../storage/terminals.ts';

export function createOrigins(
  runtime: Pick<Runtime, 'origin'>,
): (terminals: readonly TerminalRow[], rows: readonly ProcessRow[]) => Pick<Belonging, 'roots' | 'keepers'> {
  let known = new Map<string, TerminalOrigin>();
  return (terminals, rows) => {
    const alive = new Set(rows.map(({ pid, startTime }) => `${pid} ${startTime}`));
    const next = new Map<string, TerminalOrigin>();
    for (const { id, state } of terminals) {
      const cached = state === 'exited' ? null : known.get(id);
      if (cached === null) continue;
      // One that is gone may have been made anew: a session in tmux is shown again under the same terminal.
      const holds = cached !== undefined && alive.has(`${cached.process.pid} ${cached.process.startTime}`);
      const origin = holds ? cached : runtime.origin(id);
      if (origin !== null) next.set(id, origin);
    }
    known = next;
    return {
      roots: [...next].map(
        ([
          terminal,
          {
            process: { pid, startTime },
          },
        ]) => ({ pid, startTime, terminal }),
      ),
      keepers: [...next.values()].map(({ keeper: { pid, startTime } }) => ({ pid, startTime })),
    };
  };
}
