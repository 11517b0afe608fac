// What sessions use right now, for somebody who asks once.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionUsage } from '#shared/domain/usage.ts';
import type { UsageWatch } from './usage-watch.ts';

/** Milliseconds between the two looks that processor time takes; short, and long enough for a clock of hundredths of a second. */
const apart = 1000;

export async function readUsage(
  watch: UsageWatch,
  session: string | null,
): Promise<{ readonly usages: SessionUsage[]; readonly cannotTell: string | null }> {
  await watch.sweep();
  if ([...watch.usages.values()].some(({ cpu }) => cpu === null)) {
    await sleep(apart);
    await watch.sweep();
  }
  const usages = [...watch.usages.values()].filter((usage) => session === null || usage.session === session);
  return { usages, cannotTell: watch.cannotTell };
}
