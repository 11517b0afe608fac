// The settings that config.yaml holds: what is missing has its default, what is there must be right.
import { z } from 'zod';
import type { ConfigTrouble } from '#shared/domain/configuration.ts';
import { defaultSettings, settingsSchema, type Settings } from '#shared/domain/settings.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { broken, type ConfigurationBroken, type RawConfig } from './config-file.ts';
import { troubleAt } from './config-trouble.ts';

export function readSettings(config: RawConfig): Result<Settings, ConfigurationBroken> {
  const { file, error, settings } = config;
  if (error !== null && settings?.value === undefined) return fail(broken(file, error));
  const parsed = parsedIn(config);
  if (parsed.success) return ok(parsed.data);
  const why = parsed.error.issues.map(({ path, message }) => `settings.${path.join('.')}: ${message}`).join('; ');
  return fail(broken(file, { line: settings?.line ?? 1, why }));
}

export function settingsTroubles(config: RawConfig): readonly ConfigTrouble[] {
  const { file, error, settings: entry } = config;
  const parsed = parsedIn(config);
  if (parsed.success || entry === null || (error !== null && entry.value === undefined)) return [];
  return parsed.error.issues.map(({ path, message }) => troubleAt({ file, entry, path: ['settings'] }, path, message));
}

/** Only what is there is looked at: most files set two or three of them. */
function parsedIn({ settings }: RawConfig) {
  const given: unknown = settings?.value ?? {};
  if (typeof given !== 'object' || given === null) return settingsSchema.safeParse(given);
  const shape: Readonly<Record<string, z.ZodType>> = settingsSchema.shape;
  const named = Object.keys(given).filter((name) => Object.hasOwn(defaultSettings, name));
  const parsed = z.object(Object.fromEntries(named.map((name) => [name, shape[name]]))).safeParse(given);
  if (!parsed.success) return parsed;
  return { success: true, data: { ...defaultSettings, ...parsed.data } } as const;
}
