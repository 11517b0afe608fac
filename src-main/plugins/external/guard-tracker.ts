// A tracker of others behind the port: loaded when it is first asked, and held to what the port says.
import { z } from 'zod';
import { issueFacts } from '#shared/domain/issue-facts.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Issue, Tracker, TrackerFailure } from '../trackers/tracker.ts';
import { inTime, saidBy } from './in-time.ts';

const failureSchema = z.object({
  kind: z.enum(['not-found', 'refused', 'unreachable']),
  what: z.string().max(500),
  todo: z.string().max(500).default('Try again.'),
  details: z.string().max(4000).default(''),
});
const toldSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), problem: failureSchema }),
]);
const issueSchema = z.object({
  facts: z.object({
    title: z.string(),
    labels: z.array(z.string()).default([]),
    description: z.string().default(''),
    completed: z.boolean(),
  }),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  branch: z.string().max(200).nullable().default(null),
});

export interface LoadTracker {
  /** As on screen before it is loaded. */
  readonly name: string;
  /** The same one each time. */
  readonly load: () => Promise<Result<unknown, string>>;
}

export function guardTracker({ name, load }: LoadTracker): Tracker {
  let made: object | null = null;
  const ask = async <T extends z.ZodType>(
    method: string,
    [args, schema, signal]: readonly [readonly unknown[], T, AbortSignal | undefined],
  ): Promise<Result<z.infer<T>, TrackerFailure>> => {
    const loaded = await load();
    if (!loaded.ok) return fail(unreachable(name, loaded.problem));
    made = objectOf(loaded.value);
    const answer = await inTime(method, async () => call(made, method, [...args, signal]), { signal });
    if (!answer.ok) return fail(unreachable(name, answer.problem));
    const strange = (): Result<never, TrackerFailure> =>
      fail(unreachable(name, `${method}: it answered something else than an answer`));
    const told = toldSchema.safeParse(answer.value);
    if (!told.success) return strange();
    if (!told.data.ok) return fail(told.data.problem);
    const value = schema.safeParse(told.data.value);
    return value.success ? ok(value.data) : strange();
  };
  return {
    name,
    async getIssue(id, signal) {
      const told = await ask('getIssue', [[id], issueSchema, signal]);
      return told.ok ? ok(harmless(told.value)) : told;
    },
    isCompleted: (id) => ask('isCompleted', [[id], z.boolean(), undefined]),
    branchName: (id) => textOf(made, 'branchName', id),
    issueUrl(id) {
      const url = textOf(made, 'issueUrl', id);
      return url !== null && /^https?:\/\//u.test(url) ? url : null;
    },
  };
}

const harmless = ({ facts, url, branch }: z.infer<typeof issueSchema>): Issue => ({
  facts: issueFacts(facts),
  url,
  branch,
});

const unreachable = (name: string, why: string): TrackerFailure => ({
  kind: 'unreachable',
  what: `The tracker ${name} did not tell: ${why}.`,
  todo: 'athene plugin ls says how it is.',
  details: why,
});

export const objectOf = (value: unknown): object | null => (typeof value === 'object' && value !== null ? value : null);

/** Throws what it throws, and when it has no such method. */
export function call(made: object | null, method: string, args: readonly unknown[]): unknown {
  const found = made === null ? undefined : (made as Readonly<Record<string, unknown>>)[method];
  if (typeof found !== 'function') throw new Error(`it has no ${method}`);
  return Reflect.apply(found as (...all: unknown[]) => unknown, made, args);
}

/** Null until it is loaded, and for whatever is no short text. */
function textOf(made: object | null, method: string, id: string): string | null {
  try {
    const text = made === null ? null : call(made, method, [id]);
    return typeof text === 'string' && text.length <= 2000 ? text : null;
  } catch (error) {
    saidBy(error);
    return null;
  }
}
