// How far a list of steps has come, written so that any process can finish or undo it.
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export type JournalState = 'running' | 'done' | 'undoing' | 'undone' | 'failed';

export interface JournalStep {
  readonly session: string;
  /** From 0, in the order of running. */
  readonly position: number;
  readonly step: string;
  readonly state: JournalState;
  /** What its undo needs, as JSON gave it back: validate before use. */
  readonly undo: unknown;
  /** Last line that the step reported, or why it failed. */
  readonly detail: string | null;
  readonly started: number;
  readonly ended: number | null;
}

export interface StepKey {
  readonly session: string;
  readonly position: number;
}

type Row = Omit<JournalStep, 'undo'> & { readonly undo: string };

/** Written before the step acts. `undo` is what is known by then of how to take it back. Returns where it stands. */
export function startStep(tx: Transaction, begun: { session: string; step: string; undo?: unknown }): StepKey {
  const { session, step, undo } = begun;
  const row = tx.get<{ position: number }>(
    `INSERT INTO journal (session, position, step, state, undo, started)
     VALUES (?1, (SELECT coalesce(max(position), -1) + 1 FROM journal WHERE session = ?1), ?2, 'running', ?3, ?4)
     RETURNING position`,
    ...[session, step, toJson(undo), tx.now],
  );
  if (row === undefined) throw new Error(`No position came back for ${step} of ${session}`);
  recordChange(tx, 'journal', session);
  return { session, position: row.position };
}

/** The step did its work; `undo` replaces what startStep knew. */
export function finishStep(tx: Transaction, key: StepKey, done: { undo?: unknown; detail?: string | null } = {}): void {
  if ('undo' in done) setUndo(tx, key, done.undo);
  setState(tx, key, { state: 'done', detail: done.detail ?? null, ended: tx.now });
}

/** Keeps what the undo needs up to date while the step runs. */
export function setUndo(tx: Transaction, key: StepKey, undo: unknown): void {
  tx.run('UPDATE journal SET undo = ? WHERE session = ? AND position = ?', toJson(undo), key.session, key.position);
}

/** A line of progress of the step that runs. */
export function setDetail(tx: Transaction, key: StepKey, detail: string): void {
  const changed = tx.run(
    "UPDATE journal SET detail = ? WHERE session = ? AND position = ? AND state = 'running'",
    ...[detail, key.session, key.position],
  );
  if (changed > 0) recordChange(tx, 'journal', key.session);
}

export const markUndoing = (tx: Transaction, key: StepKey): void =>
  setState(tx, key, { state: 'undoing', detail: null, ended: null });

export const markUndone = (tx: Transaction, key: StepKey): void =>
  setState(tx, key, { state: 'undone', detail: null, ended: tx.now });

/** The step, or its undo, failed: `detail` says what of it is left. */
export const markFailed = (tx: Transaction, key: StepKey, detail: string): void =>
  setState(tx, key, { state: 'failed', detail, ended: tx.now });

/** Steps in the order of running. */
export const listJournal = (tx: ReadTransaction, session: string): readonly JournalStep[] =>
  tx.all<Row>('SELECT * FROM journal WHERE session = ? ORDER BY position', session).map(readRow);

/** Sessions whose journal is not at rest: something runs, or is being undone, or a process died in the middle. */
export const unfinishedJournals = (tx: ReadTransaction): readonly string[] =>
  tx
    .all<{ session: string }>(
      "SELECT DISTINCT session FROM journal WHERE state IN ('running', 'undoing') ORDER BY session",
    )
    .map(({ session }) => session);

export function deleteJournal(tx: Transaction, session: string): void {
  if (tx.run('DELETE FROM journal WHERE session = ?', session) > 0) recordChange(tx, 'journal', session);
}

function setState(
  tx: Transaction,
  key: StepKey,
  next: { readonly state: JournalState; readonly detail: string | null; readonly ended: number | null },
): void {
  const changed = tx.run(
    'UPDATE journal SET state = ?, detail = coalesce(?, detail), ended = ? WHERE session = ? AND position = ?',
    ...[next.state, next.detail, next.ended, key.session, key.position],
  );
  if (changed === 0) throw new Error(`There is no step ${key.position} in the journal of ${key.session}`);
  recordChange(tx, 'journal', key.session);
}

const readRow = (row: Row): JournalStep => ({ ...row, undo: fromJson(row.undo) });
