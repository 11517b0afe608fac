// Loads the code of a plug-in that the person has agreed to, and makes what its slot wants. Whatever goes wrong in it is a problem.
import { pathToFileURL } from 'node:url';
import { pluginManifestSchema, portVersions, type PluginManifest, type PluginSlot } from '#shared/domain/plugin.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { FoundPlugin } from './find-plugin.ts';
import { inTime, saidBy } from './in-time.ts';

export interface LoadedPlugin {
  readonly manifest: PluginManifest;
  /** Makes what its slot wants, of its configuration. */
  create(config: Readonly<Record<string, unknown>>): Promise<Result<unknown, string>>;
}

export interface Wanted {
  readonly name: string | null;
  readonly slot: PluginSlot | null;
}

/** @param name and slot as config.yaml has them; null: whatever it says of itself. The problem is for people. */
export async function loadPlugin({ main, hash }: FoundPlugin, wanted: Wanted): Promise<Result<LoadedPlugin, string>> {
  const address = pathToFileURL(main);
  // Changed code that was agreed to again is not what was loaded before.
  address.searchParams.set('content', hash);
  const loaded = await inTime('loading it', () => import(address.href) as Promise<unknown>);
  if (!loaded.ok) return loaded;
  const parts = partsOf(loaded.value);
  const manifest = pluginManifestSchema.safeParse(parts.manifest);
  if (!manifest.success) {
    const [issue] = manifest.error.issues;
    return fail(`its manifest: ${[...(issue?.path ?? []).map(String), issue?.message ?? 'is missing'].join(': ')}`);
  }
  const fault = faultOf(manifest.data, wanted);
  if (fault !== null) return fail(fault);
  const { create } = parts;
  if (typeof create !== 'function') return fail('it exports no function "create"');
  return ok({
    manifest: manifest.data,
    create: (config) => inTime('create', async () => (create as (config: unknown) => unknown)(config)),
  });
}

/** Named exports, or those of the default one. */
function partsOf(module: unknown): { readonly manifest?: unknown; readonly create?: unknown } {
  try {
    const { manifest, create, default: whole } = module as Readonly<Record<string, unknown>>;
    if (manifest !== undefined || typeof whole !== 'object' || whole === null) return { manifest, create };
    return whole;
  } catch (error) {
    return { manifest: saidBy(error) };
  }
}

function faultOf({ name, slot, port }: PluginManifest, wanted: Wanted): string | null {
  if (wanted.name !== null && wanted.name !== name)
    return `config.yaml calls it ${wanted.name}, and it calls itself ${name}`;
  if (wanted.slot !== null && wanted.slot !== slot)
    return `config.yaml has it for ${wanted.slot}, and it is for ${slot}`;
  const ours = portVersions[slot];
  if (ours === undefined) return `this Athene takes no plug-ins for ${slot}`;
  return port === ours ? null : `it was made for version ${port} of the port ${slot}; this Athene has version ${ours}`;
}
