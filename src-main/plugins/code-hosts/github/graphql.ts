// One question of GraphQL about a repository, through gh.
import { z } from 'zod';
import type { RepositoryName } from '#shared/domain/repository-name.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Gh, GhFailure } from '../../../lib/gh.ts';

const answerSchema = z.object({
  data: z.object({ repository: z.record(z.string(), z.unknown()).nullable() }).nullish(),
  errors: z
    .array(
      z.object({
        type: z.string().optional(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        message: z.string(),
      }),
    )
    .optional(),
});
/** What GitHub told of a repository, by alias. */
export interface Told {
  readonly repository: Readonly<Record<string, unknown>>;
  readonly errors: NonNullable<z.infer<typeof answerSchema>['errors']>;
}

/** Errors in some places of an answer are told beside the rest of it. */
export async function askGraphql(
  gh: Gh,
  { host, owner, name }: RepositoryName,
  { query, branches = [] }: { readonly query: string; readonly branches?: readonly string[] },
): Promise<Result<Told, GhFailure>> {
  // `-f` takes its value as it is; `-F` would read files.
  const texts = [`query=${query}`, `owner=${owner}`, `name=${name}`, ...branches.map((is, at) => `b${at}=${is}`)];
  const args = ['api', 'graphql', '--hostname', host, ...texts.flatMap((text) => ['-f', text])];
  const told = await gh.json(args, answerSchema, { timeoutMs: 30_000 });
  const answer = told.ok ? told.value : partial(told.problem);
  if (answer?.data?.repository !== null && answer?.data?.repository !== undefined)
    return ok({ repository: answer.data.repository, errors: answer.errors ?? [] });
  if (!told.ok) return fail(told.problem);
  return fail(notTold(told.value.errors?.[0]?.message ?? 'GitHub told nothing of the repository.'));
}

/** An answer with errors in some places is a failure for gh, and still the answer in all others. */
function partial({ kind, printed }: GhFailure): z.infer<typeof answerSchema> | null {
  if (kind === 'rate-limited' || printed === '') return null;
  try {
    return answerSchema.safeParse(JSON.parse(printed)).data ?? null;
  } catch {
    return null; // No answer in parts either: the failure itself is told.
  }
}

const notTold = (details: string): GhFailure => ({
  ...{ kind: 'refused', what: 'GitHub refused.', details, resetAt: null, printed: '' },
  todo: 'See the details; `gh auth status` shows what you may do.',
});
