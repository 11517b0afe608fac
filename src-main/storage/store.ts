// What the rest of the host knows of the database: transactions, changes, and how they fail.
import type { Problem } from '#shared/domain/problem.ts';

/** Values that a column holds; everything else is stored as JSON text. */
export type Value = string | number | null;

export interface ReadTransaction {
  /** Milliseconds since the epoch, the same for the whole transaction. */
  readonly now: number;
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
}

export interface Transaction extends ReadTransaction {
  /** Runs a statement; returns how many rows it changed. */
  run(sql: string, ...values: Value[]): number;
}

export interface Store {
  /**
   * BEGIN IMMEDIATE … COMMIT around a synchronous function; asynchronous jittered retry while the database is locked, up to
   * 30 s, then throws StoreBusyError. Rings the doorbell after the commit when something changed. `fn` must not await, and must
   * not use the store again. Throws StoreRefusedError when this process may not write.
   */
  write<T>(name: string, fn: (tx: Transaction) => T): Promise<T>;
  /** One consistent view of the database; the same rules for `fn`. Throws StoreBusyError when it cannot be had within milliseconds. */
  read<T>(fn: (tx: ReadTransaction) => T): T;
  /** Reports that `changes` has grown, from this or any other process; carries nothing. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Waits for the writes that were asked for already. Idempotent. */
  close(): Promise<void>;
}

export type StoreProblem = Problem<'database-newer' | 'database-damaged' | 'database-foreign' | 'database-unusable'>;

/**
 * There is always a store, so that Athene can always open. `full`: all is well. `read-only`: made by a newer Athene, or damaged in a way
 * that leaves it readable. `safe-mode`: the file could not be used and was left as it is; the store is empty, and its emptiness says nothing
 * about what runs or exists: nothing may be ended or removed because of it.
 */
export type OpenedStore =
  | { readonly access: 'full'; readonly store: Store; readonly problem: null }
  | { readonly access: 'read-only' | 'safe-mode'; readonly store: Store; readonly problem: StoreProblem };

/** Another process held the database for all of the time that there was. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
}

/** This process may not write; `problem` says why, for a person. */
export class StoreRefusedError extends Error {
  override readonly name = 'StoreRefusedError';
  readonly problem: StoreProblem;

  constructor(problem: StoreProblem) {
    super([problem.what, problem.kept, problem.todo].filter((part) => part !== undefined).join(' '));
    this.problem = problem;
  }
}
