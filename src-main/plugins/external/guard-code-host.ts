// A code host of others behind the port. What it tells is made harmless by whoever reads it; that it answers at all is seen to here.
import { pullRequestFactsSchema } from '#shared/domain/pull-request-facts.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Answer, CodeHost, CodeHostFailure } from '../code-hosts/code-host.ts';
import { call, objectOf } from './guard-tracker.ts';
import { inTime } from './in-time.ts';

type Told<T> = Promise<Result<T, CodeHostFailure>>;

export function guardCodeHost(name: string, load: () => Promise<Result<unknown, string>>): CodeHost {
  const ask = async <T>(method: string, ...args: readonly unknown[]): Told<T> => {
    const loaded = await load();
    if (!loaded.ok) return fail(unreachable(name, loaded.problem));
    const answer = await inTime(method, async () => call(objectOf(loaded.value), method, args));
    if (!answer.ok) return fail(unreachable(name, answer.problem));
    return isResult<T>(answer.value)
      ? answer.value
      : fail(unreachable(name, `${method}: it answered something else than an answer`));
  };
  return {
    name,
    authority: `plugin:${name}`,
    resolvePullRequest: (reference) => ask('resolvePullRequest', reference),
    pullRequestState: (number) => ask('pullRequestState', number),
    async readPullRequests(question) {
      const told = await ask('readPullRequests', question);
      return told.ok ? ok(readable(told.value)) : told;
    },
    async checkOut() {
      // What is done in a worktree is Athene's own: nothing of others puts work at risk.
      return fail({ kind: 'failed', what: `The code host ${name} can't check out.`, details: 'a plug-in' });
    },
    assign: (number) => ask('assign', number),
    merge: (number, how) => ask('merge', number, how),
    close: (number) => ask('close', number),
    markReady: (number) => ask('markReady', number),
    updateBranch: (number) => ask('updateBranch', number),
    reply: (number, thread, text) => ask('reply', number, thread, text),
    resolve: (number, thread, resolved) => ask('resolve', number, thread, resolved),
  };
}

/** One that was written for an older Athene may leave out what came later; what can't be read is as if it was not told. */
function readable(value: unknown): Answer {
  const { facts, absent }: { readonly facts?: unknown; readonly absent?: unknown } = objectOf(value) ?? {};
  return {
    facts: listOf(facts).flatMap((one) => pullRequestFactsSchema.safeParse(one).data ?? []),
    absent: listOf(absent).filter((one) => typeof one === 'number'),
  };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isResult = <T>(answer: unknown): answer is Result<T, CodeHostFailure> =>
  typeof answer === 'object' &&
  answer !== null &&
  'ok' in answer &&
  (answer.ok === true ? 'value' in answer : 'problem' in answer);

const unreachable = (name: string, why: string): CodeHostFailure => ({
  kind: 'unreachable',
  what: `The code host ${name} did not tell: ${why}.`,
  todo: 'athene plugin ls says how it is.',
  details: why,
});
