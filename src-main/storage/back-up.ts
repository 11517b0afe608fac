// A whole copy of the database, made by SQLite itself while others may use it. Copying the file would break its locks.
import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { faultPoint } from '../lib/fault-points.ts';
import { ensureDirectory, renameFile } from '../lib/files.ts';
import { withPatience } from './patience.ts';
import type { Patience } from './patience.ts';
import { connect, loadSqlite } from './sqlite.ts';

/** Where the backups of a database lie. */
export const backupsOf = (database: string): string => join(dirname(database), 'backups');

export interface BackUpOptions {
  readonly database: string;
  /** Of the schema; part of the copy's name. */
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly patience: Patience;
}

/** Returns the path of the copy, which is there whole or not at all. */
export async function backUp({ database, version, now, patience }: BackUpOptions): Promise<string> {
  const directory = backupsOf(database);
  ensureDirectory(directory);
  const time = new Date(now()).toISOString().replace(/\D/g, '').slice(0, 17);
  const target = join(
    directory,
    `${basename(database, '.db')}-v${version}-${time}-${randomBytes(4).toString('hex')}.db`,
  );
  faultPoint('db', 'backup');
  const source = await withPatience('to back up the database', () => connect(database, 'read-only'), patience);
  try {
    await loadSqlite().backup(source, `${target}-partial`, { rate: pagesAtOnce });
  } finally {
    source.close();
  }
  chmodSync(`${target}-partial`, 0o600);
  renameFile(`${target}-partial`, target);
  return target;
}

/** All of them: in one go the copy can't be overtaken by a writer and begin again. */
const pagesAtOnce = 0x7fffffff;
