// From an entry of config.yaml to the code that it names: where it is, and what exactly is there. Nothing of it runs.
import { isAbsolute, join } from 'node:path';
import type { PluginEntry } from '#shared/domain/plugin.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { hashCode } from '../../lib/code-tree.ts';
import { isBelow, probePath, readTextIfThere, realPathIfThere } from '../../lib/files.ts';

export interface FoundPlugin {
  readonly directory: string;
  /** What is loaded. */
  readonly main: string;
  readonly version: string | null;
  readonly hash: string;
}

export interface PluginPlaces {
  /** Where packages of plug-ins are installed. */
  readonly packages: string;
  /** Work of agents, and repositories: code that others bring there is never loaded. */
  readonly never: readonly string[];
}

/** Bytes. */
const largestManifest = 256 * 1024;

/** The problem is for people. */
export function findPlugin(entry: PluginEntry, { packages, never }: PluginPlaces): Result<FoundPlugin, string> {
  const named = entry.package === undefined ? (entry.path ?? '') : join(packages, 'node_modules', entry.package);
  if (named === '') return fail('it names neither a package nor a path');
  if (!isAbsolute(named)) return fail('its path must be absolute');
  const directory = realPathIfThere(named);
  if (directory === null || probePath(directory).kind !== 'directory')
    return fail(entry.package === undefined ? `there is no directory ${named}` : notInstalled(entry.package, packages));
  const within = never.find((root) => directory === root || isBelow(directory, root));
  if (within !== undefined) return fail(`it lies in ${within}, where agents work: nothing is loaded from there`);
  return inDirectory(directory);
}

const notInstalled = (name: string, packages: string): string =>
  `the package is not installed: npm install --ignore-scripts --prefix ${packages} ${name}`;

function inDirectory(directory: string): Result<FoundPlugin, string> {
  const hash = hashCode(directory);
  if (!hash.ok) return hash;
  const { main = null, version = null } = manifestOf(directory);
  const candidates = [...(main === null ? [] : [main]), 'dist/index.js', 'index.js', 'index.mjs'];
  const found = candidates
    .map((name) => join(directory, name))
    .find((path) => isBelow(path, directory) && probePath(path).kind === 'file');
  if (found === undefined) return fail('it has neither the "main" of its package.json nor dist/index.js nor index.js');
  return ok({ directory, main: found, version, hash: hash.value });
}

function manifestOf(directory: string): { readonly main?: string; readonly version?: string } {
  try {
    const text = readTextIfThere(join(directory, 'package.json'), { maxBytes: largestManifest }) ?? '{}';
    const { main, version } = JSON.parse(text) as { readonly main?: unknown; readonly version?: unknown };
    return {
      ...(typeof main === 'string' ? { main } : {}),
      ...(typeof version === 'string' ? { version: version.slice(0, 40) } : {}),
    };
  } catch {
    return {}; // It has no package.json that could be read; what is loaded may still be there.
  }
}
