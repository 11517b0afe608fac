// Changes a thread of reviews at GitHub, which names it across all repositories.
import type { RepositoryName } from '#shared/domain/repository-name.ts';
import type { Result } from '#shared/lib/result.ts';
import type { Gh, GhFailure } from '../../../lib/gh.ts';

const changes = {
  reply:
    'mutation($thread: ID!, $body: String!) { addPullRequestReviewThreadReply(input: {pullRequestReviewThreadId: $thread, body: $body}) { clientMutationId } }',
  resolve: 'mutation($thread: ID!) { resolveReviewThread(input: {threadId: $thread}) { clientMutationId } }',
  unresolve: 'mutation($thread: ID!) { unresolveReviewThread(input: {threadId: $thread}) { clientMutationId } }',
} as const;

/** @param body of a reply */
export async function changeThread(
  gh: Gh,
  { host }: RepositoryName,
  { change, thread, body }: { readonly change: keyof typeof changes; readonly thread: string; readonly body?: string },
): Promise<Result<string, GhFailure>> {
  // `-f` takes its value as it is; `-F` would read files.
  const texts = [`query=${changes[change]}`, `thread=${thread}`, ...(body === undefined ? [] : [`body=${body}`])];
  const args = ['api', 'graphql', '--hostname', host, ...texts.flatMap((text) => ['-f', text])];
  return gh.run(args, { timeoutMs: 30_000 });
}
