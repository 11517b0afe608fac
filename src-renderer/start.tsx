// Puts the app together around the ways to a host and to a desktop app, and shows it.
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import type { DesktopBridge } from '#shared/domain/desktop-bridge.ts';
import { Skeleton } from './components/skeleton.tsx';
import type { HostConnection } from './connection/host-client.ts';
import { askSelf, type ShellClient, type WindowSelf } from './connection/shell-client.ts';
import { AppProvider, platform, type Surroundings } from './features/app-context.tsx';
import { choose } from './features/shell/choices.ts';
import { routeKeys } from './features/shell/key-router.ts';
import { Shell } from './features/shell/shell.tsx';
import { useTheme } from './features/use-theme.ts';
import { createApp, type App } from './state/app.ts';
import { browserWindows } from './state/browser-windows.ts';
import { desktopOf } from './state/desktop.ts';
import { desktopWindows } from './state/desktop-windows.ts';
import { arranged, keepLayout, rememberedLayout, rememberLayout } from './state/layout.ts';
import { browserNotifications, systemNotifications } from './state/notifications.ts';
import { shareSight } from './state/share-sight.ts';
import { watchSight } from './state/sight.ts';
import { refuseStrayDrops } from './state/stray-drops.ts';
import { tellSight } from './state/tell-sight.ts';
import { keepTitle } from './state/title.ts';
import { createView, placeFromHash, placeToHash, type View, type ViewState } from './state/view.ts';
import { tellNotices } from './state/web-notices.ts';
import { watchAway } from './state/watch-away.ts';
import { placeIn } from './state/windows.ts';
import './styles/app.css';

export interface Ways {
  readonly connection: HostConnection;
  /** Null in a browser. */
  readonly desktop: { readonly shell: ShellClient; readonly bridge: DesktopBridge } | null;
}

/** Below this width the inspector is a sheet over the terminal. */
const sheetQuery = '(max-width: 1179.98px)';

export async function start(root: HTMLElement, { connection, desktop }: Ways): Promise<Surroundings> {
  const screen = createRoot(root);
  screen.render(<Skeleton rows={6} awaited="Waiting for the desktop app" />);
  const told = desktop === null ? null : await askSelf(desktop.shell);
  const view = createView(firstView(told), () => matchMedia(sheetQuery).matches);
  const tell = (text: string): void => view.toast(text);
  const app = createApp({
    connection,
    view,
    windows:
      desktop === null || told === null
        ? browserWindows({ tell })
        : desktopWindows({ shell: desktop.shell, self: told.window, tell }),
    desktop: desktop === null ? null : desktopOf(desktop.bridge, desktop.shell, tell),
    notifications:
      desktop === null
        ? browserNotifications({ api: isSecureContext ? window.Notification : undefined, page: window })
        : systemNotifications,
  });
  // Popping a session out is an act of the person: its terminal takes the keyboard.
  if (app.windows.self.get().kind === 'session') view.update((now) => ({ ...now, focusTerminal: 1 }));
  const surroundings: Surroundings = { app, terminal: { current: null } };
  routeKeys(surroundings, platform);
  watchAway({ view });
  app.windows.onChoice((choice) => choose(choice, surroundings));
  followAddress(view);
  refuseStrayDrops(window);
  keepTitle(app);
  if (desktop === null) liveInBrowser(app);
  else liveInDesktop(app, desktop.shell);
  if (told?.restored === true) tell(restoredWords(app));
  screen.render(
    <StrictMode>
      <AppProvider value={surroundings}>
        <Themed />
      </AppProvider>
    </StrictMode>,
  );
  return surroundings;
}

function liveInDesktop({ view, windows }: App, shell: ShellClient): void {
  keepLayout({ view, save: (layout) => void shell.call('window.setLayout', layout) });
  tellSight(shell, watchSight({ view, windows, needsFocus: false }));
}

function liveInBrowser({ view, windows, sessions, settings, notifiers, notifications }: App): void {
  keepLayout({ view, save: (layout) => rememberLayout(localStorage, layout) });
  const sight = watchSight({ view, windows, needsFocus: true });
  const { inSight } = shareSight(sight, navigator.locks);
  // A session's own window can't show what somebody clicks on.
  if (windows.self.get().kind === 'session') return;
  tellNotices({
    ...{ sessions, settings, notifiers, inSight, changes: sight, notifications },
    open: (session) => view.go(session === null ? { kind: 'home' } : { kind: 'session', id: session }, { focus: true }),
  });
}

/** The desktop app keeps a window's layout; in a browser the place stands in the address. */
function firstView(told: WindowSelf | null): Partial<View> {
  if (told === null) return { place: placeFromHash(location.hash), ...rememberedLayout(localStorage) };
  return told.layout === null ? { place: placeFromHash(location.hash) } : arranged(told.layout);
}

function restoredWords({ view, windows }: App): string {
  const { kind } = placeIn(windows.self.get(), view.get());
  return `Restored this window after its page stopped; ${kind === 'session' ? 'its terminal is being replayed.' : 'no agent was touched.'}`;
}

function followAddress(view: ViewState): void {
  view.subscribe(() => {
    const hash = placeToHash(view.get().place);
    if (location.hash !== hash) history.replaceState(null, '', hash);
  });
  addEventListener('hashchange', () => view.go(placeFromHash(location.hash)));
}

function Themed() {
  const theme = useTheme();
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return <Shell />;
}
