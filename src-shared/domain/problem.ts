import { z } from 'zod';

/**
 * An expected failure, as a value. `what` happened, what was `kept`, what `todo` next: three plain sentences for a
 * person; `details` is the technical tail (command, exit code, last lines), shown collapsed.
 */
export const problemSchema = z.strictObject({
  code: z.string().min(1).max(64),
  what: z.string().max(4000),
  kept: z.string().max(4000).optional(),
  todo: z.string().max(4000).optional(),
  details: z.string().max(64_000).optional(),
});

export type Problem<Code extends string = string> = Omit<z.infer<typeof problemSchema>, 'code'> & {
  readonly code: Code;
};
