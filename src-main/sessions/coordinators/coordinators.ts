// The calls about coordinators, as one host answers them. Several that ask this process at once for the same one share the answer.
import { doerOf, type Caller } from '#shared/domain/caller.ts';
import type { OrchestratorStrategy } from '#shared/domain/coordinator.ts';
import type { SpawnOrder } from '#shared/domain/spawn.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { ProjectConfiguration } from '../../projects/configuration.ts';
import { getSession } from '../../storage/sessions.ts';
import type { SessionDependencies } from '../dependencies.ts';
import type { Restored } from '../restore/restore-session.ts';
import type { RestoreProblem } from '../restore/restore-task.ts';
import type { SpawnProblem } from '../spawn/spawn-step.ts';
import { hasConsent } from './coordinator-settings.ts';
import { planMeta, planOf, planOrchestrator, type CoordinatorPlan, type Wish } from './coordinator-plan.ts';
import { ensureCoordinator, type CoordinatorProblem, type Started } from './ensure-coordinator.ts';

export interface CoordinatorDependencies {
  readonly sessions: SessionDependencies;
  readonly configuration: Pick<ProjectConfiguration, 'find' | 'projects' | 'wholeConfig' | 'settings' | 'setSettings'>;
  readonly make: (order: SpawnOrder, caller: Caller) => Promise<Result<{ readonly session: string }, SpawnProblem>>;
  readonly restore: (id: string, caller: Caller) => Promise<Result<Restored, RestoreProblem>>;
  readonly refresh: () => Promise<void>;
}

type How = Wish & { readonly allowPermissionless: boolean };
type Answer = Result<Started, CoordinatorProblem>;

export class Coordinators {
  readonly #dependencies: CoordinatorDependencies;
  readonly #starting = new Map<string, Promise<Answer>>();
  readonly #relaunching = new Map<string, Promise<Answer>>();

  constructor(dependencies: CoordinatorDependencies) {
    this.#dependencies = dependencies;
  }

  async start(
    { project, ...how }: How & { readonly project: string; readonly strategy: OrchestratorStrategy | null },
    caller: Caller,
  ): Promise<Answer> {
    return this.#ensure(planOrchestrator(this.#dependencies.configuration, project, how), how, caller);
  }

  async startMeta({ name, ...how }: How & { readonly name: string }, caller: Caller): Promise<Answer> {
    return this.#ensure(planMeta(this.#dependencies.configuration, name, how), how, caller);
  }

  /** Always a fresh agent with a fresh prompt, once whoever starts it already has come to an end. */
  async relaunch({ id, ...how }: How & { readonly id: string }, caller: Caller): Promise<Answer> {
    const plan = planOf(this.#dependencies.configuration, id, how);
    if (!plan.ok) return plan;
    const agreed = await this.#agree(plan.value, how, true);
    if (!agreed.ok) return agreed;
    return shared(this.#relaunching, id, async () => {
      await this.#starting.get(id);
      return this.#run(plan.value, caller, true);
    });
  }

  async #ensure(plan: Result<CoordinatorPlan, CoordinatorProblem>, how: How, caller: Caller): Promise<Answer> {
    if (!plan.ok) return plan;
    const { id, strategy } = plan.value;
    const agreed = await this.#agree(plan.value, how, strategy !== 'reuse');
    if (!agreed.ok) return agreed;
    return shared(this.#starting, id, () => this.#run(plan.value, caller, strategy !== 'reuse'));
  }

  #run(plan: CoordinatorPlan, caller: Caller, anew: boolean): Promise<Answer> {
    const { sessions, make, restore, refresh } = this.#dependencies;
    const around = {
      ...{ sessions, refresh },
      make: (order: SpawnOrder) => make(order, caller),
      restore: (id: string) => restore(id, caller),
    };
    return ensureCoordinator(around, { plan, by: doerOf(caller), anew });
  }

  /** Asked once for all of them, and written down; not for one that asks before it acts. */
  async #agree(
    { id, order }: CoordinatorPlan,
    { allowPermissionless }: How,
    anew: boolean,
  ): Promise<Result<null, CoordinatorProblem>> {
    const { configuration, sessions } = this.#dependencies;
    if (hasConsent(configuration)) return ok(null);
    // The last one acts as it was made, if it is used again.
    const last = anew ? null : sessions.store.read((tx) => getSession(tx, id));
    const lastAsks = last === null || ('record' in last && last.record.permissions === 'ask');
    if (order.permissions === 'ask' && lastAsks) return ok(null);
    if (!allowPermissionless) return fail(consentNeeded);
    const set = await configuration.setSettings({ permissionlessCoordinators: true });
    return set.ok ? ok(null) : set;
  }
}

async function shared(
  running: Map<string, Promise<Answer>>,
  id: string,
  begin: () => Promise<Answer>,
): Promise<Answer> {
  const others = running.get(id);
  if (others !== undefined) return others;
  const own = begin().finally(() => running.delete(id));
  running.set(id, own);
  return own;
}

const consentNeeded: CoordinatorProblem = {
  code: 'consent-needed',
  what: 'An agent that leads others runs commands without asking anybody, and nobody has agreed to that yet.',
  kept: 'Nothing was started.',
  todo: 'Agree once, for all of them: athene orchestrator start --allow-permissionless. Take it back with athene orchestrator consent --revoke. One that asks needs no consent: orchestrator.agentConfig.permissions: ask',
};
