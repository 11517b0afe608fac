// The four regions: title bar, sidebar, main, status bar; overlays above them.
import { useEffect } from 'react';
import { Toasts } from '../../components/toasts.tsx';
import { AddProject } from '../onboarding/welcome.tsx';
import { useApp, useStore, useView } from '../app-context.tsx';
import { LeadDialog } from '../coordinator/lead-dialog.tsx';
import { QuickReply } from '../queue/quick-reply.tsx';
import { QueuePage } from '../queue/queue-page.tsx';
import { SessionPage } from '../session/session-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { Sidebar } from '../sidebar/sidebar.tsx';
import { SpawnDialog } from '../spawn/spawn-dialog.tsx';
import { SpawnPage } from '../spawn/spawn-page.tsx';
import { PopOut } from './pop-out.tsx';
import { PauseAll } from './pause-all.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { placeToHash } from '../../state/view.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { ConnectionBanner } from './connection-banner.tsx';

export function Shell() {
  const self = useStore(useApp().windows.self);
  return self.kind === 'session' ? <PopOut id={self.session} /> : <MainWindow />;
}

function MainWindow() {
  const app = useApp();
  const view = useView();
  const rail = view.sidebar === 'rail';
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)_26px]">
      <TitleBar />
      <div
        className={`grid min-h-0 ${rail ? 'grid-cols-[52px_minmax(0,1fr)]' : 'grid-cols-[264px_minmax(0,1fr)] max-[900px]:grid-cols-[52px_minmax(0,1fr)]'}`}
      >
        <Sidebar />
        <main className="relative flex min-h-0 min-w-0 flex-col">
          <ConnectionBanner />
          <ErrorBoundary key={placeToHash(view.place)}>
            <Main />
          </ErrorBoundary>
          <Toasts toasts={view.toasts} onDismiss={app.view.dismissToast} />
        </main>
      </div>
      <StatusBar />
      <PauseAll />
      <QuickReply />
      <LeadDialog />
      {view.dialog === null ? null : <SpawnDialog key={view.dialog.replaces ?? 'new'} start={view.dialog} />}
    </div>
  );
}

function Main() {
  const { place } = useView();
  useFirstRun();
  switch (place.kind) {
    case 'home':
      return <QueuePage />;
    case 'session':
      return <SessionPage key={place.id} id={place.id} />;
    case 'spawn':
      return <SpawnPage key={place.request} request={place.request} />;
    case 'welcome':
      return <AddProject />;
    case 'settings':
      return <SettingsPage />;
  }
}

/** Nothing to show yet: the first screen is the one that gets somebody going. */
function useFirstRun(): void {
  const app = useApp();
  const projects = useStore(app.projects);
  const sessions = useStore(app.sessions);
  const { place } = useView();
  const empty = projects?.length === 0 && sessions?.length === 0 && place.kind === 'home';
  useEffect(() => {
    if (empty) app.view.update((view) => ({ ...view, place: { kind: 'welcome' } }));
  }, [app, empty]);
}
