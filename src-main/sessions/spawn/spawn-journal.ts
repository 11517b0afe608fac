// Where a spawn stands, written so that the next process can take it back: one transaction between two steps.
import { displayName } from '#shared/domain/session.ts';
import type { SpawnStepName } from '#shared/domain/spawn.ts';
import { deleteJournal, finishStep, setDetail, startStep, type StepKey } from '../../storage/journal.ts';
import { enqueue } from '../../storage/outbox.ts';
import { finishRequest } from '../../storage/requests.ts';
import { getSession, updateSession } from '../../storage/sessions.ts';
import type { Transaction } from '../../storage/store.ts';
import { need, type Spawn } from './spawn-step.ts';
import { markAlive } from './start-terminal.ts';

/** Milliseconds between two lines of progress that are written down. */
const reportEvery = 300;

export class SpawnJournal {
  readonly #spawn: Spawn;
  #step: StepKey | null = null;
  #reported = 0;

  constructor(spawn: Spawn) {
    this.#spawn = spawn;
  }

  /** Until the claim has made the session there is nothing to take back and nowhere to write. */
  async begin(step: SpawnStepName, undo: unknown): Promise<void> {
    const { dependencies, record } = this.#spawn;
    if (record === null) return;
    this.#step = await dependencies.store.write(`spawn: ${step}`, (tx) => {
      this.#finishCurrent(tx);
      return startStep(tx, { session: record.id, step, undo });
    });
  }

  /** A line of progress; a failing write is only logged, since the step itself goes on. */
  report(line: string): void {
    const { dependencies } = this.#spawn;
    const step = this.#step;
    if (step === null || dependencies.now() - this.#reported < reportEvery) return;
    this.#reported = dependencies.now();
    dependencies.store
      .write('spawn: progress', (tx) => setDetail(tx, step, displayName(line, '')))
      .catch((error: unknown) => dependencies.log('spawn.progress_failed', { error: String(error) }));
  }

  /** The spawn went through: from here on nothing takes it back. Returns the session's id. */
  async close(): Promise<string> {
    const { dependencies, input } = this.#spawn;
    const record = need(this.#spawn.record, 'record');
    await dependencies.store.write('spawn: done', (tx) => {
      this.#finishCurrent(tx);
      markAlive(tx, need(record.terminal, 'terminal'));
      if (record.promptDelivery === 'pending' && record.prompt !== null) {
        enqueue(tx, { id: input.request, session: record.id, kind: 'prompt', body: record.prompt });
      }
      deleteJournal(tx, record.id);
      finishRequest(tx, input.request, { session: record.id });
    });
    return record.id;
  }

  #finishCurrent(tx: Transaction): void {
    if (this.#step !== null) finishStep(tx, this.#step);
    const record = need(this.#spawn.record, 'record');
    const stored = getSession(tx, record.id);
    if (stored === null || 'damaged' in stored || !updateSession(tx, record.id, stored.rev, record)) {
      throw new Error(`The record of ${record.id} was removed or damaged while it was being made`);
    }
  }
}
