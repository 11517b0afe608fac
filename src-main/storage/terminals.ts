// A row per terminal that was ever asked for: which session it belongs to and what its runtime last said of it.
import { terminalExitSchema, terminalSizeSchema } from '#shared/domain/terminal.ts';
import type { TerminalExit, TerminalSize } from '#shared/domain/terminal.ts';
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export type TerminalState = 'starting' | 'alive' | 'exited' | 'lost';

export interface TerminalRow {
  /** UUIDv7. */
  readonly id: string;
  readonly session: string;
  readonly role: 'agent' | 'shell';
  /** What a shell is for: `run` is the project's run command; empty for one to type in, and for agents. */
  readonly label: string;
  /** Name of the runtime that has it. */
  readonly runtime: string;
  readonly state: TerminalState;
  readonly exit: TerminalExit | null;
  readonly size: TerminalSize;
  readonly created: number;
  readonly updated: number;
}

type Row = Omit<TerminalRow, 'exit' | 'size'> & { readonly exit: string | null; readonly size: string };

/** What a terminal is taken to have when its row's size can't be read. */
const usualSize: TerminalSize = { cols: 80, rows: 24 };

export function insertTerminal(
  tx: Transaction,
  terminal: Omit<TerminalRow, 'label' | 'exit' | 'created' | 'updated'> & { readonly label?: string },
): void {
  const { id, session, role, label = '', runtime, state, size } = terminal;
  tx.run(
    `INSERT INTO terminals (id, session, role, label, runtime, state, size, created, updated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, session, role, label, runtime, state, toJson(size), tx.now, tx.now],
  );
  recordChange(tx, 'terminal', session);
}

/** Ids of sessions whose agent's terminal has not ended, as far as is known. */
export const listOpenAgents = (tx: ReadTransaction): readonly string[] =>
  tx
    .all<{ session: string }>(
      "SELECT DISTINCT session FROM terminals WHERE role = 'agent' AND state IN ('starting', 'alive', 'lost')",
    )
    .map(({ session }) => session);

/** Sets what is given and leaves the rest. False when there is none, or nothing would change. */
export function updateTerminal(
  tx: Transaction,
  id: string,
  next: { readonly state?: TerminalState; readonly exit?: TerminalExit | null; readonly size?: TerminalSize },
): boolean {
  const row = getTerminal(tx, id);
  if (row === null) return false;
  const { state, exit, size } = { ...row, ...next };
  if (toJson([state, exit, size]) === toJson([row.state, row.exit, row.size])) return false;
  tx.run(
    'UPDATE terminals SET state = ?, exit = ?, size = ?, updated = ? WHERE id = ?',
    ...[state, exit === null ? null : toJson(exit), toJson(size), tx.now, id],
  );
  recordChange(tx, 'terminal', row.session);
  return true;
}

export function getTerminal(tx: ReadTransaction, id: string): TerminalRow | null {
  const row = tx.get<Row>('SELECT * FROM terminals WHERE id = ?', id);
  return row === undefined ? null : readRow(row);
}

/** Those of one session, or all; oldest first. */
export function listTerminals(tx: ReadTransaction, session: string | null = null): readonly TerminalRow[] {
  return tx
    .all<Row>('SELECT * FROM terminals WHERE ?1 IS NULL OR session = ?1 ORDER BY created, id', session)
    .map(readRow);
}

export function deleteTerminal(tx: Transaction, id: string): boolean {
  const row = getTerminal(tx, id);
  if (row === null) return false;
  tx.run('DELETE FROM terminals WHERE id = ?', id);
  recordChange(tx, 'terminal', row.session);
  return true;
}

const readRow = (row: Row): TerminalRow => ({
  ...row,
  exit: terminalExitSchema.safeParse(fromJson(row.exit)).data ?? null,
  size: terminalSizeSchema.safeParse(fromJson(row.size)).data ?? usualSize,
});
