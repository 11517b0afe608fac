// What a person does to a thread of reviews: says something in it, resolves it, opens it again.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { fittingText } from '#shared/domain/plain-line.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import type { PullRequestView } from '#shared/domain/pull-request-view.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeHost } from '../../plugins/code-hosts/code-host.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { lookToAct, seenAfter, toldBy } from './act-on-pull-request.ts';

type Thread = PullRequestFacts['threads'][number];
type ThreadProblem = Problem<CodeOf<AtheneContract, 'pullRequest.reply'>>;

export interface ThreadAct {
  readonly thread: string;
  readonly does:
    | { readonly kind: 'reply'; readonly text: string }
    | { readonly kind: 'resolve'; readonly resolved: boolean };
}

/** Only in a thread that the pull request of this session has now. What is as it is wanted stays as it is. */
export async function actOnThread(
  dependencies: SessionDependencies,
  id: string,
  { thread, does }: ThreadAct,
): Promise<Result<PullRequestView, ThreadProblem>> {
  const seen = await lookToAct(dependencies, id);
  if (!seen.ok) return seen;
  const { place, view, facts } = seen.value;
  const { number } = facts.pullRequest;
  const found = facts.threads.find((one) => one.id === thread);
  if (found === undefined) return fail(noThread(number));
  if (does.kind === 'resolve' && does.resolved === found.resolved) return ok(view);
  const done = await carryOut(place.host, number, { thread, does });
  dependencies.log('pull-request.acted', { session: id, number, action: does.kind, done: done.ok });
  return toldBy(done, await seenAfter(dependencies, place, view), (after) => hasComeAbout(does, found, after));
}

function hasComeAbout(does: ThreadAct['does'], before: Thread, { threads }: PullRequestFacts): boolean {
  const after = threads.find(({ id }) => id === before.id);
  if (does.kind === 'resolve') return after?.resolved === does.resolved;
  const known = new Set(before.comments.map(({ id }) => id));
  // What is read is made harmless, and cut.
  const own = fittingText(does.text, 400).slice(0, 200);
  return after?.comments.some(({ id, body }) => !known.has(id) && body.slice(0, 200) === own) ?? false;
}

const carryOut = (host: CodeHost, number: number, { thread, does }: ThreadAct) =>
  does.kind === 'reply' ? host.reply(number, thread, does.text) : host.resolve(number, thread, does.resolved);

const noThread = (number: number): ThreadProblem => ({
  code: 'thread-unknown',
  what: `Pull request #${number} has no such thread any more.`,
  kept: 'Nothing was changed.',
});
