import type { Problem } from '#shared/domain/problem.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { App } from '../../state/app.ts';
import type { LeadDialogStart } from '../../state/view.ts';
import { scopeOf, type MetaForm } from './meta-fields.tsx';

interface Asked {
  /** Of a meta orchestrator that is not configured yet. */
  readonly meta: MetaForm;
  readonly how: {
    readonly agent: string | null;
    readonly command: string | null;
    readonly allowPermissionless: boolean;
  };
}

/** The id of its session. */
export async function startLead(
  { connection }: App,
  leading: LeadDialogStart,
  { meta, how }: Asked,
): Promise<Result<string, Problem>> {
  switch (leading.kind) {
    case 'orchestrator':
      return sessionOf(
        await connection.call('coordinator.start', { project: leading.project, strategy: null, ...how }),
      );
    case 'relaunch':
      return sessionOf(await connection.call('coordinator.relaunch', { id: leading.id, ...how }));
    case 'meta': {
      if (leading.name !== null)
        return sessionOf(await connection.call('coordinator.startMeta', { name: leading.name, ...how }));
      const name = meta.name.trim();
      // A command is not written down: it is for this start.
      const agent = how.command === null ? how.agent : null;
      const added = await connection.call('coordinator.addMeta', { name, scope: scopeOf(meta), agent });
      if (!added.ok) return added;
      return sessionOf(await connection.call('coordinator.startMeta', { name, ...how }));
    }
  }
}

const sessionOf = (started: Result<{ readonly session: string }, Problem>): Result<string, Problem> =>
  started.ok ? ok(started.value.session) : started;
