// What a tree of programs consists of: written when the app is packaged, so that a copy can be told whole.
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Beside `bin/`, `dist/` and `node_modules/`. */
export const manifestName = 'manifest.json';

/** Relative, with `/` between names, each of them plain: a copy stays below its directory. */
const pathSchema = z
  .string()
  .max(400)
  .regex(/^(?!\.{1,2}(\/|$))[\w.@+-]+(\/(?!\.{1,2}(\/|$))[\w.@+-]+)*$/);

const manifestSchema = z.strictObject({
  /** Of Athene. */
  version: z.string().regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/),
  /** As in Node's `process.platform` and `process.arch`. */
  platform: z.string(),
  arch: z.string(),
  files: z.record(
    pathSchema,
    z.strictObject({
      /** Bytes. */
      size: z.number().int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      executable: z.boolean(),
    }),
  ),
});

export type ProgramManifest = z.infer<typeof manifestSchema>;
export type ProgramFile = ProgramManifest['files'][string];

/** Throws when the text is no manifest. */
export const parseManifest = (text: string): ProgramManifest => manifestSchema.parse(JSON.parse(text));

/** Name of the tree's directory, like `0.1.0-3fa9c1d2`: two builds of one version are two trees, and neither has to give way. */
export const treeName = (text: string): string =>
  `${parseManifest(text).version}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
