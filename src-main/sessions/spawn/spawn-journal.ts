// Where a spawn stands, written so that the next process can take it back: one transaction between two steps.
import { displayName, type SessionRecord } from '#shared/domain/session.ts';
import { isStopWanted, withAgentExited } from '#shared/domain/lifecycle.ts';
import { openingWords } from '../launch/opening-words.ts';
import { deleteClaimsOf } from '../../storage/claims.ts';
import { deleteJournal, finishStep, setDetail, startStep, type StepKey } from '../../storage/journal.ts';
import { enqueue } from '../../storage/outbox.ts';
import { finishRequest } from '../../storage/requests.ts';
import { getSession, updateSession } from '../../storage/sessions.ts';
import type { Transaction } from '../../storage/store.ts';
import { getTerminal } from '../../storage/terminals.ts';
import { deleteToken } from '../../storage/tokens.ts';
import { need, type Spawn, type SpawnStep } from './spawn-step.ts';
import { markAlive } from './start-terminal.ts';

/** Milliseconds between two lines of progress that are written down. */
const reportEvery = 300;

/** Another process asked for the end of the session while it was being made. */
export class StoppedMeanwhileError extends Error {
  override readonly name = 'StoppedMeanwhileError';
}

export class SpawnJournal {
  readonly #spawn: Spawn;
  #step: StepKey | null = null;
  #reported = 0;

  constructor(spawn: Spawn) {
    this.#spawn = spawn;
  }

  /** Until the claim has made the session there is nothing to take back and nowhere to write. */
  async begin(step: SpawnStep, undo: unknown): Promise<void> {
    const { dependencies, record } = this.#spawn;
    if (record === null) return;
    this.#step = await dependencies.store.write(`spawn: ${step.name}`, (tx) => {
      this.#finishCurrent(tx);
      step.store?.(tx, this.#spawn);
      return startStep(tx, { session: record.id, step: step.name, undo });
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
    const prompt = openingWords(dependencies, record, need(this.#spawn.agent, 'agent').definition);
    await dependencies.store.write('spawn: done', (tx) => {
      this.#finishCurrent(tx);
      this.#settleTerminal(tx, need(record.terminal, 'terminal'));
      if (record.promptDelivery === 'pending' && prompt !== null) {
        enqueue(tx, { id: input.request, session: record.id, kind: 'prompt', body: prompt });
      }
      deleteJournal(tx, record.id);
      finishRequest(tx, input.request, { session: record.id });
    });
    return record.id;
  }

  /** Stores what the steps have filled; never over what another process has written of the session's end. */
  #finishCurrent(tx: Transaction): void {
    if (this.#step !== null) finishStep(tx, this.#step);
    this.#store(tx, need(this.#spawn.record, 'record'));
  }

  #store(tx: Transaction, record: SessionRecord): void {
    const stored = getSession(tx, record.id);
    if (stored !== null && 'record' in stored && isStopWanted(stored.record.lifecycle)) {
      throw new StoppedMeanwhileError(`${record.id} was stopped while it was being made`);
    }
    if (stored === null || 'damaged' in stored || !updateSession(tx, record.id, stored.rev, record)) {
      throw new Error(`The record of ${record.id} was removed or damaged while it was being made`);
    }
  }

  /** An agent may have ended before this: whoever saw that has written it into the terminal's row, and will not come again. */
  #settleTerminal(tx: Transaction, terminal: string): void {
    const row = getTerminal(tx, terminal);
    if (row?.state !== 'exited') return markAlive(tx, terminal);
    const record = need(this.#spawn.record, 'record');
    const lifecycle = withAgentExited(record.lifecycle, this.#spawn.dependencies.now());
    this.#store(tx, { ...record, exit: row.exit, lifecycle });
    deleteClaimsOf(tx, record.id);
    deleteToken(tx, record.id);
  }
}
