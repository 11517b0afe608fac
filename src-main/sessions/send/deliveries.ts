// The deliveries that this process has under way: one at a time for each session, none waiting for another's agent.
import { listPending } from '../../storage/outbox.ts';
import { deliverPending } from './deliver.ts';
import type { SessionDependencies } from '../dependencies.ts';

/** Milliseconds. */
const rest = 1500;

export class Deliveries {
  readonly #dependencies: SessionDependencies;
  readonly #underWay = new Map<string, Promise<void>>();
  /** When the last try of a session ended that still has something to type. */
  readonly #triedAt = new Map<string, number>();
  readonly #stop = new AbortController();

  constructor(dependencies: SessionDependencies) {
    this.#dependencies = dependencies;
  }

  /** Begins with what waits for the session, unless it is being typed already. */
  start(session: string): void {
    if (this.#underWay.has(session) || this.#stop.signal.aborted) return;
    const delivery = deliverPending(this.#dependencies, session, this.#stop.signal)
      .catch((error: unknown) => this.#dependencies.log('outbox.delivery_failed', { session, error: String(error) }))
      .finally(() => {
        this.#underWay.delete(session);
        this.#triedAt.set(session, this.#dependencies.now());
      });
    this.#underWay.set(session, delivery);
  }

  /** What waits for a person to answer a question is tried again after a rest, since each try reads a screen. */
  startAll(): void {
    const { store, now } = this.#dependencies;
    const pending = new Set(store.read(listPending).map(({ session }) => session));
    for (const session of this.#triedAt.keys()) if (!pending.has(session)) this.#triedAt.delete(session);
    for (const session of pending) if (now() - (this.#triedAt.get(session) ?? 0) >= rest) this.start(session);
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
