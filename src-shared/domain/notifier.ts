// A notifier: a way by which notices leave Athene. What config.yaml says of it, what may be shown of it, and which notices go where.
import { z } from 'zod';
import { projectIdSchema } from './identifier.ts';
import { pluginNameSchema } from './plugin.ts';
import { priorities, prioritySchema, type Priority } from './priority.ts';

export const notifierNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'the name must have 1-40 letters, digits, _ or -');

/** Always there: notifications of the system, or of the browser. */
export const desktopName = 'desktop';

/** May be a secret, or name variables that hold one: `${SLACK_WEBHOOK_URL}`. */
const addressSchema = z.string().min(1).max(4000);

const shipped = ['desktop', 'webhook', 'slack', 'discord', 'command'];

/** One of a plug-in: what it has besides its name is the plug-in's own. */
const externalSchema = z
  .looseObject({ plugin: pluginNameSchema.refine((name) => !shipped.includes(name) && name !== 'external') })
  .transform(({ plugin, ...config }) => ({ plugin: 'external' as const, name: plugin, config }));

const shippedSchema = z.discriminatedUnion('plugin', [
  z.strictObject({ plugin: z.literal('desktop') }),
  z.strictObject({
    plugin: z.literal('webhook'),
    url: addressSchema,
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,100}$/), z.string().max(4000)).optional(),
  }),
  z.strictObject({ plugin: z.literal('slack'), url: addressSchema }),
  z.strictObject({ plugin: z.literal('discord'), url: addressSchema }),
  z.strictObject({
    plugin: z.literal('command'),
    /** Program and arguments, as they are: no shell reads them, and no variable is put in. */
    command: z.array(z.string().min(1).max(4000)).min(1).max(100),
    /** Until it is ended. */
    timeoutSeconds: z.int().min(1).max(300).optional(),
  }),
]);
/** The same as one of several forms, for editors. */
export const writtenNotifierSchema = z.union([shippedSchema, externalSchema]);

/** An entry of `notifiers`. It may hold secrets: it never leaves the host. */
export const notifierSchema = z.unknown().transform((value, context) => {
  const named = typeof value === 'object' && value !== null && 'plugin' in value ? value.plugin : undefined;
  const isOther = pluginNameSchema.safeParse(named).success && !shipped.includes(String(named));
  const parsed = (isOther ? externalSchema : shippedSchema).safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: undefined });
  return z.NEVER;
});
export type NotifierDefinition = z.infer<typeof shippedSchema> | z.infer<typeof externalSchema>;

const routesSchema = z.partialRecord(prioritySchema, z.array(notifierNameSchema).max(20));
/** `notificationRouting` of the file or of a project: priority to names. What it leaves out goes the usual way. */
export const routingSchema = routesSchema;
export type Routing = z.infer<typeof routingSchema>;

export const notifierViewSchema = z.strictObject({
  name: z.string(),
  plugin: z.enum(['desktop', 'webhook', 'slack', 'discord', 'command', 'external']).nullable(),
  /** Where it tells, without secrets: a host, a program, a variable. */
  where: z.string(),
  /** Why it can't be used; null when it can. */
  problem: z.string().nullable(),
});
export type NotifierView = z.infer<typeof notifierViewSchema>;

export const notifierSettingsSchema = z.strictObject({
  notifiers: z.array(notifierViewSchema),
  /** Complete: what the file leaves out has the names of `defaults.notifiers`, else the desktop. */
  routing: z.record(prioritySchema, z.array(z.string())),
  /** What projects say differently. */
  projects: z.record(projectIdSchema, routesSchema),
});
export type NotifierSettings = z.infer<typeof notifierSettingsSchema>;

export const everythingTo = (names: readonly string[]): NotifierSettings['routing'] => ({
  urgent: [...names],
  action: [...names],
  warning: [...names],
  info: [...names],
});

export const desktopOnly: NotifierSettings = {
  notifiers: [{ name: desktopName, plugin: 'desktop', where: 'this computer', problem: null }],
  routing: everythingTo([desktopName]),
  projects: {},
};

/** Names to which a notice of these projects goes, each once. */
export function routeOf(
  { routing, projects }: Pick<NotifierSettings, 'routing' | 'projects'>,
  priority: Priority,
  of: readonly string[],
): readonly string[] {
  const own = of.map((project) => projects[project]?.[priority] ?? routing[priority]);
  return [...new Set(own.length === 0 ? routing[priority] : own.flat())];
}

/** Does the desktop tell of it? */
export const isForDesktop = (
  { notifiers, ...routes }: NotifierSettings,
  priority: Priority,
  project: string,
): boolean =>
  routeOf(routes, priority, [project]).some(
    (name) => name === desktopName || notifiers.find((one) => one.name === name)?.plugin === 'desktop',
  );

export const completeRouting = (given: Routing, usual: readonly string[]): NotifierSettings['routing'] =>
  Object.fromEntries(priorities.map((priority) => [priority, [...(given[priority] ?? usual)]])) as Record<
    Priority,
    string[]
  >;
