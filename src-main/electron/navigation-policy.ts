// The one navigation policy: a window stays on the app's page, frames go nowhere, and nothing opens another window.
import type { WebContents } from 'electron';
import { isAppPage } from './app-address.ts';

export function governNavigation(contents: WebContents, { devUrl }: { readonly devUrl: string | null }): void {
  const keep = (event: { readonly url: string; readonly isMainFrame: boolean; preventDefault(): void }): void => {
    if (!event.isMainFrame || !isAppPage(event.url, devUrl)) event.preventDefault();
  };
  contents.on('will-navigate', keep);
  contents.on('will-frame-navigate', keep);
  contents.on('will-redirect', keep);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // A link is opened through the shell contract, which asks and checks; a page that calls window.open itself gets none.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
