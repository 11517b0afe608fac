// An agent program as clients see it.
import { z } from 'zod';
import { shownIconSchema } from './own-agent.ts';

export const agentViewSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  takesCommand: z.boolean(),
  takesPrompt: z.boolean(),
  presence: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('found'), path: z.string().nullable(), version: z.string().nullable() }),
    /** `install` is the command that would install it. */
    z.strictObject({ kind: z.literal('missing'), install: z.string() }),
    z.strictObject({ kind: z.literal('unknown'), why: z.string() }),
    /** What defines it can't be read. */
    z.strictObject({ kind: z.literal('broken'), why: z.string() }),
  ]),
  /** File and line, or the plug-in; null: Athene ships it. */
  definedIn: z.string().nullable().default(null),
  /** Null: its initials. */
  icon: shownIconSchema.nullable().default(null),
  /** Why the picture that was asked for is not shown; null where there is nothing to say. */
  iconProblem: z.string().nullable().default(null),
});
export type AgentView = z.infer<typeof agentViewSchema>;
