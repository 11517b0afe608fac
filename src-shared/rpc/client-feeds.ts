import { unsent } from './client-calls.ts';
import type { Connection } from './connection.ts';
import type { FeedListener } from './feed-listener.ts';
import type { ServerMessage, WireProblem } from './protocol.ts';

type FeedMessage = Extract<ServerMessage, { readonly kind: `feed-${string}` }>;

export interface ClientFeeds {
  open(name: string, key: unknown, listener: FeedListener<unknown>, after?: number): () => void;
  receive(message: FeedMessage): void;
  close(problem: WireProblem): void;
}

interface OpenFeed {
  readonly listener: FeedListener<unknown>;
  /** Items of a snapshot whose last part has not come. */
  parts: unknown[];
  /** Events heard since credit was last given back. */
  heard: number;
}

export function clientFeeds({ wire, nextId, closed, onError }: Connection, credit: number): ClientFeeds {
  const open = new Map<number, OpenFeed>();
  return {
    open(name, key, listener, after) {
      const id = nextId();
      open.set(id, { listener, parts: [], heard: 0 });
      const problem = closed() ?? ask(id, name, key, after ?? null);
      if (problem !== null) queueMicrotask(() => end(id, problem));
      return () => {
        if (open.delete(id)) wire.send({ kind: 'feed-close', id });
      };
    },
    receive(message) {
      const feed = open.get(message.id);
      if (feed === undefined) return;
      if (message.kind === 'feed-end') return end(message.id, message.problem);
      tell(() => hear(feed, message));
      if (message.kind !== 'feed-snapshot' || !message.more) giveBack(message.id, feed);
    },
    close(problem) {
      for (const id of [...open.keys()]) end(id, problem);
    },
  };

  function ask(id: number, name: string, key: unknown, after: number | null): WireProblem | null {
    const sent = wire.send({ kind: 'feed-open', id, name, key, after, credit });
    return sent === 'sent' ? null : unsent(sent);
  }

  /** In halves of the window, so that credit costs few messages and the host seldom waits for it. */
  function giveBack(id: number, feed: OpenFeed): void {
    feed.heard += 1;
    if (feed.heard * 2 < credit || !open.has(id)) return;
    wire.send({ kind: 'feed-credit', id, more: feed.heard });
    feed.heard = 0;
  }

  function end(id: number, problem: WireProblem): void {
    const feed = open.get(id);
    open.delete(id);
    if (feed !== undefined) tell(() => feed.listener.onEnd(problem));
  }

  function tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      onError(error);
    }
  }
}

function hear(feed: OpenFeed, message: Exclude<FeedMessage, { kind: 'feed-end' }>): void {
  switch (message.kind) {
    case 'feed-snapshot': {
      feed.parts.push(...message.items);
      if (message.more) return;
      const items = feed.parts;
      feed.parts = [];
      return feed.listener.onSnapshot(items, message.seq);
    }
    case 'feed-upsert':
      return feed.listener.onChange({ kind: 'upsert', item: message.item }, message.seq);
    case 'feed-remove':
      return feed.listener.onChange({ kind: 'remove', id: message.item }, message.seq);
  }
}
