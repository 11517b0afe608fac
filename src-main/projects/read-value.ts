// What config.yaml itself says at a key.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { broken, type ConfigurationBroken } from './config-file.ts';
import { hideSecrets } from './hide-secrets.ts';
import { parseYaml, readYaml } from './yaml-file.ts';

/** Null where there is nothing. Secrets are hidden. */
export function readValue(
  file: string,
  key: string,
): Result<{ readonly value: unknown; readonly line: number | null }, ConfigurationBroken> {
  const { root, error } = readYaml(file, { followLinks: true }) ?? parseYaml('');
  if (error !== null) return fail(broken(file, error));
  const path = key.split('.');
  const value = path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
        ? (inner as Record<string, unknown>)[part]
        : undefined,
    root.value,
  );
  return ok(
    value === undefined ? { value: null, line: null } : { value: hideSecrets(path, value), line: root.lineOf(path) },
  );
}
