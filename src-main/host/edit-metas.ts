// Meta orchestrators as config.yaml names them.
import type { CoordinatorScope } from '#shared/domain/coordinator.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { unknownMeta } from '../sessions/coordinators/coordinator-plan.ts';
import type { HostParts } from './host.ts';

interface AskedMeta {
  readonly name: string;
  readonly scope: CoordinatorScope;
  /** Null: as it is configured, or the usual one. */
  readonly agent: string | null;
}

/** One of that name is replaced; what a person wrote into it besides (rules) stays. */
export async function addMeta({ configuration }: HostParts, { name, scope, agent }: AskedMeta) {
  const before = configuration.wholeConfig().metaOrchestrators.get(name);
  const entry = { ...before, scope, discover: before?.discover ?? true, ...(agent === null ? {} : { agent }) };
  const saved = await configuration.saveMetaOrchestrator(name, entry);
  return saved.ok ? ok(null) : saved;
}

export async function removeMeta(
  { configuration }: HostParts,
  name: string,
): Promise<Result<null, Problem<'meta-unknown' | 'configuration-broken'>>> {
  const known = [...configuration.wholeConfig().metaOrchestrators.keys()];
  return known.includes(name) ? configuration.removeMetaOrchestrator(name) : fail(unknownMeta(name, known));
}
