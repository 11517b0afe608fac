// A text on its way into an agent's terminal: what became of it, as clients see it.
import { z } from 'zod';
import { timestampSchema, uuidSchema } from './identifier.ts';

/** `confirmed`: seen to arrive. `typed`: typed, and nothing on the screen shows it. `queued`: not typed yet. */
export const sendOutcomeSchema = z.enum(['confirmed', 'typed', 'queued']);
export type SendOutcome = z.infer<typeof sendOutcomeSchema>;

export const messageViewSchema = z.strictObject({
  id: uuidSchema,
  kind: z.enum(['prompt', 'message']),
  state: z.enum(['waiting', 'on-its-way', 'not-confirmed', 'failed']),
  /** Its beginning. */
  text: z.string(),
  /** What it waits for, or why it failed; null when there is nothing to say. */
  why: z.string().nullable(),
  at: timestampSchema,
});
/** A prompt or message of which somebody may want to know; one that was seen to arrive is none. */
export type MessageView = z.infer<typeof messageViewSchema>;

/** UTF-16 units of a message that a view shows, and messages of one session. */
export const shownOfMessage = { text: 300, messages: 5 } as const;
