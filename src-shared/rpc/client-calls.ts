import type { Result } from '../lib/result.ts';
import { fail } from '../lib/result.ts';
import type { Connection } from './connection.ts';
import { wireProblem, type WireProblem } from './protocol.ts';

type Outcome = Result<unknown, WireProblem>;

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
}

export interface ClientCalls {
  call(name: string, input: unknown, options?: CallOptions): Promise<Outcome>;
  settle(id: number, outcome: Outcome): void;
  close(problem: WireProblem): void;
}

/** The longest that a timer takes. */
const longestDeadline = 0x7fff_ffff;

export function clientCalls({ wire, nextId, closed }: Connection, usualDeadline: number | undefined): ClientCalls {
  const waiting = new Map<number, (outcome: Outcome) => void>();
  return {
    call(name, input, { signal, deadlineMs = usualDeadline } = {}) {
      const problem = closed() ?? (signal?.aborted ? cancelled(name) : null);
      if (problem !== null) return Promise.resolve(fail(problem));
      const id = nextId();
      const deadline = deadlineMs === undefined ? undefined : clamp(deadlineMs);
      return new Promise((resolve) => {
        const giveUp = (why: WireProblem): void => {
          wire.send({ kind: 'cancel', id });
          waiting.get(id)?.(fail(why));
        };
        const abort = (): void => giveUp(cancelled(name));
        const timer = deadline && setTimeout(() => giveUp(wireProblem('deadline', `${name} took too long.`)), deadline);
        signal?.addEventListener('abort', abort, { once: true });
        waiting.set(id, (outcome) => {
          waiting.delete(id);
          clearTimeout(timer);
          signal?.removeEventListener('abort', abort);
          resolve(outcome);
        });
        const sent = wire.send({ kind: 'call', id, name, input, ...(deadline === undefined ? {} : { deadline }) });
        if (sent !== 'sent') waiting.get(id)?.(fail(unsent(sent)));
      });
    },
    settle: (id, outcome) => waiting.get(id)?.(outcome),
    close(problem) {
      for (const settle of [...waiting.values()]) settle(fail(problem));
    },
  };
}

export const unsent = (why: 'too-large' | 'not-json'): WireProblem =>
  why === 'too-large'
    ? wireProblem('too-large', 'This is too large to send to the host.')
    : wireProblem('invalid-input', 'This cannot be sent: it is not JSON.');

const cancelled = (name: string): WireProblem => wireProblem('cancelled', `${name} was cancelled.`);
const clamp = (milliseconds: number): number => Math.min(Math.max(1, Math.round(milliseconds)), longestDeadline);
