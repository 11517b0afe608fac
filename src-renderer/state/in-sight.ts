// Tells the desktop app which session this window shows, so that nobody is notified of what they see.
import type { ShellClient } from '../connection/shell-client.ts';
import type { ViewState } from './view.ts';
import { sessionInSight, type Windows } from './windows.ts';

/** Returns the way to stop. */
export function tellInSight({
  shell,
  view,
  windows,
  page = document,
}: {
  readonly shell: ShellClient;
  readonly view: ViewState;
  readonly windows: Windows;
  readonly page?: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
}): () => void {
  let told: string | null | undefined;
  const tell = (): void => {
    const session = sessionInSight({
      view: view.get(),
      self: windows.self.get(),
      all: windows.all.get(),
      hidden: page.hidden,
    });
    if (session === told || shell.state.get().kind !== 'connected') return;
    told = session;
    // Not told is told again on the next connection; nothing else can be done about it here.
    void shell.call('window.setShown', { session });
  };
  const tellAnew = (): void => {
    told = undefined;
    tell();
  };
  const stops = [
    view.subscribe(tell),
    windows.self.subscribe(tell),
    windows.all.subscribe(tell),
    shell.state.subscribe(tellAnew),
  ];
  page.addEventListener('visibilitychange', tell);
  tell();
  return () => {
    for (const stop of stops) stop();
    page.removeEventListener('visibilitychange', tell);
  };
}
