// What kind of file stands where the database should be, found out without changing it.
import { lstatSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { faultPoint } from '../lib/fault-points.ts';
import { codeOf } from '../lib/files.ts';
import { applicationId, migrations } from './migrations.ts';
import type { Migrations } from './migrations.ts';
import { newestSchema } from './newest-schema.ts';
import { schemaAfter, schemaOf } from './schema.ts';
import { connect, isBusy, isDamage, numberOf } from './sqlite.ts';

export type Inspection =
  /** Absent, or made a moment ago and still empty. */
  | { readonly kind: 'new' }
  | { readonly kind: 'current' }
  | { readonly kind: 'older' | 'newer'; readonly version: number }
  /** `readable`: every row of every table can still be read. */
  | { readonly kind: 'damaged'; readonly readable: boolean; readonly why: string }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unusable'; readonly why: string };

/** Throws BUSY when the database is locked; every other trouble of the file is a value. */
export function inspectDatabase(path: string, steps: Migrations): Inspection {
  try {
    const shape = inspectFiles(path);
    return shape ?? inspectContent(path, steps);
  } catch (error) {
    if (isBusy(error)) throw error;
    if (isDamage(error)) return { kind: 'damaged', readable: false, why: String(error) };
    if (isSystemError(error)) return { kind: 'unusable', why: String(error) };
    throw error;
  }
}

/** Came from the system or from SQLite, not from a mistake of ours. */
export const isSystemError = (error: unknown): boolean => /^(ERR_SQLITE_ERROR|E[A-Z0-9]+)$/.test(codeOf(error));

/** The database and SQLite's files beside it must be plain files: SQLite would follow a link and wait for a FIFO. */
function inspectFiles(path: string): Inspection | null {
  let main: Inspection | null = { kind: 'new' };
  for (const suffix of ['-wal', '-shm', '-journal', '']) {
    faultPoint('fs', 'lstat');
    const stats = lstatSync(path + suffix, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    if (!stats.isFile()) return { kind: 'unusable', why: `${path}${suffix} is not a regular file` };
    // SQLite writes over whatever stands in these: a second name means that it is somebody's file as well.
    if (stats.nlink > 1 && suffix !== '')
      return { kind: 'unusable', why: `${path}${suffix} has another name elsewhere (a hard link)` };
    if (suffix === '') main = null;
  }
  return main;
}

function inspectContent(path: string, steps: Migrations): Inspection {
  faultPoint('db', 'inspect');
  const connection = connect(path, 'read-only');
  try {
    // One view for all questions: another process may be making the database at this moment.
    connection.exec('BEGIN');
    const version = numberOf(connection, 'PRAGMA user_version');
    const mark = numberOf(connection, 'PRAGMA application_id');
    if (version === 0 && mark === 0 && schemaOf(connection) === '') return { kind: 'new' };
    if (mark !== applicationId) return { kind: 'foreign' };
    if (version > steps.length) return { kind: 'newer', version };
    const hasOurTables = isExpected(schemaOf(connection), steps.slice(0, version));
    const why = hasOurTables ? brokenPages(connection) : 'its tables are not the expected ones';
    if (why !== null) return { kind: 'damaged', readable: hasOurTables && isReadable(connection), why };
    return version < steps.length ? { kind: 'older', version } : { kind: 'current' };
  } finally {
    connection.close();
  }
}

/** Null when all is whole. A row that breaks a rule of its table is no reason to give up the others. */
function brokenPages(connection: DatabaseSync): string | null {
  const rows = connection.prepare('PRAGMA quick_check(20)').all();
  const complaints = rows.map((row) => String(row['quick_check']));
  return complaints.find((text) => text !== 'ok' && !/^(CHECK|NULL value|[A-Z-]+ value)/i.test(text)) ?? null;
}

/** Is it what these steps lead to? That of the newest version is known without running them. */
const isExpected = (schema: string, steps: Migrations): boolean =>
  (steps.length === migrations.length && schema === newestSchema()) || schema === schemaAfter(steps);

function isReadable(connection: DatabaseSync): boolean {
  try {
    const tables = connection.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    );
    const names = tables.all().map((row) => String(row['name']).replaceAll('"', '""'));
    for (const name of names) connection.prepare(`SELECT * FROM "${name}"`).all();
    return true;
  } catch (error) {
    if (isBusy(error) || !isSystemError(error)) throw error;
    return false;
  }
}
