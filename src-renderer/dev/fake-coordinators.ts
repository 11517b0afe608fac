// Calls about coordinators of the page's own host, which has none.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { Handlers } from '#shared/rpc/handlers.ts';

type Calls = Handlers<AtheneContract, null>['calls'];

const unknown = (id: string) => fail({ code: 'session-unknown', what: `There is no session ${id}.` } as const);

export const fakeCoordinators = {
  'coordinator.start': async ({ project }) =>
    fail({ code: 'project-unknown', what: `There is no project ${project} here that could be led.` }),
  'coordinator.startMeta': async ({ name }) =>
    fail({ code: 'meta-unknown', what: `Unknown meta orchestrator: ${name}` }),
  'coordinator.relaunch': async ({ id }) => fail({ code: 'meta-unknown', what: `Unknown meta orchestrator: ${id}` }),
  'coordinator.stop': async ({ id }) => unknown(id),
  'coordinator.pause': async ({ id }) => unknown(id),
  'coordinator.list': async () =>
    ok({
      permissionless: false,
      limits: { workers: 10, spawnsPerHour: 30, depth: { orchestrator: 1, 'meta-orchestrator': 2 } },
      coordinators: [],
    }),
  'coordinator.addMeta': async () => ok(null),
  'coordinator.removeMeta': async () => ok(null),
} satisfies Partial<Calls>;
