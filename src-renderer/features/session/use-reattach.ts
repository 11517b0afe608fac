import { useEffect } from 'react';
import { createStore, type Readable } from '../../lib/store.ts';
import type { LaneState } from '../../terminal/lane-client.ts';
import type { TerminalView } from '../../terminal/terminal-view.ts';
import { useApp, useStore } from '../app-context.tsx';

/** Milliseconds before a lane that ended on a living connection, or was refused, is opened again. */
const pause = 1_000;

/** Opens the lane again when it was cut, as soon as there is a host; asks for control when the window comes to the front. */
export function useReattach(view: TerminalView | null): void {
  const { connection } = useApp();
  const connected = useStore(connection.state).kind === 'connected';
  const lane = useStore(view?.lane.state ?? none);
  const link = lane?.link;
  useEffect(() => {
    if (view === null || !connected || (link?.kind !== 'cut' && link?.kind !== 'refused')) return undefined;
    // The cut is often the connection's own: then the new one is fresh and nothing speaks against trying at once.
    const timer = setTimeout(() => view.lane.attach(), link.kind === 'cut' ? 50 : pause);
    return () => clearTimeout(timer);
  }, [view, connected, link]);
  useLeaseOfVisible(view);
}

/** Whoever looks controls: the lease is asked for when the window comes to the front and given back when nobody sees it. */
function useLeaseOfVisible(view: TerminalView | null): void {
  useEffect(() => {
    if (view === null) return undefined;
    const claim = (): void => {
      const { lease } = view.lane.state.get();
      if (document.hidden) view.lane.requestLease(false);
      else if (lease === 'elsewhere') view.lane.requestLease(true);
    };
    addEventListener('focus', claim);
    document.addEventListener('visibilitychange', claim);
    return () => {
      removeEventListener('focus', claim);
      document.removeEventListener('visibilitychange', claim);
    };
  }, [view]);
}

const none: Readable<LaneState | null> = createStore<LaneState | null>(null);
