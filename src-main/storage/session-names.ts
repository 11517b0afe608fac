// Ids and names of sessions for a shell that completes a word: one glance at the file, which is opened to read and left as it is.
import { isSystemError } from './inspect-database.ts';
import { connect } from './sqlite.ts';

interface SessionName {
  readonly id: string;
  readonly name: string;
}

/** The newest first; none where the file can't be read just now. */
export function sessionNames(database: string): readonly SessionName[] {
  try {
    const connection = connect(database, 'read-only');
    try {
      const rows = connection
        .prepare(
          `SELECT id, CASE WHEN json_valid(record) THEN json_extract(record, '$.name') END AS name FROM sessions
           ORDER BY created DESC, rowid DESC LIMIT 500`,
        )
        .all();
      return rows.map(({ id, name }) => ({ id: String(id), name: String(name ?? '') }));
    } finally {
      connection.close();
    }
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}
