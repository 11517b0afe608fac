// Members of the contract about config.yaml as a whole.
import { z } from 'zod';
import { configTroubleSchema, configValueSchema } from '#shared/domain/configuration.ts';
import { projectIdSchema } from '#shared/domain/identifier.ts';
import { call } from '#shared/rpc/define-contract.ts';

/** Parts between dots. No id, name or field of the file has one. */
const keySchema = z
  .string()
  .max(300)
  .regex(/^[A-Za-z$_][\w$-]*(?:\.[\w$-]+)*$/, 'a key is like projects.api.agentConfig.model');

export const configCalls = {
  /** What counts and where it comes from: of a project, or of all together. Secrets are hidden. */
  'config.explain': call({
    input: z.strictObject({ project: projectIdSchema.nullable() }),
    output: z.strictObject({
      file: z.string(),
      values: z.array(configValueSchema),
      troubles: z.array(configTroubleSchema),
    }),
    problems: ['project-unknown'],
  }),
  /** What the file itself says there; undefined values are null. Secrets are hidden. */
  'config.read': call({
    input: z.strictObject({ key: keySchema }),
    output: z.strictObject({ value: z.unknown(), line: z.int().positive().nullable() }),
    problems: ['configuration-broken'],
  }),
  /** Writes one value, which must be right, and keeps the comments. */
  'config.set': call({
    input: z.strictObject({
      key: keySchema,
      /** As YAML: `true`, `5`, `[a, b]`, words; null takes it out. */
      value: z.string().max(60_000).nullable(),
    }),
    output: z.null(),
    problems: ['configuration-refused', 'configuration-broken'],
  }),
};
