// The store over one connection: writes stand in a queue, so that only one at a time waits for the lock.
import type { DatabaseSync } from 'node:sqlite';
import { faultPoint } from '../lib/fault-points.ts';
import { ChangeWatch } from './change-watch.ts';
import { lastChange } from './changes.ts';
import { ringDoorbell } from './doorbell.ts';
import { busyError, withPatience } from './patience.ts';
import type { Patience } from './patience.ts';
import { isBusy, numberOf } from './sqlite.ts';
import { Statements } from './statements.ts';
import { StoreRefusedError } from './store.ts';
import type { ReadTransaction, Store, StoreProblem, Transaction } from './store.ts';

export interface DatabaseStoreOptions {
  readonly connection: DatabaseSync;
  readonly doorbell: string;
  readonly now: () => number;
  readonly patience: Patience;
  /** Why this process may not write at this moment; null when it may. Asked in every write transaction. */
  readonly refusal: (tx: ReadTransaction | null) => StoreProblem | null;
}

export class DatabaseStore implements Store {
  readonly #options: DatabaseStoreOptions;
  readonly #statements: Statements;
  readonly #watch: ChangeWatch;
  /** Settles, never rejects, when the last write that was asked for is through. */
  #queue: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;

  constructor(options: DatabaseStoreOptions) {
    this.#options = options;
    const { connection, doorbell, now } = options;
    this.#statements = new Statements(connection, now);
    this.#watch = new ChangeWatch({
      doorbell,
      lastChange: () => nullWhenBusy(() => this.#statements.read(lastChange)),
      dataVersion: () => nullWhenBusy(() => numberOf(connection, 'PRAGMA data_version')),
    });
  }

  async write<T>(name: string, fn: (tx: Transaction) => T): Promise<T> {
    this.#statements.refuseNesting();
    if (this.#closing !== null) throw new Error(`The store is closed (wanted: ${name})`);
    const problem = this.#options.refusal(null);
    if (problem !== null) throw new StoreRefusedError(problem);
    const turn = this.#queue.then(() => this.#writeNow(name, fn));
    this.#queue = turn.catch(() => {
      // Whoever asked for that write gets the error; the next in the queue has nothing to do with it.
    });
    return turn;
  }

  read<T>(fn: (tx: ReadTransaction) => T): T {
    try {
      return this.#statements.read(fn);
    } catch (error) {
      throw isBusy(error) ? busyError('to read', 0, error) : error;
    }
  }

  onChange(listener: () => void): () => void {
    return this.#watch.onChange(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#queue.then(() => {
      this.#watch.close();
      this.#options.connection.close();
    });
    return this.#closing;
  }

  async #writeNow<T>(name: string, fn: (tx: Transaction) => T): Promise<T> {
    faultPoint('db', name);
    let changed = false;
    const transaction = (tx: Transaction): T => {
      const problem = this.#options.refusal(tx);
      if (problem !== null) throw new StoreRefusedError(problem);
      const before = lastChange(tx);
      const result = fn(tx);
      changed = lastChange(tx) !== before;
      return result;
    };
    const commit = () => faultPoint('db', `${name}: commit`);
    const result = await withPatience(name, () => this.#statements.write(transaction, commit), this.#options.patience);
    if (changed) {
      ringDoorbell(this.#options.doorbell);
      this.#watch.suspect();
    }
    return result;
  }
}

function nullWhenBusy<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (isBusy(error)) return null;
    throw error;
  }
}
