// One connection with its prepared statements, and the transactions over it.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ReadTransaction, Transaction, Value } from './store.ts';

export class Statements {
  readonly #connection: DatabaseSync;
  readonly #now: () => number;
  readonly #prepared = new Map<string, StatementSync>();
  #inTransaction = false;

  constructor(connection: DatabaseSync, now: () => number) {
    this.#connection = connection;
    this.#now = now;
  }

  /** Runs `fn` in a read transaction; a write in it is an error. */
  read<T>(fn: (tx: ReadTransaction) => T): T {
    this.refuseNesting();
    this.#prepare('PRAGMA query_only = ON').run();
    try {
      return this.#within('BEGIN', 'COMMIT', fn);
    } finally {
      this.#prepare('PRAGMA query_only = OFF').run();
    }
  }

  /** Takes the write lock (throws BUSY at once, more or less), runs `fn`, calls `beforeCommit`, commits; rolls back on any error. */
  write<T>(fn: (tx: Transaction) => T, beforeCommit: () => void): T {
    this.refuseNesting();
    return this.#within('BEGIN IMMEDIATE', 'COMMIT', (tx) => {
      const result = fn(tx);
      refusePromise(result);
      beforeCommit();
      return result;
    });
  }

  /** Throws inside of a transaction. */
  refuseNesting(): void {
    if (this.#inTransaction)
      throw new Error('The store is used inside one of its own transactions; pass tx on instead');
  }

  #within<T>(begin: string, commit: string, fn: (tx: Transaction) => T): T {
    this.#prepare(begin).run();
    this.#inTransaction = true;
    const tx = new OpenTransaction((sql) => this.#prepare(sql), this.#now());
    try {
      const result = fn(tx);
      refusePromise(result);
      this.#prepare(commit).run();
      return result;
    } catch (error) {
      this.#rollBack(error);
      throw error;
    } finally {
      tx.end();
      this.#inTransaction = false;
    }
  }

  #rollBack(reason: unknown): void {
    // SQLite has rolled back by itself after some errors (full disk, I/O), and then ROLLBACK would fail.
    if (!this.#connection.isTransaction) return;
    try {
      this.#prepare('ROLLBACK').run();
    } catch (error) {
      throw new AggregateError([reason, error], 'Could not roll back', { cause: error });
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

class OpenTransaction implements Transaction {
  readonly now: number;
  readonly #prepare: (sql: string) => StatementSync;
  #open = true;

  constructor(prepare: (sql: string) => StatementSync, now: number) {
    this.#prepare = prepare;
    this.now = now;
  }

  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  run(sql: string, ...values: Value[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  end(): void {
    this.#open = false;
  }

  #statement(sql: string): StatementSync {
    if (!this.#open) throw new Error('The transaction has ended already: nothing in it may wait');
    return this.#prepare(sql);
  }
}

function refusePromise(result: unknown): void {
  if (typeof (result as PromiseLike<unknown> | null)?.then !== 'function') return;
  // Its own failure, if any, is of no interest beside this one.
  void Promise.resolve(result).catch(() => {});
  throw new TypeError('A transaction must not wait: its function returned a promise');
}
