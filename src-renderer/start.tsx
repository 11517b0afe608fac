// Puts the app together around a way to reach a host, and shows it.
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import type { OpenClient } from './connection/host-client.ts';
import { keepConnected } from './connection/host-connection.ts';
import { AppProvider, platform, type Surroundings } from './features/app-context.tsx';
import { routeKeys } from './features/shell/key-router.ts';
import { Shell } from './features/shell/shell.tsx';
import { useTheme } from './features/use-theme.ts';
import { createApp } from './state/app.ts';
import { createView, placeFromHash, placeToHash } from './state/view.ts';
import { rememberLayout, rememberedLayout } from './state/layout.ts';
import './styles/app.css';

/** Below this width the inspector is a sheet over the terminal. */
const sheetQuery = '(max-width: 1179.98px)';

export function start(root: HTMLElement, open: OpenClient, signedOut?: () => Promise<boolean>): Surroundings {
  const view = createView(
    { place: placeFromHash(location.hash), ...rememberedLayout(localStorage) },
    () => matchMedia(sheetQuery).matches,
  );
  const app = createApp({ connection: keepConnected(open, signedOut), view });
  const surroundings: Surroundings = { app, terminal: { current: null } };
  routeKeys(surroundings, platform);
  view.subscribe(() => {
    rememberLayout(localStorage, view.get());
    const hash = placeToHash(view.get().place);
    if (location.hash !== hash) history.replaceState(null, '', hash);
  });
  addEventListener('hashchange', () => view.go(placeFromHash(location.hash)));
  createRoot(root).render(
    <StrictMode>
      <AppProvider value={surroundings}>
        <Themed />
      </AppProvider>
    </StrictMode>,
  );
  return surroundings;
}

function Themed() {
  const theme = useTheme();
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return <Shell />;
}
