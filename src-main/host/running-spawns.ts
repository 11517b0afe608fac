// The spawns that this process runs, so that they can be cancelled; and what is left of failed ones.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { ownerOfSpawn, type Caller } from '#shared/domain/caller.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SpawnInput } from '#shared/domain/spawn.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import type { Deliveries } from '../sessions/send/deliveries.ts';
import { runSpawn } from '../sessions/spawn/run-spawn.ts';
import type { SpawnProblem } from '../sessions/spawn/spawn-step.ts';
import { deleteRequest, getRequest, requestOfSession } from '../storage/requests.ts';
import { getSession } from '../storage/sessions.ts';

type CancelProblem = Problem<CodeOf<AtheneContract, 'session.cancelSpawn'>>;
type DismissProblem = Problem<CodeOf<AtheneContract, 'session.dismissSpawn'>>;

export class RunningSpawns {
  readonly #dependencies: SessionDependencies;
  readonly #deliveries: Deliveries;
  readonly #running = new Map<string, { readonly cancel: AbortController; readonly ended: Promise<unknown> }>();

  constructor(dependencies: SessionDependencies, deliveries: Deliveries) {
    this.#dependencies = dependencies;
    this.#deliveries = deliveries;
  }

  /** A spawn goes on when its window closes: only a cancel ends it. */
  async start(input: SpawnInput, caller: Caller): Promise<Result<{ session: string }, SpawnProblem>> {
    const cancel = new AbortController();
    const ended = runSpawn(this.#dependencies, input, {
      caller: caller.kind === 'window' ? 'window' : 'command',
      owner: ownerOfSpawn(caller),
      signal: cancel.signal,
    });
    const own = { cancel, ended };
    // A second request of the same id only waits for the first, which alone can be cancelled.
    if (!this.#running.has(input.request)) this.#running.set(input.request, own);
    const outcome = await ended;
    if (this.#running.get(input.request) === own) this.#running.delete(input.request);
    if (outcome.ok) this.#deliveries.start(outcome.value.session);
    return outcome.ok ? ok({ session: outcome.value.session }) : outcome;
  }

  cancel(request: string): Result<null, CancelProblem> {
    const running = this.#running.get(request);
    if (running !== undefined) {
      running.cancel.abort();
      return ok(null);
    }
    const row = this.#dependencies.store.read((tx) => getRequest(tx, request));
    return fail(row?.state === 'running' ? elsewhere : unknown);
  }

  /** Cancels the spawn that is still making this session, and waits for its end. False when there is a session all the same. */
  async cancelOf(session: string): Promise<boolean> {
    const request = this.#dependencies.store.read((tx) => requestOfSession(tx, session));
    const running = this.#running.get(request ?? '');
    if (running === undefined) return false;
    running.cancel.abort();
    await running.ended;
    return this.#dependencies.store.read((tx) => getSession(tx, session)) === null;
  }

  dismiss(request: string): Promise<Result<null, DismissProblem>> {
    return this.#dependencies.store.write('spawn: dismiss', (tx) => {
      const row = getRequest(tx, request);
      if (row === null || row.kind !== 'spawn' || row.state === 'done') return fail(unknown);
      if (row.state === 'running') return fail(stillRunning);
      deleteRequest(tx, request);
      return ok(null);
    });
  }

  /** Resolves when no spawn of this process is in the middle of something. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#running.values()].map(({ ended }) => ended));
  }
}

const unknown = {
  code: 'spawn-unknown',
  what: 'There is no such spawn any more.',
} as const;

const elsewhere: CancelProblem = {
  code: 'spawn-elsewhere',
  what: 'Another process is making this session.',
  kept: 'Nothing was changed.',
  todo: 'Cancel it where it was started, or stop the session once it runs.',
};

const stillRunning: DismissProblem = {
  code: 'spawn-running',
  what: 'The spawn is still at work.',
  todo: 'Cancel it first.',
};
