// Calls about coordinators of the page's own host: what they change are the samples.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { Handlers } from '#shared/rpc/handlers.ts';
import type { collection } from './collection.ts';
import { session } from './samples.ts';

type Calls = Handlers<AtheneContract, null>['calls'];

interface Around {
  readonly sessions: ReturnType<typeof collection<SessionView>>;
  readonly settings: () => Settings;
  readonly agree: () => void;
}

export function fakeCoordinators({ sessions, settings, agree }: Around) {
  const metas = new Map<string, readonly string[]>([['release-3', ['api', 'docs']]]);

  const begin = async (agreed: boolean, made: SessionView) => {
    if (!agreed && !settings().permissionlessCoordinators)
      return fail({
        code: 'consent-needed',
        what: 'Nobody has agreed that agents which lead act without asking.',
      } as const);
    agree();
    await new Promise((resolve) => setTimeout(resolve, 400));
    sessions.put(made);
    return ok({ session: made.id, how: 'started' as const });
  };
  const lead = (id: string, name: string, more: Partial<SessionView>): SessionView =>
    session(id, name, 0, { permissions: 'permissionless', prompt: null, ...more });

  return {
    'coordinator.start': async ({ project, allowPermissionless }) => {
      if (project === 'infra')
        return fail({
          code: 'agent-missing',
          what: 'Claude Code is not on this machine.',
          kept: 'Nothing was created.',
          todo: 'Install it, or choose another agent.',
        });
      const made = lead(`${project}-orchestrator`, `${project} orchestrator`, {
        ...{ kind: 'orchestrator', project, leads: [project] },
      });
      return begin(allowPermissionless, made);
    },
    'coordinator.startMeta': async ({ name, allowPermissionless }) => {
      const leads = [...(metas.get(name) ?? [])];
      return begin(
        allowPermissionless,
        lead(name, `${name} (meta)`, { kind: 'meta-orchestrator', project: '_meta', leads }),
      );
    },
    'coordinator.relaunch': async ({ id }) => {
      const there = sessions.get(id);
      if (there === undefined) return fail({ code: 'meta-unknown', what: `Unknown meta orchestrator: ${id}` });
      return begin(true, { ...there, state: 'working', since: Date.now(), exit: null });
    },
    'coordinator.stop': async ({ id, withWorkers }) => {
      const ends = sessions
        .items()
        .filter((each) => each.id === id || (withWorkers && each.spawnedBy === id && !isCoordinator(each.kind)));
      for (const each of ends)
        sessions.put({ ...each, state: 'stopped', status: 'killed', because: 'You stopped it.', since: Date.now() });
      return ok({ stopped: ends.map((each) => each.id), failed: [] });
    },
    'coordinator.pause': async ({ id, on }) => {
      const there = sessions.get(id);
      if (there === undefined) return fail({ code: 'session-unknown', what: `There is no session ${id}.` });
      sessions.put({ ...there, spawningPaused: on });
      return ok(null);
    },
    'coordinator.list': async () =>
      ok({
        permissionless: settings().permissionlessCoordinators,
        limits: { workers: 10, spawnsPerHour: 30, depth: { orchestrator: 1, 'meta-orchestrator': 2 } },
        coordinators: [...metas].map(([id, leads]) => ({
          ...{ id, kind: 'meta-orchestrator' as const, project: null, configured: true, discover: false },
          ...{
            scope: { projects: [...leads] },
            leads: [...leads],
            workers: [],
            peers: [],
            spawningPaused: false,
            asks: false,
          },
          session: sessions.get(id) === undefined ? null : { state: 'working', status: 'working', live: true },
        })),
      }),
    'coordinator.addMeta': async ({ name, scope }) => {
      metas.set(name, scope === 'all' ? ['api', 'web', 'infra'] : scope.projects);
      return ok(null);
    },
    'coordinator.removeMeta': async ({ name }) => {
      metas.delete(name);
      return ok(null);
    },
  } satisfies Partial<Calls>;
}
