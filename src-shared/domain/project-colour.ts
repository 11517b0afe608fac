// By which colour a project is told apart on the screen. Never by it alone: its name stands beside it.
import { z } from 'zod';

/** As many as are easily told apart; after them they begin anew. */
export const projectColours = 8;

/** One of ours, which each theme draws in its own way, or what the project's configuration names. */
export const projectColourSchema = z.union([
  z
    .int()
    .min(0)
    .max(projectColours - 1),
  z.string().regex(/^#[0-9a-f]{6}$/i),
]);
export type ProjectColour = z.infer<typeof projectColourSchema>;

/** @param index of the project, in the order in which projects were added */
export const projectColourAt = (index: number, named?: string): ProjectColour =>
  named ?? Math.max(0, index) % projectColours;
