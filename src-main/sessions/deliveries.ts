// The deliveries that this process has under way: one at a time for each session, none waiting for another's agent.
import { listPending } from '../storage/outbox.ts';
import { deliverPending } from './deliver.ts';
import type { SessionDependencies } from './dependencies.ts';

export class Deliveries {
  readonly #dependencies: SessionDependencies;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(dependencies: SessionDependencies) {
    this.#dependencies = dependencies;
  }

  /** Begins with what waits for the session, unless it is being typed already. */
  start(session: string): void {
    if (this.#underWay.has(session) || this.#stop.signal.aborted) return;
    const delivery = deliverPending(this.#dependencies, session, this.#stop.signal)
      .catch((error: unknown) => this.#dependencies.log('outbox.delivery_failed', { session, error: String(error) }))
      .finally(() => this.#underWay.delete(session));
    this.#underWay.set(session, delivery);
  }

  startAll(): void {
    const pending = this.#dependencies.store.read(listPending);
    for (const session of new Set(pending.map((delivery) => delivery.session))) this.start(session);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  /** Begins nothing more; what still waits for its agent to listen is put back for another process. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.settled();
  }
}
