// What of the configuration counts, where it comes from, and what of it can't be read.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { OutputOf } from '#shared/rpc/define-contract.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { extensionTroubles } from './extension-troubles.ts';
import type { HostParts } from './host.ts';

export function explainConfig(
  parts: Pick<HostParts, 'configuration' | 'plugins' | 'sessions'>,
  project: string | null,
): Result<OutputOf<AtheneContract, 'config.explain'>, Problem<'project-unknown'>> {
  const { configuration, sessions } = parts;
  const explained = configuration.explain(project);
  if (!explained.ok) return explained;
  return ok({
    file: sessions.paths.config,
    values: [...explained.value],
    troubles: [...configuration.allTroubles(), ...extensionTroubles(parts)],
  });
}
