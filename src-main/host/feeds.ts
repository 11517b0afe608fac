// The feeds of the contract, each over what this host can see.
import type { LastEvent } from '#shared/domain/event.ts';
import type { NoticeView } from '#shared/domain/notice-view.ts';
import type { NotifierSettings } from '#shared/domain/notifier.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import type { SessionReactions } from '#shared/domain/reaction-view.ts';
import { pullRequestKey, type PullRequestView } from '#shared/domain/pull-request-view.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { defaultSettings, type Settings } from '#shared/domain/settings.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import type { SystemView } from '#shared/domain/system.ts';
import type { FeedSink } from '#shared/rpc/handlers.ts';
import { findSpawnView, listSpawnViews } from '../sessions/spawn/spawn-view.ts';
import { listSessionReactions } from '../lifecycle/reactions/list-reactions.ts';
import { notifierSettings } from '../notices/notifier-desk.ts';
import { findNotice, listNotices } from '../storage/notices.ts';
import { listPullRequests, pullRequestAt } from '../storage/pull-requests.ts';
import { requestOfSession } from '../storage/requests.ts';
import { lastEvent } from '../storage/events.ts';
import { sessionWithPullRequest } from '../storage/sessions.ts';
import { CollectionFeed, type CollectionSource } from './collection-feed.ts';
import type { HostParts } from './host.ts';
import { findSessionView, listSessionViews } from './session-views.ts';
import { systemView } from './system-view.ts';
import { createUsageFeed, type UsageFeed } from './usage-feed.ts';

export interface Feeds {
  readonly projects: CollectionFeed<ProjectView>;
  readonly sessions: CollectionFeed<SessionView>;
  readonly spawns: CollectionFeed<SpawnView>;
  readonly settings: CollectionFeed<Settings>;
  readonly system: CollectionFeed<SystemView>;
  readonly usage: UsageFeed;
  readonly notices: CollectionFeed<NoticeView>;
  readonly notifiers: CollectionFeed<NotifierSettings>;
  readonly reactions: CollectionFeed<SessionReactions>;
  readonly pullRequests: CollectionFeed<PullRequestView>;
  /** Returns the way to stop. */
  lastEvent(session: string, after: number | null, sink: FeedSink<LastEvent>): () => void;
  close(): void;
}

export function openFeeds(parts: HostParts): Feeds {
  const { store, log } = parts.sessions;
  const open = <Item>(name: string, source: CollectionSource<Item>): CollectionFeed<Item> =>
    new CollectionFeed(store, source, (error) => log('feed.failed', { name, error: String(error) }));
  const projects = open('projects', projectSource(parts));
  const sessions = open('sessions', sessionSource(parts));
  const spawns = open('spawns', spawnSource);
  const settings = open('settings', settingsSource(parts));
  const system = open('system', systemSource(parts));
  const notices = open('notices', noticeSource);
  const notifiers = open('notifiers', notifierSource(parts));
  const reactions = open('reactions', reactionSource(parts));
  const pullRequests = open('pullRequests', pullRequestSource);
  const stops = [
    parts.watch.onFacts((session) => sessions.touch(session)),
    parts.watch.onReach(() => system.touch('system')),
    parts.recovery.onNote(() => system.touch('system')),
  ];
  return {
    projects,
    sessions,
    spawns,
    settings,
    system,
    usage: createUsageFeed(parts.usage),
    notices,
    notifiers,
    reactions,
    pullRequests,
    lastEvent(session, after, sink) {
      const feed = open('lastEvent', lastEventSource(session));
      const stop = feed.subscribe(after, sink);
      return () => {
        stop();
        feed.close();
      };
    },
    close() {
      for (const stop of stops) stop();
      for (const feed of [projects, sessions, spawns, settings, system, notices, notifiers, reactions, pullRequests])
        feed.close();
    },
  };
}

const projectSource = ({ configuration }: HostParts): CollectionSource<ProjectView> => ({
  kinds: ['project'],
  idFor: (_tx, { key }) => key,
  list: () => configuration.projects(),
  find: (_tx, id) => configuration.projects().find((project) => project.id === id) ?? null,
  idOf: (project) => project.id,
});

const sessionSource = (parts: HostParts): CollectionSource<SessionView> => ({
  kinds: ['session', 'terminal', 'mark', 'outbox', 'question', 'spool', 'report', 'reaction'],
  idFor: (_tx, { key }) => key,
  list: (tx) => listSessionViews(parts, tx),
  find: (tx, id) => findSessionView(parts, tx, id),
  idOf: (session) => session.id,
});

const spawnSource: CollectionSource<SpawnView> = {
  kinds: ['request', 'journal'],
  idFor: (tx, { kind, key }) => (kind === 'request' ? key : requestOfSession(tx, key)),
  list: listSpawnViews,
  find: findSpawnView,
  idOf: (spawn) => spawn.request,
};

/** Settings that can't be read are told as a trouble of the system; meanwhile the usual ones hold. */
function settingsSource({ configuration }: HostParts): CollectionSource<Settings> {
  const present = (): Settings => {
    const read = configuration.settings();
    return read.ok ? read.value : defaultSettings;
  };
  return {
    kinds: ['settings'],
    idFor: () => 'settings',
    list: () => [present()],
    find: present,
    idOf: () => 'settings',
  };
}

const systemSource = (parts: HostParts): CollectionSource<SystemView> => ({
  kinds: ['project', 'settings'],
  idFor: () => 'system',
  list: () => [systemView(parts)],
  find: () => systemView(parts),
  idOf: () => 'system',
});

const lastEventSource = (session: string): CollectionSource<LastEvent> => ({
  kinds: ['event'],
  idFor: (_tx, { key }) => (key === session ? session : null),
  list: (tx) => [{ session, last: lastEvent(tx, session) }],
  find: (tx) => ({ session, last: lastEvent(tx, session) }),
  idOf: () => session,
});

const noticeSource: CollectionSource<NoticeView> = {
  kinds: ['notice'],
  idFor: (_tx, { key }) => key,
  list: listNotices,
  find: findNotice,
  idOf: ({ id }) => id,
};

const reactionSource = ({ reactions }: HostParts): CollectionSource<SessionReactions> => ({
  kinds: ['session', 'outbox', 'question', 'report', 'reaction', 'pull-request'],
  idFor: (tx, { kind, key }) => (kind === 'pull-request' ? sessionWithPullRequest(tx, key) : key),
  list: (tx) => listSessionReactions(reactions, tx),
  find: (tx, id) => listSessionReactions(reactions, tx, id)[0] ?? null,
  idOf: ({ session }) => session,
});

const pullRequestSource: CollectionSource<PullRequestView> = {
  kinds: ['pull-request'],
  idFor: (_tx, { key }) => key,
  list: listPullRequests,
  find: pullRequestAt,
  idOf: pullRequestKey,
};

const notifierSource = ({ configuration }: HostParts): CollectionSource<NotifierSettings> => ({
  kinds: ['settings'],
  idFor: () => 'notifiers',
  list: () => [notifierSettings({ configuration })],
  find: () => notifierSettings({ configuration }),
  idOf: () => 'notifiers',
});
