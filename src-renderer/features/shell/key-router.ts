// The only place that takes chords from whoever has the focus.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import { attentionOrder } from '#shared/domain/queue.ts';
import { defaultSettings } from '#shared/domain/settings.ts';
import { commandFor, type CommandName, type Platform } from '#shared/domain/key-map.ts';
import { jumpBack, jumpToNext } from './attention-jump.ts';
import { neighbour, sidebarRows } from '../../state/sidebar-rows.ts';
import type { App } from '../../state/app.ts';
import { sameTab, sessionTabs, shownTab, withTab } from '../../state/session-tabs.ts';
import { ownWindowOf, placeIn } from '../../state/windows.ts';
import { continueAll } from './pause-all.tsx';
import type { Surroundings } from '../app-context.tsx';

/** Returns the way to stop. */
export function routeKeys(surroundings: Surroundings, platform: Platform, page: Window = window): () => void {
  const listener = (event: KeyboardEvent): void => {
    const command = commandFor(event, platform);
    // A browser's own key to load the page anew is not overridden.
    if (command === 'quick-reply' && surroundings.app.desktop === null) return;
    if (command === null || !run(command, surroundings)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  page.addEventListener('keydown', listener, { capture: true });
  return () => page.removeEventListener('keydown', listener, { capture: true });
}

/** An overlay owns the keyboard and nothing happens behind it; these are about the window as a whole. */
const evenUnderOverlays: ReadonlySet<CommandName> = new Set(['copy', 'new-window', 'close-window', 'always-on-top']);

/** What a session's own window has no room for. */
const inMainOnly: ReadonlySet<CommandName> = new Set([
  ...(['new-session', 'settings', 'home', 'next-attention', 'quick-reply', 'orchestrator'] as const),
  ...(['pause-all', 'continue-all'] as const),
]);

/** What stands in a main window around its places. */
const aroundPlaces: ReadonlySet<CommandName> = new Set([
  'back-to-origin',
  ...(['toggle-sidebar', 'toggle-inspector', 'next-session', 'previous-session', 'back', 'forward'] as const),
  'leave-terminal',
  // A window of its own shows the agent's terminal alone.
  ...(['next-tab', 'previous-tab'] as const),
]);

/** False when the command means nothing here, so that the key goes on to whoever has the focus. */
export function run(command: CommandName, surroundings: Surroundings): boolean {
  const { app } = surroundings;
  const { dialog, leading, pausing, quickReply: replying } = app.view.get();
  if ((dialog !== null || leading !== null || pausing || replying !== null) && !evenUnderOverlays.has(command))
    return false;
  if (app.windows.self.get().kind === 'main') return act(command, surroundings);
  if (inMainOnly.has(command)) {
    app.windows.runInMain(command);
    return true;
  }
  if (command === 'leave-terminal') return focusTitleBar();
  return !aroundPlaces.has(command) && act(command, surroundings);
}

function act(command: CommandName, { app, terminal }: Surroundings): boolean {
  const { view } = app;
  switch (command) {
    case 'new-session':
      view.update((now) => ({ ...now, dialog: {} }));
      return true;
    case 'settings':
      view.go({ kind: 'settings' });
      return true;
    case 'toggle-sidebar':
      view.update((now) => ({ ...now, sidebar: now.sidebar === 'open' ? 'rail' : 'open' }));
      return true;
    case 'toggle-inspector':
      view.toggleInspector();
      return true;
    case 'next-session':
    case 'previous-session':
      return step(command === 'next-session' ? 1 : -1, app);
    case 'next-tab':
    case 'previous-tab':
      return stepTab(command === 'next-tab' ? 1 : -1, app);
    case 'copy':
      // What is marked elsewhere on the page, where the terminal has nothing marked.
      return copy(terminal.current?.selection() || (getSelection()?.toString() ?? ''));
    case 'font-larger':
      return resizeFont(1, app);
    case 'font-smaller':
      return resizeFont(-1, app);
    case 'font-reset':
      void app.changeSettings({ terminalFontSize: defaultSettings.terminalFontSize });
      return true;
    case 'scroll-to-bottom':
      terminal.current?.follow();
      return terminal.current !== null;
    case 'leave-terminal':
      return focusSidebar();
    case 'home':
      view.go({ kind: 'home' });
      return true;
    case 'next-attention':
      return jumpToNext(app);
    case 'back-to-origin':
      return jumpBack(app);
    case 'quick-reply':
      return quickReply(app);
    case 'message':
      return focusMessage(app);
    case 'orchestrator':
      return showOrchestrator(app);
    case 'new-window':
      app.windows.open();
      return true;
    case 'close-window':
      return app.windows.close();
    case 'pop-out':
    case 'bring-back':
    case 'always-on-top':
      return arrangeWindow(command, app);
    case 'pause-all':
      view.update((now) => ({ ...now, pausing: true }));
      return true;
    case 'continue-all':
      void continueAll(app);
      return true;
    case 'back':
      view.goBack();
      return true;
    case 'forward':
      view.goForward();
      return true;
  }
}

function arrangeWindow(command: 'pop-out' | 'bring-back' | 'always-on-top', { view, windows }: App): boolean {
  const self = windows.self.get();
  if (command === 'always-on-top') {
    if (windows.neverOnTop === null) windows.setAlwaysOnTop(!self.alwaysOnTop);
    else view.toast(windows.neverOnTop);
    return true;
  }
  const place = placeIn(self, view.get());
  if (place.kind !== 'session') return false;
  const isPopped = self.kind === 'session' || ownWindowOf(place.id, windows.all.get(), self) !== null;
  if (command === 'bring-back' ? !isPopped : self.kind === 'session') return false;
  if (command === 'pop-out') windows.popOut(place.id);
  else windows.bringBack(place.id);
  return true;
}

/** The session at hand when it asks, else the one that waits longest. */
function quickReply({ view, sessions }: App): boolean {
  const { place } = view.get();
  const waiting = attentionOrder(sessions.get() ?? [], Date.now());
  const here = place.kind === 'session' ? waiting.find(({ id }) => id === place.id) : undefined;
  const target = here ?? waiting[0];
  if (target === undefined) return false;
  view.update((now) => ({ ...now, quickReply: target.id }));
  return true;
}

/** Of the project at hand, or of the only one; where there is none, the way to start it. */
function showOrchestrator({ view, sessions, projects }: App): boolean {
  const { place } = view.get();
  const all = sessions.get() ?? [];
  const known = (projects.get() ?? []).filter(({ state }) => state === 'ready');
  const here = place.kind === 'session' ? all.find(({ id }) => id === place.id)?.project : undefined;
  const project = here ?? (known.length === 1 ? known[0]?.id : undefined);
  const lead = all.find(({ kind, project: of }) => isCoordinator(kind) && of === project);
  if (lead !== undefined) view.go({ kind: 'session', id: lead.id }, { focus: true });
  else if (known.some(({ id }) => id === project) && project !== undefined)
    view.update((now) => ({ ...now, leading: { kind: 'orchestrator', project } }));
  else return false;
  return true;
}

function focusMessage({ view, windows }: App): boolean {
  if (placeIn(windows.self.get(), view.get()).kind !== 'session') return false;
  view.update((now) => ({ ...now, focusMessage: now.focusMessage + 1 }));
  return true;
}

function step(direction: 1 | -1, app: App): boolean {
  const rows = sidebarRows({
    projects: app.projects.get() ?? [],
    sessions: app.sessions.get() ?? [],
    spawns: app.spawns.get() ?? [],
    closed: app.view.get().closedProjects,
    metas: app.coordinators.metas.get(),
  });
  const place = neighbour(rows, app.view.get().place, direction);
  if (place !== null) app.view.go(place, { focus: true });
  return true;
}

/** Round at the ends. */
function stepTab(direction: 1 | -1, { view, windows, sessions }: App): boolean {
  const place = placeIn(windows.self.get(), view.get());
  const session = sessions.get()?.find(({ id }) => place.kind === 'session' && id === place.id);
  if (session === undefined) return false;
  const tabs = sessionTabs(session);
  const shown = shownTab(session, view.get());
  const next = tabs.at((tabs.findIndex((tab) => sameTab(tab, shown)) + direction) % tabs.length);
  if (next !== undefined) view.update((now) => withTab(now, session.id, next));
  return true;
}

/** The way out of a terminal, which takes Tab and Escape for itself. */
function focusSidebar(): boolean {
  const stop =
    document.querySelector<HTMLElement>('nav [data-row][tabindex="0"]') ??
    document.querySelector<HTMLElement>('nav button');
  stop?.focus();
  return stop !== null;
}

function focusTitleBar(): boolean {
  const stop = document.querySelector<HTMLElement>('header button');
  stop?.focus();
  return stop !== null;
}

function copy(text: string): boolean {
  if (text === '') return false;
  void navigator.clipboard.writeText(text);
  return true;
}

function resizeFont(change: 1 | -1, app: App): boolean {
  const size = Math.min(32, Math.max(8, app.settings.get().terminalFontSize + change));
  void app.changeSettings({ terminalFontSize: size });
  return true;
}
