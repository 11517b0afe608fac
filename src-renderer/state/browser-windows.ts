// A browser's windows over the same sessions. Nobody lists them, so a session's own window holds a lock that bears its name: the
// browser tells who holds locks, and gives a lock back when a page ends, however it ends.
import { choiceSchema, type Choice } from '#shared/contract/shell-contract.ts';
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import type { WindowView } from '#shared/domain/window.ts';
import { createStore } from '../lib/store.ts';
import { uuidv7 } from '../lib/uuid.ts';
import type { Windows } from './windows.ts';

const lockPrefix = 'athene.window ';
const neverOnTop = 'A browser can’t keep a window on top of others; the desktop app can.';
const blocked = 'The browser blocked the window. Allow pop-ups for this address, then try again.';

/** The part of a window that is used. */
export type BrowserPage = Pick<
  Window,
  'location' | 'opener' | 'open' | 'close' | 'addEventListener' | 'removeEventListener'
> & { readonly navigator: { readonly locks?: LockManager } };

/** @param tell says what failed. */
export function browserWindows({
  page = window,
  channel = new BroadcastChannel('athene.windows'),
  tell,
}: {
  readonly page?: BrowserPage;
  /** To the other windows. */
  readonly channel?: BroadcastChannel;
  readonly tell: (text: string) => void;
}): Windows {
  const self = createStore<WindowView>(selfFromAddress(page.location));
  const all = createStore<readonly WindowView[]>([self.get()]);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has none: it is its own origin's
  const broadcast = (message: unknown): void => channel.postMessage(message);
  const presence = watchPresence(page, self.get(), broadcast, (others) => all.set([self.get(), ...others]));
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isBringBack(data, self.get())) page.close();
    else void presence.look();
  });
  const openMain = (): void => void page.open('./', '_blank', 'noopener');
  return {
    self,
    all,
    neverOnTop,
    open: openMain,
    /** Only what a page opened may a page close; a tab's own key closes it. */
    close() {
      if (self.get().kind === 'main') return false;
      page.close();
      return true;
    },
    popOut(session) {
      // Named, so that a second time finds the first; not `noopener`, so that it can bring this window forward.
      const own = page.open(
        `./?window=session#/session/${session}`,
        lockPrefix + session,
        'popup,width=960,height=640',
      );
      if (own === null) tell(blocked);
      else own.focus();
    },
    bringBack(session) {
      if (self.get().kind === 'main') return broadcast({ bringBack: session });
      if (!tellOpener(page, { id: uuidv7(), kind: 'show', session })) page.open(`./#/session/${session}`, '_blank');
      page.close();
    },
    runInMain(command) {
      if (!tellOpener(page, { id: uuidv7(), kind: 'command', command })) openMain();
    },
    setAlwaysOnTop: () => tell(neverOnTop),
    onChoice(listener) {
      const receive = (event: MessageEvent<unknown>): void => {
        if (event.origin !== page.location.origin) return;
        const choice = choiceSchema.safeParse(event.data);
        if (choice.success) listener(choice.data);
      };
      page.addEventListener('message', receive);
      return () => page.removeEventListener('message', receive);
    },
  };
}

function selfFromAddress({ search, hash }: Location): WindowView {
  const id = uuidv7();
  const session = sessionIdSchema.safeParse(hash.split('/')[2]);
  return new URLSearchParams(search).get('window') === 'session' && session.success
    ? { id, kind: 'session', alwaysOnTop: false, session: session.data }
    : { id, kind: 'main', alwaysOnTop: false };
}

/** To the main window that this one was opened from, which comes forward; false when it is gone. */
function tellOpener(page: BrowserPage, choice: Choice): boolean {
  const opener: unknown = page.opener;
  if (!isWindow(opener) || opener.closed) return false;
  opener.postMessage(choice, page.location.origin);
  opener.focus();
  return true;
}

const isWindow = (value: unknown): value is Window =>
  typeof value === 'object' && value !== null && 'postMessage' in value;

const isBringBack = (data: unknown, self: WindowView): boolean =>
  typeof data === 'object' &&
  data !== null &&
  'bringBack' in data &&
  self.kind === 'session' &&
  data.bringBack === self.session;

function watchPresence(
  page: BrowserPage,
  self: WindowView,
  broadcast: (message: unknown) => void,
  tell: (others: readonly WindowView[]) => void,
): { look(): Promise<void> } {
  const { locks } = page.navigator;
  // Not offered where the address is not secure: then every window is as if it were alone, and the lease still tells.
  if (locks === undefined) return { look: () => Promise.resolve() };
  const own = self.kind === 'session' ? lockPrefix + self.session : null;
  const watched = new Set<string>();
  const ids = new Map<string, string>();
  const look = async (): Promise<void> => {
    const { held = [] } = await locks.query();
    const names = held.flatMap(({ name }) => (name?.startsWith(lockPrefix) === true && name !== own ? [name] : []));
    for (const name of names) void watchEnd(locks, name);
    tell(names.map((name) => viewOf(name)));
  };
  if (own !== null) hold(locks, own);
  void look();
  return { look };

  function hold(manager: LockManager, name: string): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const letGo = (): void => {
      resolve();
      // The browser may keep the page and show it again.
      page.addEventListener('pageshow', () => hold(manager, name), { once: true });
    };
    page.addEventListener('pagehide', letGo, { once: true });
    void manager.request(name, () => {
      broadcast('opened');
      return promise;
    });
  }

  /** A shared lock is granted when its holder is gone. */
  async function watchEnd(manager: LockManager, name: string): Promise<void> {
    if (watched.has(name)) return;
    watched.add(name);
    await manager.request(name, { mode: 'shared' }, () => undefined);
    watched.delete(name);
    await look();
  }

  function viewOf(name: string): WindowView {
    const id = ids.get(name) ?? uuidv7();
    ids.set(name, id);
    return { id, kind: 'session', alwaysOnTop: false, session: name.slice(lockPrefix.length) };
  }
}
