import { useEffect, useMemo } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { ledgerOf, type LedgerEntry } from '../../state/ledger.ts';
import { createLedgerFeed } from '../../state/ledger-feed.ts';
import { useApp, useStore } from '../app-context.tsx';

export interface ShownLedger {
  /** Newest first; null until they are known. */
  readonly entries: readonly LedgerEntry[] | null;
  readonly problem: string | null;
  /** Null: there are no earlier ones. */
  readonly showEarlier: (() => void) | null;
}

/** It goes on by itself while it is shown: what is told of sessions changes them, and what of nobody else is told of its coordinator. */
export function useLedger(root: SessionView): ShownLedger {
  const { connection, sessions: store } = useApp();
  const sessions = useStore(store);
  const { id, kind, project } = root;
  const feed = useMemo(
    () => createLedgerFeed(connection, kind === 'meta-orchestrator' ? null : project),
    [connection, kind, project],
  );
  useEffect(() => {
    const look = (): void => void feed.look();
    const listener = { onSnapshot: look, onChange: look, onEnd: () => undefined };
    const stops = [connection.follow('lastEvent', { session: id }, listener, () => undefined), store.subscribe(look)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [connection, store, feed, id]);
  const { events, next, problem } = useStore(feed.state);
  const entries = useMemo(
    () => (events === null || sessions === null ? null : ledgerOf(root, events, sessions)),
    [root, events, sessions],
  );
  return { entries, problem, showEarlier: next === null ? null : () => void feed.showEarlier() };
}
