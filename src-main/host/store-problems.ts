// A database that is locked or newer is an expected failure: said as a problem, not thrown.
import type { Problem } from '#shared/domain/problem.ts';
import { fail, type Result } from '#shared/lib/result.ts';
import { StoreBusyError, StoreRefusedError } from '../storage/store.ts';

type StoreCode = 'storage-busy' | 'storage-newer';

export async function guarded<T, P>(work: () => Promise<Result<T, P>>): Promise<Result<T, P | Problem<StoreCode>>> {
  try {
    return await work();
  } catch (error) {
    const problem = storeProblem(error);
    if (problem === null) throw error;
    return fail(problem);
  }
}

/** Null for any other error. */
export function storeProblem(error: unknown): Problem<StoreCode> | null {
  if (error instanceof StoreRefusedError) return { ...error.problem, code: 'storage-newer' };
  if (!(error instanceof StoreBusyError)) return null;
  return { code: 'storage-busy', what: error.message, kept: 'Nothing was changed.', todo: 'Try again.' };
}
