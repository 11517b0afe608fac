// Lays what a repository's file says over the project's entry in config.yaml, field by field. Pure.
import type { RepositoryEntry } from '#shared/domain/project-entry.ts';
import type { ReadyProject } from './registry.ts';

/** One field that is another with the file than without. */
export interface RepositoryChange {
  /** `agentConfig.model`. */
  readonly field: string;
  /** As YAML-like text; null: nothing. */
  readonly from: string | null;
  readonly to: string;
}

/** Text for the agents of this very repository, and words that choose among what the person has configured. */
const harmless = ['agentRules', 'agentRulesFile', 'defaultBranch', 'color'] as const;

/** Everything else asks: a field that is added later must be thought about before it counts without consent. */
export function splitByConsent(given: RepositoryEntry): {
  readonly free: RepositoryEntry;
  readonly asks: RepositoryEntry;
} {
  const isFree = (name: string, value: unknown): boolean =>
    (harmless as readonly string[]).includes(name) ||
    // A map could name another server, or a program of its own.
    ((name === 'tracker' || name === 'scm') && typeof value === 'string');
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return {
    free: Object.fromEntries(entries.filter(([name, value]) => isFree(name, value))),
    asks: Object.fromEntries(entries.filter(([name, value]) => !isFree(name, value))),
  };
}

/** @param own the entry in config.yaml: what it says of permissions no file loosens */
export function overlay(
  project: ReadyProject,
  given: RepositoryEntry,
  own: unknown,
): { readonly project: ReadyProject; readonly changes: readonly RepositoryChange[] } {
  const allowed = saysPermissions(own) ? withoutPermissions(given) : given;
  const merged = merge(project, allowed) as ReadyProject;
  return { project: merged, changes: changesBetween(project, merged, Object.keys(allowed)) };
}

/** Maps are joined key by key; everything else is replaced. */
function merge(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above;
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    if (value !== undefined) merged.set(key, merged.has(key) ? merge(merged.get(key), value) : value);
  }
  return Object.fromEntries(merged);
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((inner, key) => (isMap(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value);

const roles = ['worker', 'orchestrator'] as const;

const saysPermissions = (own: unknown): boolean =>
  [['agentConfig'], ...roles.map((role) => [role, 'agentConfig'])].some(
    (path) => at(own, ...path, 'permissions') !== undefined,
  );

function withoutPermissions(given: RepositoryEntry): RepositoryEntry {
  const strip = <T extends { readonly permissions?: unknown }>({ permissions: _dropped, ...rest }: T) => rest;
  const { agentConfig, worker, orchestrator, ...rest } = given;
  const role = (one: typeof worker) =>
    one?.agentConfig === undefined ? one : { ...one, agentConfig: strip(one.agentConfig) };
  return {
    ...rest,
    ...(agentConfig === undefined ? {} : { agentConfig: strip(agentConfig) }),
    ...(worker === undefined ? {} : { worker: role(worker) }),
    ...(orchestrator === undefined ? {} : { orchestrator: role(orchestrator) }),
  };
}

function changesBetween(before: unknown, after: unknown, names: readonly string[]): readonly RepositoryChange[] {
  return names.flatMap((name) => leaves(at(before, name), at(after, name), name));
}

function leaves(before: unknown, after: unknown, field: string): readonly RepositoryChange[] {
  if (isMap(after) && Object.keys(after).length > 0) {
    return Object.keys(after).flatMap((key) => leaves(at(before, key), at(after, key), `${field}.${key}`));
  }
  const [from, to] = [text(before), text(after)];
  if (from === to) return [];
  // What the person set there may be a secret; what the repository says is not.
  const shown = field.startsWith('env.') ? '(hidden)' : from;
  return [{ field, from: before === undefined ? null : shown, to }];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
