// Reads pull requests of one repository: many in one question, and only those of which something may be new.
import { z } from 'zod';
import { factsOf, type PullRequestFacts, type PullRequestReading } from '#shared/domain/pull-request-facts.ts';
import type { RepositoryName } from '#shared/domain/repository-name.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { Gh, GhFailure } from '../../../lib/gh.ts';
import { openCheckLogs } from '../check-logs.ts';
import type { Answer, Question } from '../code-host.ts';
import { inTurn, rememberFacts } from '../remembered-facts.ts';
import { readAnswer } from './facts-answer.ts';
import { aliasOf, branchesQuery, factsQuery, perQuery } from './facts-query.ts';
import { askGraphql, type Told } from './graphql.ts';
import { openGuards, type Guards } from './guard.ts';

export interface PullRequestReader {
  read(question: Question): Promise<Result<Answer, GhFailure>>;
  /** After Athene itself changed it. */
  forget(number: number): void;
}

/** Up to so many are looked at one by one first: beyond, one question for all costs less than three calls for each. */
const guarded = 5;

export function createReader({
  gh,
  repository,
  now,
}: {
  readonly gh: Gh;
  readonly repository: RepositoryName;
  readonly now: () => number;
}): PullRequestReader {
  const guards = openGuards(gh, repository.host);
  const known = rememberFacts(now);
  const logs = openCheckLogs(({ url }, options) => {
    const job = jobAt(url, repository);
    return job === null ? null : gh.run(['api', '--hostname', repository.host, logOf(repository, job)], options);
  }, now);
  /** Branches that were looked for since the list of pull requests last changed, and what was found. */
  let found = new Map<string, number | null>();

  const look = async ({ numbers, branches, fresh }: Question): Promise<Result<Answer, GhFailure>> => {
    if (numbers.every(known.isNew) && branches.length === 0) return ok(known.answerOf(numbers, []));
    const list = await guards.hasChanged(listOf(repository));
    if (!list.ok) return list;
    if (list.value) found = new Map();
    const detected = await detect(branches);
    if (!detected.ok) return detected;
    const wanted = [...new Set([...numbers, ...detected.value])];
    const due = await dueOf(wanted, { fresh: fresh || list.value });
    if (!due.ok) return due;
    const absent: number[] = [];
    for (const some of parts(due.value)) {
      const told = await askGraphql(gh, repository, { query: factsQuery(some) });
      if (!told.ok) return told;
      for (const number of some) {
        const reading = readingIn(told.value, number);
        if (reading === 'absent') absent.push(number);
        else if (reading !== null) known.remember(factsOf(await logs.into(reading)));
      }
    }
    return ok(known.answerOf(wanted, absent));
  };

  const detect = async (branches: readonly string[]): Promise<Result<readonly number[], GhFailure>> => {
    for (const some of parts(branches.filter((branch) => !found.has(branch)))) {
      const told = await askGraphql(gh, repository, { query: branchesQuery(some.length), branches: some });
      if (!told.ok) return told;
      for (const [index, branch] of some.entries()) found.set(branch, ownIn(told.value.repository[`b${index}`]));
    }
    return ok(branches.flatMap((branch) => found.get(branch) ?? []));
  };

  /** Those that have to be read; of the others it is known that nothing changed. */
  const dueOf = async (
    numbers: readonly number[],
    { fresh }: { readonly fresh: boolean },
  ): Promise<Result<readonly number[], GhFailure>> => {
    const open = numbers.filter((number) => !known.isNew(number) && known.get(number)?.pullRequest.state !== 'merged');
    const doubtful = (number: number): boolean => {
      const facts = known.get(number);
      return fresh || known.isOld(number) || facts === undefined || facts.conflicts === 'unknown' || !facts.checksRead;
    };
    const [due, rest] = [open.filter(doubtful), open.filter((number) => !doubtful(number))];
    if (rest.length > guarded) return ok(open);
    for (const number of rest) {
      const changed = await isAnother(guards, repository, known.get(number));
      if (!changed.ok) return changed;
      if (changed.value) due.push(number);
      else known.confirm(number);
    }
    return ok(due);
  };

  const readingIn = ({ repository: told, errors }: Told, number: number): PullRequestReading | 'absent' | null => {
    const alias = aliasOf(number);
    const own = errors.filter(({ path }) => path?.[1] === alias);
    if (told[alias] === null) return own.some(({ type }) => type === 'NOT_FOUND') ? 'absent' : null;
    const checksFailed = own.some(({ path }) => path?.some((part) => part === 'statusCheckRollup') === true);
    return readAnswer(told[alias], checksFailed, now());
  };

  return {
    read: inTurn(async (question) => {
      const answer = await look(question);
      if (answer.ok) guards.keep();
      else guards.drop();
      return answer;
    }),
    forget: known.forget,
  };
}

const restOf = ({ owner, name }: RepositoryName): string => `repos/${owner}/${name}`;

const logOf = (repository: RepositoryName, job: string): string => `${restOf(repository)}/actions/jobs/${job}/logs`;

/** The job of GitHub Actions whose page this is. Checks of others have their logs elsewhere. */
function jobAt(url: string | null, { host, owner, name }: RepositoryName): string | null {
  const [, at, job] = /^https:\/\/(.*)\/actions\/runs\/\d+\/job\/(\d+)(?:[?#]|$)/.exec(url ?? '') ?? [];
  return at?.toLowerCase() === `${host}/${owner}/${name}`.toLowerCase() ? (job ?? null) : null;
}

/** A pull request that is opened, pushed to, reviewed, merged or closed comes to its head. */
const listOf = (repository: RepositoryName): string =>
  `${restOf(repository)}/pulls?state=all&sort=updated&direction=desc&per_page=30`;

/** By its checks and its review comments, of which the list does not tell. */
async function isAnother(
  guards: Guards,
  repository: RepositoryName,
  facts: PullRequestFacts | undefined,
): Promise<Result<boolean, GhFailure>> {
  if (facts === undefined) return ok(true);
  const { commit, pullRequest } = facts;
  const at = restOf(repository);
  const paths = [
    `${at}/commits/${commit}/check-runs?per_page=100`,
    `${at}/commits/${commit}/status?per_page=100`,
    `${at}/pulls/${pullRequest.number}/comments?sort=updated&direction=desc&per_page=30`,
  ];
  let changed = false;
  // All of them, so that each has its tag for the next look.
  for (const path of paths) {
    const told = await guards.hasChanged(path);
    if (!told.ok) return told;
    changed ||= told.value;
  }
  return ok(changed);
}

/** The newest open one that is no fork's: a branch of the same name elsewhere is another one. */
function ownIn(answer: unknown): number | null {
  const parsed = z
    .object({ nodes: z.array(z.object({ number: z.int().positive(), isCrossRepository: z.boolean() }).nullable()) })
    .safeParse(answer);
  const own = parsed.data?.nodes.find((node) => node?.isCrossRepository === false);
  return own?.number ?? null;
}

function parts<T>(items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / perQuery);
  return Array.from({ length: count }, (_, at) => items.slice(at * perQuery, (at + 1) * perQuery));
}
