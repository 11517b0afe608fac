// What a person is told before a worktree is removed: what is put aside, what goes, and what keeps it from going.
import { z } from 'zod';

const fileSchema = z.strictObject({
  /** Relative to the worktree; a directory ends in a slash. */
  path: z.string(),
  /** Bytes; null: not measured. */
  size: z.int().nonnegative().nullable(),
});

const filesSchema = z.strictObject({
  /** The largest ones. */
  some: z.array(fileSchema),
  /** How many there are. */
  count: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
});
export type FilesSummary = z.infer<typeof filesSchema>;

export const removalPreviewSchema = z.strictObject({
  /** Why it would be refused now; null when nothing is known that speaks against it. */
  refusal: z.string().nullable(),
  putAside: filesSchema,
  /** Ignored files that tools make again. */
  goes: filesSchema,
  /** Ignored files that are too large to be put aside. */
  large: filesSchema,
});
export type RemovalPreview = z.infer<typeof removalPreviewSchema>;

/** Files that are named; the others are counted. */
const named = 20;

export function summarise(files: readonly z.infer<typeof fileSchema>[]): FilesSummary {
  const bySize = files.toSorted((one, other) => (other.size ?? 0) - (one.size ?? 0));
  return {
    some: bySize.slice(0, named),
    count: files.length,
    bytes: files.reduce((sum, { size }) => sum + (size ?? 0), 0),
  };
}
