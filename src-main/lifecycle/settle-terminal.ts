// Writes down what became of a terminal, in its row and in the record of its session.
import { isSpawnTerminal, withAgentExited, withRuntimeFound, withRuntimeLost } from '#shared/domain/lifecycle.ts';
import { notEscalated, type SessionRecord } from '#shared/domain/session.ts';
import type { TerminalExit } from '#shared/domain/terminal.ts';
import type { TerminalProbe, TerminalStatus } from '#shared/domain/terminal-status.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { changeSession } from '../sessions/session-record.ts';
import { updateTerminal, type TerminalRow } from '../storage/terminals.ts';

type Dependencies = Pick<SessionDependencies, 'store' | 'now'>;

/** Brings one stored terminal in line with what can be known of it. */
export async function settleTerminal(
  dependencies: Dependencies,
  row: TerminalRow,
  { status, probe }: { readonly status: TerminalStatus | undefined; readonly probe: TerminalProbe | undefined },
): Promise<'settled' | 'in-doubt'> {
  const exit = status?.exit ?? (probe?.kind === 'ended' ? probe.exit : null);
  if (exit !== null) await recordExit(dependencies, { terminal: row.id, session: row.session }, exit);
  else if (status !== undefined) await recordFound(dependencies, row);
  else if (probe?.kind === 'ended') await recordLost(dependencies, row);
  else return 'in-doubt';
  return 'settled';
}

export async function recordExit(
  dependencies: Dependencies,
  { terminal, session }: { readonly terminal: string; readonly session: string },
  exit: TerminalExit,
): Promise<void> {
  await dependencies.store.write('terminals: exit', (tx) => updateTerminal(tx, terminal, { state: 'exited', exit }));
  await changeSession(dependencies, 'exited', session, (record, now) =>
    isItsAgent(record, terminal) ? { ...record, exit, lifecycle: withAgentExited(record.lifecycle, now) } : record,
  );
}

async function recordFound(dependencies: Dependencies, row: TerminalRow): Promise<void> {
  if (row.state !== 'lost') return;
  await dependencies.store.write('terminals: found', (tx) => updateTerminal(tx, row.id, { state: 'alive' }));
  await changeSession(dependencies, 'found', row.session, (record, now) =>
    isItsAgent(record, row.id)
      ? { ...record, ...notEscalated, lifecycle: withRuntimeFound(record.lifecycle, now) }
      : record,
  );
}

/** Its process is gone and nobody saw how: shown as lost, and still in possession of its issue. */
async function recordLost(dependencies: Dependencies, row: TerminalRow): Promise<void> {
  if (row.state === 'lost') return;
  await dependencies.store.write('terminals: lost', (tx) => updateTerminal(tx, row.id, { state: 'lost' }));
  await changeSession(dependencies, 'lost', row.session, (record, now) =>
    isItsAgent(record, row.id) ? { ...record, lifecycle: withRuntimeLost(record.lifecycle, now) } : record,
  );
}

const isItsAgent = (record: SessionRecord, terminal: string): boolean =>
  record.terminal === terminal &&
  !isSpawnTerminal(record.lifecycle) &&
  record.lifecycle.session.state !== 'not_started';
