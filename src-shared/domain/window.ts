// A window of the desktop app: what it shows, and how it is arranged.
import { z } from 'zod';
import { sessionIdSchema, uuidSchema } from './identifier.ts';

/** Device-independent pixels on the desktop of all displays. */
export const boundsSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
});
export type Bounds = z.infer<typeof boundsSchema>;

/** How the regions of a window stand; the renderer's own, kept for it. */
export const windowLayoutSchema = z.strictObject({
  /** Fragment of the address: the place that is shown, as `#/session/api-7`. */
  place: z
    .string()
    .regex(/^#\/[\w/%.~-]*$/)
    .max(300),
  sidebar: z.enum(['open', 'rail']),
  inspector: z.boolean(),
  closedProjects: z.array(z.string().max(64)).max(500),
  /** Sessions of which what was said is shown instead of their agent's terminal. */
  conversations: z.array(z.string().max(64)).max(500).default([]),
});
export type WindowLayout = z.infer<typeof windowLayoutSchema>;

/** `session`: one session popped out of the other windows, shown by itself. */
export const windowViewSchema = z.discriminatedUnion('kind', [
  z.strictObject({ id: uuidSchema, kind: z.literal('main'), alwaysOnTop: z.boolean() }),
  z.strictObject({
    id: uuidSchema,
    kind: z.literal('session'),
    alwaysOnTop: z.boolean(),
    session: sessionIdSchema,
  }),
]);
export type WindowView = z.infer<typeof windowViewSchema>;
