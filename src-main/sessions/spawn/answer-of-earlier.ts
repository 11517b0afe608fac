// The same request a second time: wait for the first and give its answer.
import { z } from 'zod';
import { contract } from '#shared/contract/contract.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { getRequest, type RequestRow } from '../../storage/requests.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { failedSpawnSchema, type SpawnProblem } from './spawn-step.ts';

type Answer = Result<{ readonly session: string }, SpawnProblem>;

export async function answerOfEarlier(
  { store }: SessionDependencies,
  request: string,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const end = () => {
      stop();
      signal.removeEventListener('abort', abort);
    };
    const finish = (answer: Answer) => {
      end();
      resolve(answer);
    };
    const abort = () => finish(fail({ code: 'spawn-cancelled', what: 'Waiting for the first request was cancelled.' }));
    const look = () => {
      try {
        const answer = answerIn(store.read((tx) => getRequest(tx, request)));
        if (answer !== null) finish(answer);
      } catch (error) {
        end();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const stop = store.onChange(look);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    else look();
  });
}

/** Null while the first one is at work. */
function answerIn(row: RequestRow | null): Answer | null {
  if (row?.state === 'running') return null;
  const done = z.object({ session: z.string() }).safeParse(row?.result);
  if (row?.state === 'done' && done.success) return ok(done.data);
  return fail(problemIn(row));
}

const codes: ReadonlySet<string> = new Set(contract.members['session.spawn'].problems);

function problemIn(row: RequestRow | null): SpawnProblem {
  const { data } = failedSpawnSchema.safeParse(row?.result);
  if (data !== undefined && codes.has(data.problem.code)) return data.problem as SpawnProblem;
  return { code: 'spawn-failed', what: 'The first request of this id failed, and its reason can not be read.' };
}
