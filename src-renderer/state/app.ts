// Everything that the screen reads and does, in one value that is handed down.
import type { AgentView } from '#shared/domain/agent.ts';
import type { NoticeView } from '#shared/domain/notice-view.ts';
import { desktopOnly, type NotifierSettings } from '#shared/domain/notifier.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import { pullRequestKey, type PullRequestView } from '#shared/domain/pull-request-view.ts';
import type { SessionReactions } from '#shared/domain/reaction-view.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { defaultSettings, type Settings, type SettingsChange } from '#shared/domain/settings.ts';
import type { SpawnInput, SpawnView } from '#shared/domain/spawn.ts';
import type { SystemView } from '#shared/domain/system.ts';
import type { SessionUsage } from '#shared/domain/usage.ts';
import type { Result } from '#shared/lib/result.ts';
import type { HostConnection } from '../connection/host-client.ts';
import type { Desktop } from './desktop.ts';
import type { Notifications } from './notifications.ts';
import { createAnswers, type Answers } from './answers.ts';
import { createCoordinatorList, type CoordinatorList } from './coordinator-list.ts';
import { mirrorFeed } from './feed-mirror.ts';
import { createStore, type Readable } from '../lib/store.ts';
import type { ScrollMark } from '../lib/scroll-mark.ts';
import { withUnsent } from './unsent.ts';
import type { ViewState } from './view.ts';
import { whileVisible } from './while-visible.ts';
import type { Windows } from './windows.ts';

export interface App {
  readonly connection: HostConnection;
  readonly view: ViewState;
  readonly windows: Windows;
  /** Null in a browser. */
  readonly desktop: Desktop | null;
  readonly notifications: Notifications;
  /** Null until the host told them first. */
  readonly projects: Readable<readonly ProjectView[] | null>;
  readonly sessions: Readable<readonly SessionView[] | null>;
  readonly spawns: Readable<readonly SpawnView[] | null>;
  readonly system: Readable<SystemView | null>;
  /** Of sessions that run; as of when somebody last saw this page. */
  readonly usages: Readable<readonly SessionUsage[] | null>;
  readonly agents: Readable<readonly AgentView[] | null>;
  readonly settings: Readable<Settings>;
  /** Oldest first. */
  readonly notices: Readable<readonly NoticeView[] | null>;
  readonly notifiers: Readable<NotifierSettings>;
  /** Of sessions of which something is triggered or remembered. */
  readonly reactions: Readable<readonly SessionReactions[] | null>;
  /** Of sessions' pull requests, what was last read. */
  readonly pullRequests: Readable<readonly PullRequestView[] | null>;
  readonly answers: Answers;
  readonly coordinators: CoordinatorList;
  /** By terminal, what was being read in it when it was last shown. */
  readonly places: Map<string, ScrollMark>;
  /** Ms since the epoch, told once a second while the page is visible. */
  readonly clock: Readable<number>;
  lookForAgents(fresh: boolean): Promise<void>;
  changeSettings(change: SettingsChange): Promise<void>;
  /** Starts and shows it; what fails is told by the spawn's own row, or by a problem when no row came of it. */
  spawn(input: SpawnInput): Promise<Result<string, Problem>>;
  close(): void;
}

export function createApp({
  connection,
  view,
  windows,
  desktop,
  notifications,
}: Pick<App, 'connection' | 'view' | 'windows' | 'desktop' | 'notifications'>): App {
  const projects = mirrorFeed<ProjectView>({ idOf: ({ id }) => id, order: byName, onEnd: ignore });
  const sessions = mirrorFeed<SessionView>({ idOf: ({ id }) => id, order: byAge, onEnd: ignore });
  const spawns = mirrorFeed<SpawnView>({ idOf: ({ request }) => request, order: byStart, onEnd: ignore });
  const system = mirrorFeed<SystemView>({ idOf: () => 'system', order: () => 0, onEnd: ignore });
  const settingsFeed = mirrorFeed<Settings>({ idOf: () => 'settings', order: () => 0, onEnd: ignore });
  const usages = mirrorFeed<SessionUsage>({ idOf: ({ session }) => session, order: bySession, onEnd: ignore });
  const notices = mirrorFeed<NoticeView>({ idOf: ({ id }) => id, order: byTime, onEnd: ignore });
  const reactions = mirrorFeed<SessionReactions>({ idOf: ({ session }) => session, order: bySession, onEnd: ignore });
  const pullRequests = mirrorFeed<PullRequestView>({ idOf: pullRequestKey, order: byNumber, onEnd: ignore });
  const notifierFeed = mirrorFeed<NotifierSettings>({ idOf: () => 'notifiers', order: () => 0, onEnd: ignore });
  const notifiers = createStore<NotifierSettings>(desktopOnly);
  const theSystem = createStore<SystemView | null>(null);
  const agents = createStore<readonly AgentView[] | null>(null);
  const settings = createStore<Settings>(defaultSettings);
  const coordinators = createCoordinatorList(connection);
  const clock = createStore(Date.now());

  const stops = [
    connection.follow('projects', {}, projects.listener, projects.after),
    connection.follow('sessions', {}, sessions.listener, sessions.after),
    connection.follow('spawnProgress', {}, spawns.listener, spawns.after),
    connection.follow('system', {}, system.listener, system.after),
    connection.follow('settings', {}, settingsFeed.listener, settingsFeed.after),
    whileVisible(() => connection.follow('usage', {}, usages.listener, () => undefined)),
    connection.follow('notices', {}, notices.listener, notices.after),
    connection.follow('reactions', {}, reactions.listener, reactions.after),
    connection.follow('pullRequests', {}, pullRequests.listener, pullRequests.after),
    connection.follow('notifiers', {}, notifierFeed.listener, notifierFeed.after),
    notifierFeed.items.subscribe(() => notifiers.set(notifierFeed.items.get()?.[0] ?? notifiers.get())),
    settingsFeed.items.subscribe(() => settings.set(settingsFeed.items.get()?.[0] ?? settings.get())),
    settingsFeed.items.subscribe(() => void coordinators.look()),
    projects.items.subscribe(() => void coordinators.look()),
    system.items.subscribe(() => theSystem.set(system.items.get()?.[0] ?? null)),
    connection.state.subscribe(() => {
      if (connection.state.get().kind === 'connected') void greet();
    }),
    tick((now) => clock.set(now)),
  ];

  const app: App = {
    connection,
    view,
    windows,
    desktop,
    notifications,
    projects: projects.items,
    sessions: sessions.items,
    spawns: spawns.items,
    system: theSystem,
    usages: usages.items,
    agents,
    settings,
    notices: notices.items,
    notifiers,
    reactions: reactions.items,
    pullRequests: pullRequests.items,
    answers: createAnswers(
      connection,
      () => settings.get().sendDelay,
      (session, text) => view.update((before) => ({ ...before, messages: withUnsent(before.messages, session, text) })),
    ),
    coordinators,
    places: new Map(),
    clock,
    async lookForAgents(fresh) {
      const found = await connection.call('agent.list', { fresh });
      if (found.ok) agents.set(found.value);
      else if (fresh) view.toast(found.problem.what);
    },
    async changeSettings(change) {
      const before = settings.get();
      settings.set({ ...before, ...change });
      const saved = await connection.call('settings.set', change);
      if (saved.ok) return settings.set(saved.value);
      settings.set(before);
      view.toast(`Not saved: ${saved.problem.what}`);
    },
    async spawn(input) {
      view.go({ kind: 'spawn', request: input.request });
      const started = await connection.call('session.spawn', input);
      if (!started.ok) return started;
      const place = view.get().place;
      // Only somebody who still looks at this spawn is taken along to its session.
      if (place.kind === 'spawn' && place.request === input.request)
        view.go({ kind: 'session', id: started.value.session }, { focus: true });
      return { ok: true, value: started.value.session };
    },
    close() {
      for (const stop of stops) stop();
      connection.close();
    },
  };
  if (connection.state.get().kind === 'connected') void greet();
  return app;

  async function greet(): Promise<void> {
    await app.lookForAgents(false);
  }
}

// The connection opens ended feeds again; until then the last known items stay on the screen.
const ignore = (): void => undefined;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const byName = (a: ProjectView, b: ProjectView): number =>
  collator.compare(a.name, b.name) || collator.compare(a.id, b.id);
/** Manual order comes later; until then rows never change their places. */
const byAge = (a: SessionView, b: SessionView): number => a.createdAt - b.createdAt || collator.compare(a.id, b.id);
const bySession = (a: { readonly session: string }, b: { readonly session: string }): number =>
  collator.compare(a.session, b.session);
const byNumber = (a: PullRequestView, b: PullRequestView): number => a.number - b.number;
const byTime = (a: NoticeView, b: NoticeView): number => a.at - b.at || collator.compare(a.id, b.id);
const byStart = (a: SpawnView, b: SpawnView): number => a.startedAt - b.startedAt;

/** One timer for every age on the screen; it rests while the page is hidden. */
function tick(tell: (now: number) => void): () => void {
  const timer = setInterval(() => {
    if (!document.hidden) tell(Date.now());
  }, 1000);
  return () => clearInterval(timer);
}
