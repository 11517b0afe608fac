// The notifiers that config.yaml defines and which notices go to them. One bad entry hides no other, and silences no desktop.
import { z } from 'zod';
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
import { readEntries } from './registry.ts';
import type { RawEntry } from './yaml-file.ts';

export interface ReadNotifiers {
  /** The desktop is always among them. */
  readonly definitions: ReadonlyMap<string, NotifierDefinition>;
  readonly broken: readonly { readonly name: string; readonly reason: string }[];
  readonly routing: NotifierSettings['routing'];
  readonly projects: NotifierSettings['projects'];
  /** One line per thing that can't be read. */
  readonly troubles: readonly string[];
}

/** What is wrong with the rest of it is told with all other sections. */
const defaultsSchema = z.object({ notifiers: z.array(notifierNameSchema).max(20).optional() });

export function readNotifiers(file: string, config: RawConfig): ReadNotifiers {
  const definitions = new Map<string, NotifierDefinition>([[desktopName, { plugin: 'desktop' }]]);
  const broken: { name: string; line: number; reason: string }[] = [];
  for (const { name, line, value } of config.notifiers) {
    const reason = notifierNameSchema.safeParse(name).success
      ? null
      : 'the name must have 1-40 letters, digits, _ or -';
    const parsed = notifierSchema.safeParse(value);
    if (reason === null && parsed.success) definitions.set(name, parsed.data);
    else broken.push({ name, line, reason: reason ?? (parsed.success ? '' : whyNot(parsed.error)) });
  }
  const routing = readSection(config.notificationRouting, routingSchema, {});
  const defaults = readSection(config.defaults, defaultsSchema, {});
  const { ready } = readEntries(config);
  const projects = Object.fromEntries(
    ready.flatMap(({ id, notificationRouting }) =>
      notificationRouting === undefined ? [] : [[id, notificationRouting]],
    ),
  );
  const usual = defaults.value.notifiers ?? [desktopName];
  const unknown = [
    ...Object.values(routing.value),
    usual,
    ...ready.flatMap(({ notificationRouting }) => Object.values(notificationRouting ?? {})),
  ]
    .flat()
    .filter((name) => !definitions.has(name) && !broken.some((one) => one.name === name));
  const line = config.notificationRouting?.line ?? config.defaults?.line ?? 1;
  return {
    definitions,
    broken,
    routing: completeRouting(routing.value, usual),
    projects,
    troubles: [
      ...broken.map(({ name, line, reason }) => `${file}, line ${line}: notifier ${JSON.stringify(name)}: ${reason}`),
      ...[routing.trouble, defaults.trouble]
        .filter((trouble) => trouble !== null)
        .map((trouble) => `${file}, ${trouble}`),
      ...[...new Set(unknown)].map((name) => `${file}, line ${line}: there is no notifier ${JSON.stringify(name)}`),
    ],
  };
}

function readSection<T>(
  entry: RawEntry | null,
  schema: z.ZodType<T>,
  otherwise: T,
): { readonly value: T; readonly trouble: string | null } {
  if (entry === null || entry.value === null) return { value: otherwise, trouble: null };
  const parsed = schema.safeParse(entry.value);
  if (parsed.success) return { value: parsed.data, trouble: null };
  return { value: otherwise, trouble: `line ${entry.line}: ${entry.name}: ${whyNot(parsed.error)}` };
}

/** Fields and what is wrong with them; never a value, which may be a secret. */
const whyNot = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => [...path.map(String), message].join(': ')).join('; ');
