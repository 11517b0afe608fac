// What is remembered of reactions: a row for each that was triggered, of one session, and what is remembered for the whole home.
import { z } from 'zod';
import { reactionKeySchema } from '#shared/domain/reaction-rule.ts';
import type { SessionReactionKey } from '#shared/domain/reaction.ts';
import { reactionStateSchema, type ReactionState } from '#shared/domain/reaction-state.ts';
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export interface StoredReaction {
  readonly session: string;
  readonly key: SessionReactionKey;
  readonly state: ReactionState;
}

interface Row {
  readonly session: string;
  readonly key: string;
  readonly state: string;
}

/** One that can't be read is as if it had not been triggered. */
export const listReactions = (tx: ReadTransaction, session: string | null = null): readonly StoredReaction[] =>
  tx
    .all<Row>(
      'SELECT session, key, state FROM reactions WHERE ?1 IS NULL OR session = ?1 ORDER BY session, key',
      session,
    )
    .flatMap((row) => {
      const key = reactionKeySchema.exclude(['all-complete']).safeParse(row.key);
      const state = reactionStateSchema.safeParse(fromJson(row.state));
      return key.success && state.success ? [{ session: row.session, key: key.data, state: state.data }] : [];
    });

/** @param state null: it is forgotten */
export const putReaction = (
  tx: Transaction,
  { session, key }: Pick<StoredReaction, 'session' | 'key'>,
  state: ReactionState | null,
): void => put(tx, session, key, state);

const cleanupKey = 'merge-cleanup';
const cleanupSchema = z.object({
  /** Since when it waits for its agent to rest. */
  since: z.int().nonnegative(),
  /** Why it was left alone when it was last tried, and when that was; null: it was not tried. */
  left: z.object({ at: z.int().nonnegative(), why: z.string() }).nullable(),
});
/** A session whose pull request is merged, on its way out. */
export type PendingCleanup = z.infer<typeof cleanupSchema>;

export const listPendingCleanups = (tx: ReadTransaction): ReadonlyMap<string, PendingCleanup> =>
  new Map(
    tx.all<Row>('SELECT session, key, state FROM reactions WHERE key = ?', cleanupKey).flatMap(({ session, state }) => {
      const read = cleanupSchema.safeParse(fromJson(state));
      return read.success ? [[session, read.data] as const] : [];
    }),
  );

export const putPendingCleanup = (tx: Transaction, session: string, pending: PendingCleanup | null): void =>
  put(tx, session, cleanupKey, pending);

function put(tx: Transaction, session: string, key: string, state: unknown): void {
  if (state === null) tx.run('DELETE FROM reactions WHERE session = ? AND key = ?', session, key);
  else
    tx.run(
      `INSERT INTO reactions (session, key, state, updated) VALUES (?, ?, ?, ?)
       ON CONFLICT (session, key) DO UPDATE SET state = excluded.state, updated = excluded.updated`,
      ...[session, key, toJson(state), tx.now],
    );
  recordChange(tx, 'reaction', session);
}

export function deleteReactionsOf(tx: Transaction, session: string): void {
  if (tx.run('DELETE FROM reactions WHERE session = ?', session) > 0) recordChange(tx, 'reaction', session);
}

/** Null: nobody has looked yet. */
export const wasAnyActive = (tx: ReadTransaction): boolean | null => {
  const row = tx.get<{ active: number }>('SELECT active FROM fleet_activity');
  return row === undefined ? null : row.active === 1;
};

export function noteActive(tx: Transaction, active: boolean): void {
  tx.run(
    'INSERT INTO fleet_activity (id, active) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET active = excluded.active',
    active ? 1 : 0,
  );
}
