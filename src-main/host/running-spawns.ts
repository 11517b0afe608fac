// The spawns that this process runs, so that they can be cancelled; and what is left of failed ones.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { doerOf, ownerOfSpawn, type Caller, type Doer } from '#shared/domain/caller.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SpawnInput, SpawnOrder } from '#shared/domain/spawn.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import type { Deliveries } from '../sessions/send/deliveries.ts';
import { isPlaceAbandoned } from '../sessions/line/line-facts.ts';
import { restoreSession } from '../sessions/restore/restore-session.ts';
import { workAt } from '../sessions/spawn/recover-spawns.ts';
import { cancelled, resumeSpawn, runSpawn } from '../sessions/spawn/run-spawn.ts';
import type { FailedSpawn, SpawnProblem } from '../sessions/spawn/spawn-step.ts';
import { deleteRequest, failRequest, getRequest, requestOfSession } from '../storage/requests.ts';
import { leaveLine, readLine, takeOverPlace, type LineRow } from '../storage/waiting-line.ts';
import { getSession } from '../storage/sessions.ts';

type CancelProblem = Problem<CodeOf<AtheneContract, 'session.cancelSpawn'>>;
type DismissProblem = Problem<CodeOf<AtheneContract, 'session.dismissSpawn'>>;

type Answer = Result<{ session: string }, SpawnProblem>;

/** Milliseconds for which an outcome that nobody has asked for is kept. */
const keptFor = 60_000;

export class RunningSpawns {
  readonly #dependencies: SessionDependencies;
  readonly #deliveries: Deliveries;
  readonly #enqueued = new Map<string, Promise<Answer>>();
  readonly #leave = new AbortController();
  readonly #running = new Map<string, { readonly cancel: AbortController; readonly ended: Promise<unknown> }>();

  constructor(dependencies: SessionDependencies, deliveries: Deliveries) {
    this.#dependencies = dependencies;
    this.#deliveries = deliveries;
  }

  /** A spawn goes on when its window closes: only a cancel ends it. */
  async start(input: SpawnInput, caller: Caller, onPlace?: (place: number | null) => void): Promise<Answer> {
    const begun = this.#enqueued.get(input.request);
    if (begun !== undefined) return begun;
    return this.make({ ...input, makes: { kind: 'worker' }, by: doerOf(caller) }, caller, onPlace);
  }

  /** The same of whatever kind. */
  async make(order: SpawnOrder, caller: Caller, onPlace?: (place: number | null) => void): Promise<Answer> {
    const outcome = await this.#follow(order.request, (signal) =>
      runSpawn(this.#dependencies, order, {
        caller: caller.kind === 'window' ? 'window' : 'command',
        // Whoever leads is nobody's worker.
        owner: order.makes.kind === 'worker' ? ownerOfSpawn(caller) : { kind: 'project' },
        ...{ signal, leave: this.#leave.signal, onPlace },
      }),
    );
    return outcome.ok ? ok({ session: outcome.value.session }) : outcome;
  }

  /** The same, and answers as soon as it is known whether it waits in line. */
  async enqueue(input: SpawnInput, caller: Caller): Promise<Result<{ place: number | null }, SpawnProblem>> {
    const placed = Promise.withResolvers<number | null>();
    const ended = this.start(input, caller, (place) => placed.resolve(place));
    this.#keepAnswer(input.request, ended);
    return Promise.race([
      placed.promise.then((place) => ok({ place })),
      ended.then((outcome) => (outcome.ok ? ok({ place: null }) : outcome)),
    ]);
  }

  /** Whoever has put it in line may ask for its outcome: a command's request is forgotten as soon as it has failed. */
  #keepAnswer(request: string, ended: Promise<Answer>): void {
    this.#enqueued.set(request, ended);
    const forget = (): void => void this.#enqueued.delete(request);
    void ended.then(() => setTimeout(forget, keptFor).unref());
  }

  /** What becomes of a session that waits in line to be restored is decided by the line alone: it can be cancelled from everywhere. */
  restore(id: string, by: Doer | null, request?: string): ReturnType<typeof restoreSession> {
    const around = { cancel: new AbortController().signal, leave: this.#leave.signal, by };
    const ended = restoreSession(this.#dependencies, id, request === undefined ? around : { ...around, request });
    return ended.then((outcome) => {
      if (outcome.ok) this.#deliveries.start(id);
      return outcome;
    });
  }

  /** Waits on for those in line whose process is gone. */
  resumeLine(): void {
    const { store, log } = this.#dependencies;
    if (this.#leave.signal.aborted) return;
    for (const row of store.read(readLine).filter((each) => isPlaceAbandoned(each, this.#dependencies))) {
      // One that may start already has begun, and is taken back by whoever recovers spawns.
      if (row.kind === 'spawn' && row.admitted) continue;
      const resumed = row.kind === 'spawn' ? this.#resumeSpawn(row) : this.#resumeRestore(row);
      resumed.catch((error: unknown) => log('line.failed', { request: row.request, error: String(error) }));
    }
  }

  async #resumeSpawn(row: LineRow): Promise<void> {
    await this.#follow<Problem>(row.request, async (signal) => {
      const around = { caller: 'window', signal, leave: this.#leave.signal } as const;
      return (await resumeSpawn(this.#dependencies, row, around)) ?? fail(unknown);
    });
  }

  async #resumeRestore(row: LineRow): Promise<void> {
    const { store, identity, log } = this.#dependencies;
    const restored = await workAt(this.#dependencies, row.request, async () => {
      const ours = await store.write('restore: wait on', (tx) => takeOverPlace(tx, row, identity));
      return ours && row.session !== null ? this.restore(row.session, null, row.request) : null;
    });
    if (restored?.ok === false) log('restore.not_resumed', { session: row.session, code: restored.problem.code });
  }

  async #follow<P>(
    request: string,
    run: (signal: AbortSignal) => Promise<Result<{ readonly session: string }, P>>,
  ): Promise<Result<{ readonly session: string }, P>> {
    const cancel = new AbortController();
    const own = { cancel, ended: run(cancel.signal) };
    // A second request of the same id only waits for the first, which alone can be cancelled.
    if (!this.#running.has(request)) this.#running.set(request, own);
    const outcome = await own.ended;
    if (this.#running.get(request) === own) this.#running.delete(request);
    if (outcome.ok) this.#deliveries.start(outcome.value.session);
    return outcome;
  }

  /** Whoever waits in line keeps the place, and nobody waits here any more. */
  leaveLine(): void {
    this.#leave.abort();
  }

  async cancel(request: string): Promise<Result<null, CancelProblem>> {
    const running = this.#running.get(request);
    if (running !== undefined) {
      running.cancel.abort();
      return ok(null);
    }
    return this.#dependencies.store.write('line: cancel', (tx) => {
      const waiting = readLine(tx).find((row) => row.request === request && !row.admitted);
      if (waiting === undefined) return fail(getRequest(tx, request)?.state === 'running' ? elsewhere : unknown);
      leaveLine(tx, request);
      // Else whoever waits sees that it is gone, and settles the rest.
      if (waiting.kind === 'spawn' && isPlaceAbandoned(waiting, this.#dependencies)) {
        failRequest(tx, request, { problem: cancelled, step: 'choose-agent' } satisfies FailedSpawn);
      }
      return ok(null);
    });
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
