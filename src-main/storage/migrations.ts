// The schema, as the list of steps that lead to it. A step that was released is never edited: add one at the end.
// Steps only add (tables, columns with defaults), so that an older Athene can still read a newer database.
import type { DatabaseSync } from 'node:sqlite';
import { numberOf } from './sqlite.ts';

/** SQL of the step from version `index` to `index + 1`. */
export type Migrations = readonly string[];

/** 'ATHN', in the file's header: tells our database from any other. */
export const applicationId = 0x4154484e;

export const migrations: Migrations = [
  `
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (kind, key)
  ) STRICT;
  CREATE TABLE change_floor (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL) STRICT;
  INSERT INTO change_floor VALUES (1, 0);

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    kind TEXT NOT NULL,
    prefix TEXT NOT NULL COLLATE NOCASE,
    number INTEGER,
    record TEXT NOT NULL,
    record_version INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    UNIQUE (prefix, number)
  ) STRICT;
  CREATE UNIQUE INDEX sessions_id_whatever_the_case ON sessions (id COLLATE NOCASE);

  CREATE TABLE claims (
    project TEXT NOT NULL,
    issue TEXT NOT NULL,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    owner TEXT NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (project, issue)
  ) STRICT;
  CREATE INDEX claims_session ON claims (session);

  CREATE TABLE counters (prefix TEXT PRIMARY KEY COLLATE NOCASE, last INTEGER NOT NULL) STRICT;

  CREATE TABLE journal (
    session TEXT NOT NULL,
    position INTEGER NOT NULL,
    step TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'undoing', 'undone', 'failed')),
    undo TEXT NOT NULL,
    detail TEXT,
    started INTEGER NOT NULL,
    ended INTEGER,
    PRIMARY KEY (session, position)
  ) STRICT;

  CREATE TABLE terminals (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('agent', 'shell')),
    runtime TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('starting', 'alive', 'exited', 'lost')),
    exit TEXT,
    size TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX terminals_session ON terminals (session);

  CREATE TABLE requests (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    input TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    session TEXT,
    result TEXT NOT NULL,
    owner TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX requests_state ON requests (state, updated);

  CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('prompt', 'message')),
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivering', 'delivered', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    owner TEXT NOT NULL,
    detail TEXT,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX outbox_session ON outbox (session, position);

  CREATE TABLE marks (
    session TEXT NOT NULL,
    mark TEXT NOT NULL CHECK (mark IN ('read', 'pin', 'snooze', 'archive')),
    value TEXT NOT NULL,
    updated INTEGER NOT NULL,
    PRIMARY KEY (session, mark)
  ) STRICT;
  `,
  `
  CREATE TABLE drafts (name TEXT PRIMARY KEY, body TEXT NOT NULL, updated INTEGER NOT NULL) STRICT;
  `,
  `
  CREATE TABLE tokens (
    session TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    hash TEXT NOT NULL,
    created INTEGER NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE sessions ADD COLUMN place TEXT;
  ALTER TABLE sessions ADD COLUMN port_base INTEGER;
  ALTER TABLE sessions ADD COLUMN port_count INTEGER;
  CREATE INDEX sessions_place ON sessions (place) WHERE place IS NOT NULL;
  CREATE INDEX sessions_ports ON sessions (port_base) WHERE port_base IS NOT NULL;
  ALTER TABLE terminals ADD COLUMN label TEXT NOT NULL DEFAULT '';
  `,
  `
  CREATE TABLE spool_events (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    terminal TEXT NOT NULL,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    created INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX spool_events_session ON spool_events (session, at);

  CREATE TABLE trusts (
    agent TEXT NOT NULL,
    file TEXT NOT NULL,
    path TEXT NOT NULL,
    session TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (agent, file, path)
  ) STRICT;
  `,
  `
  ALTER TABLE outbox ADD COLUMN seen INTEGER;
  ALTER TABLE outbox ADD COLUMN anyway INTEGER NOT NULL DEFAULT 0;
  `,
  `
  CREATE TABLE kept_transcripts (
    terminal TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    role TEXT NOT NULL,
    runtime TEXT NOT NULL,
    removed INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX kept_transcripts_session ON kept_transcripts (session);
  `,
  `
  CREATE TABLE extensions (
    agent TEXT NOT NULL,
    directory TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (agent, directory)
  ) STRICT;
  `,
  `
  CREATE TABLE questions (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    terminal TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('hook', 'screen', 'both')),
    found TEXT NOT NULL,
    asked INTEGER NOT NULL,
    answering TEXT,
    closed INTEGER,
    how TEXT
  ) STRICT;
  CREATE UNIQUE INDEX questions_open ON questions (session) WHERE closed IS NULL;
  CREATE INDEX questions_session ON questions (session, asked);
  `,
  `
  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    session TEXT,
    project TEXT,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    priority TEXT NOT NULL CHECK (priority IN ('urgent', 'action', 'warning', 'info')),
    text TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_at ON events (at);
  CREATE INDEX events_session ON events (session, at);
  CREATE INDEX events_project ON events (project, at);
  CREATE INDEX events_kind ON events (kind, at);
  CREATE INDEX events_priority ON events (priority, at);
  CREATE VIRTUAL TABLE event_words USING fts5 (
    text, data, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
  );
  CREATE TRIGGER events_told AFTER INSERT ON events BEGIN
    INSERT INTO event_words (rowid, text, data) VALUES (
      new.id,
      concat_ws(' ', new.text, new.session, new.kind),
      (SELECT group_concat(atom, ' ') FROM json_tree(new.data) WHERE type = 'text')
    );
  END;
  CREATE TRIGGER events_forgotten AFTER DELETE ON events BEGIN
    DELETE FROM event_words WHERE rowid = old.id;
  END;
  `,
  `
  CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    priority TEXT NOT NULL,
    sessions TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    read INTEGER,
    cleared INTEGER,
    resolved INTEGER,
    why TEXT
  ) STRICT;
  CREATE INDEX notices_at ON notices (at);
  CREATE INDEX notices_open ON notices (at) WHERE resolved IS NULL;

  CREATE TABLE notice_deliveries (
    notice TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    notifier TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'held', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL,
    detail TEXT,
    updated INTEGER NOT NULL,
    PRIMARY KEY (notice, notifier)
  ) STRICT;
  CREATE INDEX notice_deliveries_due ON notice_deliveries (due) WHERE state IN ('pending', 'sending');

  CREATE TABLE marks_with_mute (
    session TEXT NOT NULL,
    mark TEXT NOT NULL CHECK (mark IN ('read', 'pin', 'snooze', 'archive', 'mute')),
    value TEXT NOT NULL,
    updated INTEGER NOT NULL,
    PRIMARY KEY (session, mark)
  ) STRICT;
  INSERT INTO marks_with_mute SELECT session, mark, value, updated FROM marks;
  DROP TABLE marks;
  ALTER TABLE marks_with_mute RENAME TO marks;
  `,
  `
  CREATE INDEX spool_events_terminal ON spool_events (terminal);

  CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    terminal TEXT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    refusal TEXT
  ) STRICT;
  CREATE INDEX reports_session ON reports (session, id);
  `,
  `
  CREATE TABLE waiting_line (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('spawn', 'restore')),
    session TEXT,
    project TEXT NOT NULL,
    owner TEXT NOT NULL,
    process TEXT NOT NULL,
    admitted INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE outbox ADD COLUMN typing TEXT NOT NULL DEFAULT 'none' CHECK (typing IN ('none', 'begun', 'entered'));
  UPDATE outbox SET typing = 'begun' WHERE state = 'delivering';
  `,
  `ALTER TABLE questions ADD COLUMN draws_on INTEGER NOT NULL DEFAULT 0;`,
  `
  CREATE TABLE reactions (
    session TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    updated INTEGER NOT NULL,
    PRIMARY KEY (session, key)
  ) STRICT;
  CREATE TABLE fleet_activity (id INTEGER PRIMARY KEY CHECK (id = 1), active INTEGER NOT NULL) STRICT;
  `,
  `
  CREATE TABLE pull_requests (
    project TEXT NOT NULL,
    number INTEGER NOT NULL,
    facts TEXT,
    read_at INTEGER,
    stale_since INTEGER,
    stale_why TEXT,
    updated INTEGER NOT NULL,
    PRIMARY KEY (project, number)
  ) STRICT;
  `,
  `
  ALTER TABLE reports ADD COLUMN source TEXT NOT NULL DEFAULT 'report';
  ALTER TABLE reports ADD COLUMN pull_request_number INTEGER;
  ALTER TABLE reports ADD COLUMN pull_request_url TEXT;
  ALTER TABLE reports ADD COLUMN before TEXT;
  ALTER TABLE reports ADD COLUMN after TEXT;
  `,
  `ALTER TABLE sessions ADD COLUMN seal TEXT;`,
];

/**
 * Brings the database to the newest version, all missing steps in one transaction: a new database appears whole. Another process may do
 * so at the same time. Throws BUSY when locked.
 */
export function migrate(connection: DatabaseSync, steps: Migrations): void {
  if (numberOf(connection, 'PRAGMA user_version') >= steps.length) return;
  connection.exec('BEGIN IMMEDIATE');
  try {
    // Asked again under the lock: somebody else may have been faster.
    const version = numberOf(connection, 'PRAGMA user_version');
    if (version < steps.length) {
      connection.exec(`PRAGMA application_id = ${applicationId}`);
      for (const sql of steps.slice(version)) connection.exec(sql);
      connection.exec(`PRAGMA user_version = ${steps.length}`);
    }
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
