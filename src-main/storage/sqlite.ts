// The only place that loads node:sqlite; everything else gets a connection or an error code from here.
import type { DatabaseSync } from 'node:sqlite';

type Sqlite = typeof import('node:sqlite');

/** Lock waits inside of one call, in milliseconds: it blocks the event loop, so the long wait is asynchronous (see write-queue). */
const busyTimeout = 10;

/** Throws an Error that says what to install when this Node has no usable node:sqlite. */
export function loadSqlite(): Sqlite {
  const sqlite = process.getBuiltinModule?.('node:sqlite');
  if (typeof sqlite?.DatabaseSync !== 'function' || typeof sqlite.backup !== 'function') {
    throw new Error(
      `Athene needs a Node with node:sqlite and its backup call (24 or newer); this is ${process.version}. Run it with the Node that Athene ships (bin/athene does).`,
    );
  }
  return sqlite;
}

/** Opens one connection. Throws BUSY when another process holds the whole file, as it does for a moment at its first start and its end. */
export function connect(path: string, access: 'read-only' | 'read-write'): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  const readOnly = access === 'read-only';
  const connection = new DatabaseSync(path, { readOnly, timeout: busyTimeout, enableForeignKeyConstraints: true });
  try {
    connection.enableDefensive?.(true);
    connection.exec('PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** The one value of a `SELECT` or `PRAGMA` that yields a single number. */
export function numberOf(connection: DatabaseSync, sql: string): number {
  const row = connection.prepare(sql).get() ?? {};
  return Number(Object.values(row)[0]);
}

// Primary result codes, the low byte of `errcode`: https://www.sqlite.org/rescode.html
const codes = { busy: [5, 6, 15], damaged: [11, 26] } as const;

/** Somebody else holds the lock (BUSY, LOCKED, PROTOCOL): worth another try. */
export const isBusy = (error: unknown): boolean => hasCode(error, codes.busy);
/** The file is no database or a broken one (CORRUPT, NOTADB). */
export const isDamage = (error: unknown): boolean => hasCode(error, codes.damaged);

function hasCode(error: unknown, wanted: readonly number[]): boolean {
  const errcode = (error as { errcode?: unknown } | null)?.errcode;
  return typeof errcode === 'number' && wanted.includes(errcode & 0xff);
}
