// What Athene has handed to which agent, as `athene hooks status` tells it.
import { z } from 'zod';

export const hooksViewSchema = z.strictObject({
  /** Handed over at each launch; false when the person has removed them. */
  enabled: z.boolean(),
  wrappers: z.strictObject({
    path: z.string(),
    /** Hexadecimal; of the content of all of them. */
    version: z.string(),
    /** `changed`: somebody wrote there; they are made again before the next launch. `none`: not on this system. */
    state: z.enum(['good', 'missing', 'changed', 'none']),
  }),
  agents: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** Has it hooks of ours, handed over at each launch? */
      hooks: z.boolean(),
      /** It takes them from nowhere but an extension, to which the person has to agree. */
      byExtension: z.boolean(),
      /** How it is told that a worktree is trusted: for each launch, by an entry in its own file, or not at all. */
      trust: z.enum(['launch', 'file', 'none']),
    }),
  ),
  /** Projects whose worktrees agents may trust. */
  trustedProjects: z.array(z.string()),
  /** Entries in agents' own files. */
  trusts: z.array(z.strictObject({ agent: z.string(), file: z.string(), path: z.string(), session: z.string() })),
  /** Did the person agree to them? */
  extensionsAllowed: z.boolean(),
  /** Directories of ours beside agents' own extensions. `foreign`: something else stands there, and is left alone. `unknown`: nobody can look. */
  extensions: z.array(
    z.strictObject({
      agent: z.string(),
      directory: z.string(),
      state: z.enum(['good', 'missing', 'changed', 'foreign', 'unknown']),
    }),
  ),
});
export type HooksView = z.infer<typeof hooksViewSchema>;
