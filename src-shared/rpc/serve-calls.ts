import { z } from 'zod';
import type { Result } from '../lib/result.ts';
import { fail } from '../lib/result.ts';
import { findMember, tooMany, unknownMember } from './find-member.ts';
import { wireProblem, wireProblemSchema, type ClientMessageOf, type WireProblem } from './protocol.ts';
import type { Serving } from './serving.ts';

type CallMessage = ClientMessageOf<'call'>;

export interface ServedCalls {
  start(message: CallMessage): void;
  cancel(id: number): void;
  /** Aborts all. */
  close(): void;
}

export function serveCalls(serving: Serving): ServedCalls {
  const running = new Map<number, RunningCall>();
  return {
    start(message) {
      // An id twice: the first keeps it, for an answer to the second could not be told from its own.
      if (running.has(message.id)) return;
      if (running.size >= serving.maximalOpen) return answer(serving, message.id, fail(tooMany(serving.maximalOpen)));
      const call = new RunningCall(message.deadline, () => {
        running.delete(message.id);
        answer(serving, message.id, fail(wireProblem('deadline', `${message.name} took too long and was stopped.`)));
      });
      running.set(message.id, call);
      void run(serving, message, call.signal).then((result) => {
        // Cancelled or past its deadline: nobody waits for the answer.
        if (running.get(message.id) !== call) return;
        running.delete(message.id);
        call.end();
        answer(serving, message.id, result);
      });
    },
    cancel(id) {
      const call = running.get(id);
      running.delete(id);
      call?.abort();
    },
    close() {
      const calls = [...running.values()];
      running.clear();
      for (const call of calls) call.abort();
    },
  };
}

class RunningCall {
  readonly #controller = new AbortController();
  readonly #timer: unknown;

  constructor(deadline: number | undefined, onDeadline: () => void) {
    if (deadline === undefined) return;
    this.#timer = setTimeout(() => {
      onDeadline();
      this.#controller.abort();
    }, deadline);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  abort(): void {
    this.end();
    this.#controller.abort();
  }
}

/** Never rejects. */
async function run(serving: Serving, message: CallMessage, signal: AbortSignal): Promise<Result<unknown, WireProblem>> {
  const { contract, handlers, context, unexpected } = serving;
  try {
    const member = findMember(contract, 'call', message.name);
    const handler = handlers.calls[message.name];
    if (member === null || handler === undefined) return fail(unknownMember('call', message.name));
    const input = member.input.safeParse(message.input);
    if (!input.success) return fail(invalidInput(input.error));
    const result = await handler(input.data, { context, signal });
    return result.ok
      ? checkedValue(serving, member.output, result.value)
      : checkedProblem(serving, member.problems, result.problem);
  } catch (error) {
    return fail(unexpected(error));
  }
}

export const invalidInput = (error: z.ZodError): WireProblem =>
  wireProblem('invalid-input', 'The host refused what was asked, because it is not of the agreed form.', {
    details: z.prettifyError(error).slice(0, 4000),
  });

function checkedValue(serving: Serving, output: z.ZodType, value: unknown): Result<unknown, WireProblem> {
  const checked = output.safeParse(value);
  if (checked.success) return { ok: true, value: checked.data };
  return fail({ ...serving.unexpected(checked.error), code: 'invalid-result' });
}

/** A problem that the member does not declare is a mistake of the handler. */
export function checkedProblem(
  serving: Serving,
  codes: readonly string[],
  problem: unknown,
): Result<never, WireProblem> {
  const checked = wireProblemSchema.safeParse(problem);
  if (checked.success && codes.includes(checked.data.code)) return fail(checked.data);
  return fail(serving.unexpected(new Error('A problem that the member does not declare', { cause: problem })));
}

function answer(serving: Serving, id: number, result: Result<unknown, WireProblem>): void {
  const { wire } = serving;
  const sent = result.ok
    ? wire.send({ kind: 'reply', id, value: result.value })
    : wire.send({ kind: 'problem', id, problem: result.problem });
  if (sent === 'sent') return;
  const problem =
    sent === 'too-large'
      ? wireProblem('too-large', 'The answer is too large to send.')
      : { ...serving.unexpected(new TypeError(`The answer to call ${id} is not JSON`)), code: 'invalid-result' };
  wire.send({ kind: 'problem', id, problem });
}
