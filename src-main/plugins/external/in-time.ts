// Calls into code of others: what it throws, and that it does not answer, are problems like any other.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import { redact } from '../../lib/log.ts';

/** Milliseconds. Code that computes without end can't be stopped by this: it has the thread. */
const patience = 20_000;

export async function inTime<T>(
  what: string,
  call: () => Promise<T>,
  { within = patience, signal }: { readonly within?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<Result<T, string>> {
  const timer = Promise.withResolvers<'late'>();
  const end = setTimeout(() => timer.resolve('late'), within);
  const given = (): void => timer.resolve('late');
  signal?.addEventListener('abort', given, { once: true });
  if (signal?.aborted === true) given();
  try {
    // Also for what it throws before it answers with a promise.
    const answer = Promise.resolve().then(call);
    const first = await Promise.race([answer.then((value) => ({ value })), timer.promise]);
    if (first !== 'late') return ok(first.value);
    answer.catch(() => undefined); // Nobody waits for that any more.
    return fail(`${what}: it did not answer in time`);
  } catch (error) {
    return fail(`${what}: ${saidBy(error)}`);
  } finally {
    clearTimeout(end);
    signal?.removeEventListener('abort', given);
  }
}

/** What was thrown, as one line without secrets; never throws itself. */
export function saidBy(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : String(error);
    return plainLine(redact(text, 0) as string, 300) || 'it failed, and did not say why';
  } catch {
    return 'it failed, and did not say why';
  }
}
