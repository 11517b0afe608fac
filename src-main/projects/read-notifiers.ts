// The notifiers that config.yaml defines and which notices go to them. One bad entry hides no other, and silences no desktop.
import { z } from 'zod';
import type { ConfigTrouble } from '#shared/domain/configuration.ts';
import {
  completeRouting,
  desktopName,
  notifierNameSchema,
  notifierSchema,
  routingSchema,
  type NotifierDefinition,
  type NotifierSettings,
} from '#shared/domain/notifier.ts';
import type { RawConfig } from './config-file.ts';
import { troubleAt, troublesOf, type Where } from './config-trouble.ts';
import { readEntries } from './registry.ts';
import type { RawEntry } from './yaml-file.ts';

export interface ReadNotifiers {
  /** The desktop is always among them. */
  readonly definitions: ReadonlyMap<string, NotifierDefinition>;
  readonly broken: readonly { readonly name: string; readonly reason: string }[];
  readonly routing: NotifierSettings['routing'];
  readonly projects: NotifierSettings['projects'];
  readonly troubles: readonly ConfigTrouble[];
}

const defaultsSchema = z.object({ notifiers: z.array(notifierNameSchema).max(20).optional() });

export function readNotifiers(config: RawConfig): ReadNotifiers {
  const { definitions, broken, troubles } = readDefinitions(config);
  const routing = readSection(config.notificationRouting, routingSchema, {});
  const usual = readSection(config.defaults, defaultsSchema, {}).notifiers ?? [desktopName];
  const { ready } = readEntries(config);
  const projects = Object.fromEntries(
    ready.flatMap(({ id, notificationRouting }) =>
      notificationRouting === undefined ? [] : [[id, notificationRouting]],
    ),
  );
  const named = [
    ...Object.values(routing),
    usual,
    ...ready.flatMap((one) => Object.values(one.notificationRouting ?? {})),
  ];
  const unknown = named.flat().filter((name) => !definitions.has(name) && !broken.some((one) => one.name === name));
  return {
    definitions,
    broken,
    routing: completeRouting(routing, usual),
    projects,
    troubles: [
      ...troubles,
      ...routingTroubles(config),
      ...[...new Set(unknown)].map((name) => unknownName(config, name)),
    ],
  };
}

function readDefinitions({
  file,
  notifiers,
  plugins,
}: RawConfig): Pick<ReadNotifiers, 'definitions' | 'broken' | 'troubles'> {
  const definitions = new Map<string, NotifierDefinition>([[desktopName, { plugin: 'desktop' }]]);
  const broken: { name: string; reason: string }[] = [];
  const troubles: ConfigTrouble[] = [];
  for (const entry of notifiers) {
    const where = { file, entry, path: ['notifiers', entry.name] };
    const parsed = notifierSchema.safeParse(entry.value);
    const found = !notifierNameSchema.safeParse(entry.name).success
      ? [troubleAt(where, [], 'the name must have 1-40 letters, digits, _ or -')]
      : parsed.success
        ? pluginTroubles(where, parsed.data, plugins)
        : troublesOf(where, parsed.error);
    if (found.length === 0 && parsed.success) definitions.set(entry.name, parsed.data);
    else broken.push({ name: entry.name, reason: parsed.success ? (found[0]?.what ?? '') : whyNot(parsed.error) });
    troubles.push(...found);
  }
  return { definitions, broken, troubles };
}

/** What is wrong with the defaults is told with all other sections. */
function routingTroubles({ file, notificationRouting: entry }: RawConfig): readonly ConfigTrouble[] {
  if (entry === null || entry.value === null) return [];
  const parsed = routingSchema.safeParse(entry.value);
  return parsed.success ? [] : troublesOf({ file, entry, path: [entry.name] }, parsed.error);
}

const unknownName = ({ file, notificationRouting, defaults }: RawConfig, name: string): ConfigTrouble => ({
  file,
  line: notificationRouting?.line ?? defaults?.line ?? 1,
  field: notificationRouting === null ? 'defaults.notifiers' : 'notificationRouting',
  what: `there is no notifier ${JSON.stringify(name)}`,
  todo: 'Define it below "notifiers".',
});

function readSection<T>(entry: RawEntry | null, schema: z.ZodType<T>, otherwise: T): T {
  return schema.safeParse(entry?.value).data ?? otherwise;
}

/** None for one of Athene's, or of a plug-in that stands in the file. */
function pluginTroubles(
  where: Where,
  definition: NotifierDefinition,
  plugins: RawConfig['plugins'],
): readonly ConfigTrouble[] {
  if (definition.plugin !== 'external' || plugins.some(({ value }) => hasName(value, definition.name))) return [];
  return [troubleAt(where, ['plugin'], `there is no plug-in called ${definition.name}`)];
}

const hasName = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && 'plugin' in value && value.plugin === name;

/** Fields and what is wrong with them; never a value, which may be a secret. */
const whyNot = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => [...path.map(String), message].join(': ')).join('; ');
