// What an agent's hook or a wrapper wrote into the spool: that something happened, told by a process inside of a session.
import { z } from 'zod';
import { sessionIdSchema, timestampSchema, uuidSchema } from './identifier.ts';

export const spoolEventSchema = z.strictObject({
  version: z.literal(1),
  /** Made by the writer; an event of an id that is known already is the same event. */
  id: uuidSchema,
  session: sessionIdSchema,
  /** `ATHENE_TERMINAL` of the writer: the proof that it runs in a terminal of that session. */
  terminal: uuidSchema.optional(),
  /** Who tells: the id of an agent, or `git`, `gh`. */
  source: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'not a source of events'),
  /** What happened, in the source's own word: `SessionStart`, `checkout`, `pr-create`. */
  kind: z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/, 'not a kind of event'),
  /** The time of its file when the writer did not say. */
  at: timestampSchema.optional(),
  /** The program that is still at it; what the event says is true once that has ended. */
  pid: z.int().positive().optional(),
  data: z.record(z.string(), z.unknown()).default({}),
});
export type SpoolEvent = z.infer<typeof spoolEventSchema>;

/** Days for which ingested events are kept; a file that is older is not ingested any more. */
export const spoolRetention = 7;
