// The desktop app as a client of its own host: sessions, spawns and settings, as every other client hears of them.
import { contract, type AtheneContract } from '#shared/contract/contract.ts';
import { desktopOnly, type NotifierSettings } from '#shared/domain/notifier.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { defaultSettings, type Settings } from '#shared/domain/settings.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import { nextWaking } from '#shared/domain/snooze.ts';
import { Emitter } from '#shared/lib/emitter.ts';
import { Scope } from '#shared/lib/scope.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import type { FeedListener } from '#shared/rpc/feed-listener.ts';
import { memoryTransportPair } from '#shared/rpc/memory-transport.ts';
import { serve } from '#shared/rpc/serve.ts';
import type { Host } from '../host/host.ts';
import type { Log } from '../lib/log.ts';
import { atheneVersion } from '../lib/version.ts';
import type { FleetWatch } from './desktop.ts';

export interface WatchedFleet extends FleetWatch {
  readonly client: Client<AtheneContract>;
  /** Spawns that are under way. */
  readonly spawns: readonly SpawnView[];
  /** Resolves when sessions and settings have been told, or can't be. */
  readonly told: Promise<void>;
  close(): void;
}

export function watchFleet({ handlers }: Pick<Host, 'handlers'>, log: Log): WatchedFleet {
  const scope = new Scope();
  const [near, far] = memoryTransportPair();
  const onError = (error: unknown): void => log('error', 'fleet.failed', { error });
  const served = serve(contract, handlers, far, { kind: 'window' }, { build: atheneVersion(), onError });
  scope.add(() => served.close());
  const client = connect(contract, near, { build: atheneVersion(), onError });
  const changes = new Emitter<void>();
  let sessions: readonly SessionView[] | null = null;
  let spawns: readonly SpawnView[] = [];
  let settings: Settings = defaultSettings;
  let waking: ReturnType<typeof setTimeout> | undefined;
  scope.add(() => clearTimeout(waking));
  let notifiers: NotifierSettings = desktopOnly;

  const follow = <Item>(
    open: (listener: FeedListener<Item>) => () => void,
    idOf: (item: Item) => string,
    take: (items: readonly Item[]) => void,
  ): Promise<void> =>
    new Promise((resolve) => {
      const told = (items: readonly Item[]): void => {
        take(items);
        resolve();
        changes.emit();
      };
      scope.add(open(mirror(idOf, told, resolve)));
    });

  const told = Promise.all([
    follow<SessionView>(
      (listener) => client.feed('sessions', {}, listener),
      ({ id }) => id,
      (items) => {
        sessions = items;
        clearTimeout(waking);
        waking = wakeIn(items, () => {
          changes.emit();
        });
      },
    ),
    follow<Settings>(
      (listener) => client.feed('settings', {}, listener),
      () => 'settings',
      ([only]) => (settings = only ?? settings),
    ),
    follow<NotifierSettings>(
      (listener) => client.feed('notifiers', {}, listener),
      () => 'notifiers',
      ([only]) => (notifiers = only ?? notifiers),
    ),
    follow<SpawnView>(
      (listener) => client.feed('spawnProgress', {}, listener),
      ({ request }) => request,
      (items) => (spawns = items.filter(({ state }) => state === 'running')),
    ),
  ]).then(() => undefined);

  return {
    client,
    told,
    get sessions() {
      return sessions;
    },
    get spawns() {
      return spawns;
    },
    get settings() {
      return settings;
    },
    get notifiers() {
      return notifiers;
    },
    onChange: (listener) => changes.on(listener),
    close: () => void scope.close().catch(onError),
  };
}

/** Longest that a timer can wait, in milliseconds; whatever is later is told with the next change. */
const longestTimer = 2 ** 31 - 1;

/** A snooze that ends is no change of the session: nobody else tells of it. */
function wakeIn(sessions: readonly SessionView[], wake: () => void): ReturnType<typeof setTimeout> | undefined {
  const at = nextWaking(sessions, Date.now());
  const delay = at === null ? longestTimer + 1 : at - Date.now();
  return delay > longestTimer ? undefined : setTimeout(wake, Math.max(0, delay));
}

function mirror<Item>(
  idOf: (item: Item) => string,
  told: (items: readonly Item[]) => void,
  ended: () => void,
): FeedListener<Item> {
  let items = new Map<string, Item>();
  const tell = (): void => told([...items.values()]);
  return {
    onSnapshot(all) {
      items = new Map(all.map((item) => [idOf(item), item]));
      tell();
    },
    onChange(change) {
      if (change.kind === 'upsert') items.set(idOf(change.item), change.item);
      else items.delete(change.id);
      tell();
    },
    onEnd: ended,
  };
}
