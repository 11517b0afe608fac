// One question to Linear. The key is the person's, from the environment of the login shell; it stands in no outcome.
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { post, type PostOutcome } from '../../../lib/http.ts';
import type { LoginEnvironment } from '../../../lib/login-environment.ts';
import type { TrackerFailure } from '../tracker.ts';

export interface LinearAccess {
  readonly login: (fresh: boolean) => Promise<LoginEnvironment>;
  /** Of the GraphQL endpoint; another one in tests. */
  readonly address?: URL;
}

export interface LinearQuestion<T> {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of what is in `data`. */
  readonly schema: z.ZodType<T>;
  readonly signal?: AbortSignal | undefined;
}

const usual = new URL('https://api.linear.app/graphql');
const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }))
    .optional(),
});

export async function askLinear<T>(
  { login, address = usual }: LinearAccess,
  { query, variables, schema, signal }: LinearQuestion<T>,
): Promise<Result<T, TrackerFailure>> {
  const { env } = await login(false);
  const key = env['LINEAR_API_KEY'] ?? '';
  if (!/^[\x21-\x7e]+$/.test(key)) return fail(failures.keyless);
  const told = await post({
    url: address,
    headers: { authorization: key, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    ...{ timeoutMs: 10_000, maxBytes: 4 * 1024 * 1024, signal },
  });
  if (told.kind !== 'answered') return fail(notReached(told));
  if (told.status === 401 || told.status === 403) return fail(failures.refusedKey);
  const answer = answerSchema.safeParse(json(told.text)).data;
  if (told.status === 429 || answer?.errors?.some(isLimit) === true) return fail(failures.limited);
  if (answer === undefined) return fail(failures.garbled);
  const [error] = answer.errors ?? [];
  if (error !== undefined) return fail(/not found/i.test(error.message) ? failures.absent : failures.refused);
  const data = schema.safeParse(answer.data);
  return data.success ? ok(data.data) : fail(failures.garbled);
}

type LinearError = NonNullable<z.infer<typeof answerSchema>['errors']>[number];
const isLimit = ({ extensions }: LinearError): boolean => extensions?.code === 'RATELIMITED';

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // No answer of Linear's: told as such.
  }
}

const notReached = (outcome: Exclude<PostOutcome, { kind: 'answered' }>): TrackerFailure => ({
  ...failures.offline,
  details: 'why' in outcome ? outcome.why : outcome.kind,
});

const failure = (kind: TrackerFailure['kind'], what: string, todo: string): TrackerFailure => ({
  ...{ kind, what, todo, details: '' },
});
const failures = {
  keyless: failure(
    'unreachable',
    'There is no key for Linear.',
    'Make one in the settings of Linear, and let your login shell set LINEAR_API_KEY.',
  ),
  refusedKey: failure('unreachable', 'Linear refused the key.', 'See whether LINEAR_API_KEY still holds.'),
  limited: failure('unreachable', 'Linear answers no more for now: its rate limit is reached.', 'Try again later.'),
  offline: failure('unreachable', 'Linear could not be reached.', 'Check the connection, then try again.'),
  garbled: failure(
    'unreachable',
    'What came back is no answer of Linear.',
    'Sign in to the network, or turn off what intercepts it.',
  ),
  absent: failure('not-found', 'Linear knows no such issue.', 'Check its id.'),
  refused: failure('refused', 'Linear refused.', 'See whether you may do that there.'),
} as const;
