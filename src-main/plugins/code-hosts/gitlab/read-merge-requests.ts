// Reads merge requests of one project: one look at all of them, then whole those of which something may be new.
import { z } from 'zod';
import { factsOf, type PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import type { RepositoryName } from '#shared/domain/repository-name.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { projectCall, type Glab, type ProjectCall } from '../../../lib/glab.ts';
import type { CommandFailure } from '../../../lib/signed-in-command.ts';
import { openCheckLogs } from '../check-logs.ts';
import type { Answer, Question } from '../code-host.ts';
import { inTurn, rememberFacts } from '../remembered-facts.ts';
import * as told from './merge-request-answer.ts';

export interface MergeRequestReader {
  read(question: Question): Promise<Result<Answer, CommandFailure>>;
  /** After Athene itself changed it. */
  forget(number: number): void;
}

/** What GitLab tells in one answer, and after how many nobody asks for more. */
const [perPage, mostPages] = [100, 5];

export function createReader({
  glab,
  repository,
  now,
}: {
  readonly glab: Glab;
  readonly repository: RepositoryName;
  readonly now: () => number;
}): MergeRequestReader {
  const known = rememberFacts(now);
  const logs = openCheckLogs(({ url }, options) => {
    const job = jobAt(url, repository.host);
    return job === null ? null : glab.run(projectCall(repository, job), options);
  }, now);
  /** What the look at all of them told of one when it was read whole. */
  const stamps = new Map<number, string>();

  const ask = async <T>(call: ProjectCall, schema: z.ZodType<T>): Promise<Result<T, CommandFailure>> =>
    glab.json(projectCall(repository, call), schema, { timeoutMs: 30_000 });
  const list = async (query: ProjectCall['query'] & {}) =>
    ask({ path: '/merge_requests', query: [['per_page', String(perPage)], ...query] }, z.array(told.headSchema));

  const look = async ({ numbers, branches, fresh }: Question): Promise<Result<Answer, CommandFailure>> => {
    if (numbers.every(known.isNew) && branches.length === 0) return ok(known.answerOf(numbers, []));
    const detected = await detect(branches);
    if (!detected.ok) return detected;
    const wanted = [...new Set([...numbers, ...detected.value])];
    const open = wanted.filter((one) => !known.isNew(one) && known.get(one)?.pullRequest.state !== 'merged');
    const heads = await headsOf(open);
    if (!heads.ok) return heads;
    for (const head of heads.value) {
      if (!isDue(head, fresh)) {
        known.confirm(head.iid);
        continue;
      }
      const facts = await readWhole(head.iid);
      if (!facts.ok) return facts;
      known.remember(facts.value);
      stamps.set(head.iid, stampOf(head));
    }
    const absent = open.filter((number) => !heads.value.some(({ iid }) => iid === number));
    return ok(known.answerOf(wanted, absent));
  };

  /** The newest open one of each branch that is no fork's. Where there are more than one answer tells, each branch is asked by itself. */
  const detect = async (branches: readonly string[]): Promise<Result<readonly number[], CommandFailure>> => {
    if (branches.length === 0) return ok([]);
    const all = await list([['state', 'opened']]);
    if (!all.ok) return all;
    const heads = [...all.value];
    for (const branch of all.value.length < perPage ? [] : branches) {
      const own = await list([
        ['state', 'opened'],
        ['source_branch', branch],
      ]);
      if (!own.ok) return own;
      heads.push(...own.value);
    }
    const own = heads.filter((head) => !told.isFork(head));
    return ok(branches.flatMap((branch) => own.find((head) => head.source_branch === branch)?.iid ?? []));
  };

  const headsOf = async (numbers: readonly number[]): Promise<Result<readonly told.Head[], CommandFailure>> => {
    const heads: told.Head[] = [];
    for (let at = 0; at < numbers.length; at += perPage) {
      const some = numbers.slice(at, at + perPage).map((number) => ['iids[]', String(number)] as const);
      const answer = await list([['state', 'all'], ...some]);
      if (!answer.ok) return answer;
      heads.push(...answer.value);
    }
    return ok(heads);
  };

  /** A pipeline comes and goes without a word in the list, so that only one that has ended is believed for a while. */
  const isDue = (head: told.Head, fresh: boolean): boolean => {
    const facts = known.get(head.iid);
    if (fresh || facts === undefined || known.isOld(head.iid) || stamps.get(head.iid) !== stampOf(head)) return true;
    if (facts.pullRequest.state !== 'open') return false;
    return facts.conflicts === 'unknown' || !facts.checksRead || facts.ci === 'pending' || facts.ci === 'none';
  };

  const readWhole = async (number: number): Promise<Result<PullRequestFacts, CommandFailure>> => {
    const path = `/merge_requests/${number}`;
    const request = await ask({ path }, told.requestSchema);
    if (!request.ok) return request;
    const approvals = await ask({ path: `${path}/approvals` }, told.approvalsSchema);
    if (!approvals.ok) return approvals;
    // Older ones have no such list.
    const reviewers = orNull(await ask({ path: `${path}/reviewers` }, told.reviewersSchema));
    if (!reviewers.ok) return reviewers;
    const discussions = await discussionsOf(path);
    if (!discussions.ok) return discussions;
    const jobs = await jobsOf(request.value.head_pipeline ?? null);
    if (!jobs.ok) return jobs;
    const all = {
      request: request.value,
      approvals: approvals.value,
      discussions: discussions.value,
      jobs: jobs.value,
    };
    return ok(factsOf(await logs.into(told.readingIn({ ...all, reviewers: reviewers.value ?? [] }, now()))));
  };

  const discussionsOf = async (path: string) => {
    const all: z.infer<typeof told.discussionsSchema> = [];
    for (let page = 1; page <= mostPages; page += 1) {
      const query = [['per_page', String(perPage)] as const, ['page', String(page)] as const];
      const some = await ask({ path: `${path}/discussions`, query }, told.discussionsSchema);
      if (!some.ok) return some;
      all.push(...some.value);
      if (some.value.length < perPage) break;
    }
    return ok(all);
  };

  const jobsOf = async (pipeline: { readonly id: number; readonly project_id: number } | null) => {
    if (pipeline === null) return ok(null);
    const path = `/pipelines/${pipeline.id}/jobs`;
    const call = { path, project: String(pipeline.project_id), query: [['per_page', String(perPage)] as const] };
    return orNull(await ask(call, told.jobsSchema));
  };

  return {
    read: inTurn(look),
    forget: known.forget,
  };
}

/** The job whose page this is: that of a fork is in the fork. */
function jobAt(url: string | null, host: string): Pick<ProjectCall, 'path' | 'project'> | null {
  const [, at, project, job] = /^https:\/\/([^/]+)\/(.+)\/-\/jobs\/(\d+)$/.exec(url ?? '') ?? [];
  if (project === undefined || at?.toLowerCase() !== host.toLowerCase()) return null;
  return { project, path: `/jobs/${job}/trace` };
}

const stampOf = (head: told.Head): string => JSON.stringify(head);

/** Null: GitLab tells of it to nobody who is signed in like this. */
const orNull = <T>(answer: Result<T, CommandFailure>): Result<T | null, CommandFailure> =>
  !answer.ok && (answer.problem.kind === 'refused' || answer.problem.kind === 'not-found') ? ok(null) : answer;
