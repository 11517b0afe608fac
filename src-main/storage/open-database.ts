// Opens athene.db, or finds out why not. Whatever stands in the home, the result is a store that Athene can open with.
import { chmodSync, lstatSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { dirname } from 'node:path';
import { assertNever } from '#shared/lib/assert-never.ts';
import { faultPoint } from '../lib/fault-points.ts';
import { ensureDirectory } from '../lib/files.ts';
import { backUp, backupsOf } from './back-up.ts';
import { DatabaseStore } from './database-store.ts';
import { inspectDatabase, isSystemError } from './inspect-database.ts';
import type { Inspection } from './inspect-database.ts';
import { migrate, migrations } from './migrations.ts';
import type { Migrations } from './migrations.ts';
import { busyError, withPatience } from './patience.ts';
import type { Patience } from './patience.ts';
import { connect, isBusy, loadSqlite } from './sqlite.ts';
import type { OpenedStore, ReadTransaction, StoreProblem } from './store.ts';

export interface StoreOptions {
  /** Absolute path of athene.db; its directory is made, and closed to others. */
  readonly database: string;
  /** Absolute path; its directory must be there. */
  readonly doorbell: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly random?: () => number;
  /** Milliseconds that a write waits for a lock; 30 s. */
  readonly patience?: number;
  readonly migrations?: Migrations;
}

/** Throws StoreBusyError when the database stays locked, and an Error on a Node without node:sqlite; else there is a store. */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  loadSqlite();
  const opening: Opening = {
    database: options.database,
    doorbell: options.doorbell,
    now: options.now ?? Date.now,
    patience: { limit: options.patience ?? 30_000, random: options.random ?? Math.random },
    steps: options.migrations ?? migrations,
  };
  try {
    ensureDirectory(dirname(opening.database));
    const look = () => inspectDatabase(opening.database, opening.steps);
    return await openInspected(opening, await withPatience('to open the database', look, opening.patience));
  } catch (error) {
    if (isBusy(error)) throw busyError('to open the database', 0, error);
    if (!isSystemError(error)) throw error;
    return openEmpty(opening, unusable(opening.database, String(error)));
  }
}

interface Opening {
  readonly database: string;
  readonly doorbell: string;
  readonly now: () => number;
  readonly patience: Patience;
  readonly steps: Migrations;
}

async function openInspected(opening: Opening, found: Inspection): Promise<OpenedStore> {
  const { database } = opening;
  switch (found.kind) {
    case 'new':
    case 'current':
      return openForWriting(opening);
    case 'older':
      await backUp({ ...opening, version: found.version });
      return openForWriting(opening);
    case 'newer':
      return openForReading(opening, newer(database, found.version));
    case 'damaged':
      return found.readable
        ? openForReading(opening, damaged(database, found.why))
        : openEmpty(opening, damaged(database, found.why));
    case 'foreign':
      return openEmpty(opening, foreign(database));
    case 'unusable':
      return openEmpty(opening, unusable(database, found.why));
    default:
      return assertNever(found);
  }
}

async function openForWriting(opening: Opening): Promise<OpenedStore> {
  const { database, steps, patience } = opening;
  faultPoint('db', 'open');
  const connection = await withPatience('to open the database', () => connectPrepared(database, steps), patience);
  const refusal = (tx: ReadTransaction | null): StoreProblem | null => {
    const version = tx?.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
    return version > steps.length ? newer(database, version) : null;
  };
  return { access: 'full', store: new DatabaseStore({ ...opening, connection, refusal }), problem: null };
}

/** Idempotent, so that it can be tried again while somebody else does the same. Throws BUSY. */
function connectPrepared(database: string, steps: Migrations): DatabaseSync {
  const connection = connect(database, 'read-write');
  try {
    // Before SQLite makes its files beside it: they take over the mode of this one.
    for (const suffix of ['', '-wal', '-shm']) closeToOthers(database + suffix);
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216');
    migrate(connection, steps);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** By path only: opening and closing a descriptor of these files would drop the locks that this process has on them. */
function closeToOthers(path: string): void {
  if (process.platform === 'win32') return;
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && (stats.mode & 0o077) !== 0) chmodSync(path, 0o600);
}

async function openForReading(opening: Opening, problem: StoreProblem): Promise<OpenedStore> {
  faultPoint('db', 'open read-only');
  const { database, patience } = opening;
  const connection = await withPatience('to open the database', () => connect(database, 'read-only'), patience);
  return { access: 'read-only', store: new DatabaseStore({ ...opening, connection, refusal: () => problem }), problem };
}

function openEmpty(opening: Opening, problem: StoreProblem): OpenedStore {
  const connection = connect(':memory:', 'read-write');
  migrate(connection, migrations);
  return { access: 'safe-mode', store: new DatabaseStore({ ...opening, connection, refusal: () => problem }), problem };
}

const kept = 'The file was left exactly as it is. Agents that run go on, worktrees are untouched.';

const newer = (database: string, version: number): StoreProblem => ({
  code: 'database-newer',
  what: `The database was made by a newer Athene (schema ${version}): this one can read it but must not write.`,
  kept,
  todo: 'Update this Athene, or use the newer one.',
  details: database,
});

const damaged = (database: string, why: string): StoreProblem => ({
  code: 'database-damaged',
  what: `The database ${database} is damaged.`,
  kept,
  todo: `Copy it, with the files beside it, to a safe place; then put back a backup (${backupsOf(database)}), or move it away to begin with an empty one.`,
  details: why,
});

const foreign = (database: string): StoreProblem => ({
  code: 'database-foreign',
  what: `${database} is a database, but not one of Athene's.`,
  kept,
  todo: 'Move it away, or set ATHENE_HOME to another directory.',
});

const unusable = (database: string, why: string): StoreProblem => ({
  code: 'database-unusable',
  what: `The database ${database} could not be opened.`,
  kept,
  todo: 'Check that it is a plain file of yours on a disk with free space, then start Athene again.',
  details: why,
});
