// What a database says of its own tables, as one text that can be compared.
import type { DatabaseSync } from 'node:sqlite';
import { migrate, type Migrations } from './migrations.ts';
import { connect } from './sqlite.ts';

/** Without the tables that a full-text index keeps beneath itself: how those look is SQLite's affair, and may differ from one to the next. */
export const schemaOf = (connection: DatabaseSync): string =>
  connection
    .prepare(
      `SELECT name || ' ' || coalesce(sql, '') AS text FROM sqlite_schema
       WHERE name NOT LIKE 'sqlite_stat%' AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
       ORDER BY name`,
    )
    .all()
    .map((row) => String(row['text']))
    .join('\n');

/** Takes all steps, in memory. */
export function schemaAfter(steps: Migrations): string {
  const model = connect(':memory:', 'read-write');
  try {
    migrate(model, steps);
    return schemaOf(model);
  } finally {
    model.close();
  }
}
