import type { ShellClient } from '../connection/shell-client.ts';
import type { Readable } from '../lib/store.ts';

/** Tells the desktop app what is in sight here, on every connection anew. Returns the way to stop. */
export function tellSight(shell: ShellClient, sight: Readable<string | null>): () => void {
  const tell = (): void => {
    if (shell.state.get().kind !== 'connected') return;
    // One that is lost is told again on the next connection; a person has nothing to do about it.
    void shell.call('window.setShown', { session: sight.get() });
  };
  const stops = [sight.subscribe(tell), shell.state.subscribe(tell)];
  tell();
  return () => {
    for (const stop of stops) stop();
  };
}
