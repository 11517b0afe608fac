// Terminals of sessions that were removed: what they printed stays for a while, and this says whose it was.
import { recordChange } from './changes.ts';
import type { ReadTransaction, Transaction } from './store.ts';
import type { TerminalRow } from './terminals.ts';

export interface KeptTranscript {
  readonly terminal: string;
  readonly session: string;
  readonly role: TerminalRow['role'];
  readonly runtime: string;
  /** When its session was removed; milliseconds since the epoch. */
  readonly removed: number;
}

export function keepTranscript(tx: Transaction, { id, session, role, runtime }: TerminalRow): void {
  tx.run(
    'INSERT OR REPLACE INTO kept_transcripts (terminal, session, role, runtime, removed) VALUES (?, ?, ?, ?, ?)',
    ...[id, session, role, runtime, tx.now],
  );
  recordChange(tx, 'terminal', session);
}

/** Those of one session, or all; oldest first. */
export const listKeptTranscripts = (tx: ReadTransaction, session: string | null = null): readonly KeptTranscript[] =>
  tx.all<KeptTranscript>(
    'SELECT * FROM kept_transcripts WHERE ?1 IS NULL OR session = ?1 ORDER BY removed, terminal',
    session,
  );

export const getKeptTranscript = (tx: ReadTransaction, terminal: string): KeptTranscript | null =>
  tx.get<KeptTranscript>('SELECT * FROM kept_transcripts WHERE terminal = ?', terminal) ?? null;

export const forgetKeptTranscript = (tx: Transaction, terminal: string): void =>
  void tx.run('DELETE FROM kept_transcripts WHERE terminal = ?', terminal);
