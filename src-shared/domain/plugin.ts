// Plug-ins: code of others that the person lets into Athene, by package or by path. What config.yaml says of one, and what one says of itself.
import { z } from 'zod';
import { lineSchema } from './identifier.ts';

export const pluginSlots = ['agent', 'tracker', 'code-host', 'notifier', 'runtime', 'workspace'] as const;
export type PluginSlot = (typeof pluginSlots)[number];

/** The version of each port that this Athene has. A slot without one takes no plug-ins: see docs/plugins.md. */
export const portVersions: Readonly<Partial<Record<PluginSlot, number>>> = {
  ...{ agent: 1, tracker: 1, 'code-host': 1, notifier: 1 },
};

export const pluginNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/u, 'must have 1-40 small letters, digits and -');
const packageNameSchema = z
  .string()
  .max(214)
  .regex(/^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/u, 'is no name of a package');

/** Of the content that the person looked at, or had the chance to. */
export const pluginHashSchema = z.string().regex(/^sha256-[0-9a-f]{64}$/u, 'is no hash');

/** An entry of the list `plugins`. */
export const pluginEntrySchema = z.strictObject({
  source: z.enum(['local', 'npm', 'registry']).optional(),
  package: packageNameSchema.optional(),
  path: z.string().min(1).max(4000).optional(),
  /** Name and slot; what the plug-in says of itself must be the same. */
  plugin: pluginNameSchema.optional(),
  slot: z.enum(pluginSlots).optional(),
  config: z.record(z.string().max(100), z.unknown()).optional(),
  /** Consent: it is loaded while it is exactly this. */
  trusted: pluginHashSchema.optional(),
});
export type PluginEntry = z.infer<typeof pluginEntrySchema>;

/** What a plug-in exports as `manifest`. */
export const pluginManifestSchema = z.object({
  name: pluginNameSchema,
  slot: z.enum(pluginSlots),
  description: lineSchema(300),
  version: lineSchema(40),
  /** The version of the slot's port that it was made for. */
  port: z.int().positive(),
  displayName: lineSchema(60).optional(),
});
export type PluginManifest = z.infer<typeof pluginManifestSchema>;

export const pluginViewSchema = z.strictObject({
  /** By which it is named in commands: its name where that is known, else its package or path. */
  id: z.string(),
  slot: z.string().nullable(),
  version: z.string().nullable(),
  /** Package or path, as config.yaml has it. */
  from: z.string(),
  /** `waits`: nobody has agreed to it. `changed`: it is no longer what somebody agreed to. `resting`: it is loaded once it is used. */
  state: z.enum(['waits', 'changed', 'resting', 'loaded', 'broken']),
  /** For people; null where nothing is wrong. */
  why: z.string().nullable(),
  /** Of what is there now; null where that can't be told. */
  hash: z.string().nullable(),
  /** File and line. */
  definedIn: z.string(),
});
export type PluginView = z.infer<typeof pluginViewSchema>;
