// A notifier of others behind the port.
import { z } from 'zod';
import type { Result } from '#shared/lib/result.ts';
import { failedForGood, type Notifier } from '../notifiers/notifier.ts';
import { call, objectOf } from './guard-tracker.ts';
import { inTime } from './in-time.ts';

const toldSchema = z.union([
  z.object({ kind: z.literal('told') }),
  z.object({
    kind: z.literal('failed'),
    why: z.string().transform((why) => why.slice(0, 500)),
    again: z.boolean().default(false),
    after: z.number().nonnegative().nullable().default(null),
  }),
]);

export const guardNotifier = (load: () => Promise<Result<unknown, string>>): Notifier => ({
  async tell(tidings, signal) {
    const loaded = await load();
    if (!loaded.ok) return failedForGood(loaded.problem);
    const answer = await inTime('tell', async () => call(objectOf(loaded.value), 'tell', [tidings, signal]), {
      signal,
    });
    if (!answer.ok) return { kind: 'failed', why: answer.problem, again: true, after: null };
    return toldSchema.safeParse(answer.value).data ?? failedForGood('it answered something else than an answer');
  },
});
