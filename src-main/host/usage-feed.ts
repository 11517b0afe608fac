// What sessions use, as a feed of its own: its numbers change all the time, and nothing of them is stored.
import type { SessionUsage } from '#shared/domain/usage.ts';
import type { FeedSink } from '#shared/rpc/handlers.ts';
import type { UsageWatch } from '../resources/usage-watch.ts';

export type UsageFeed = (sink: FeedSink<SessionUsage>) => () => void;

/** Numbers of another host mean nothing here: whoever comes gets all of it. */
export function createUsageFeed(watch: UsageWatch): UsageFeed {
  let seq = 0;
  return (sink) => {
    sink.snapshot([...watch.usages.values()], seq);
    return watch.follow((changes) => {
      for (const { session, usage } of changes) {
        seq += 1;
        if (usage === null) sink.remove(session, seq);
        else sink.upsert(usage, seq);
      }
    });
  };
}
