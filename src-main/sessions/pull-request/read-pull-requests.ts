// Asks a project's code host about pull requests, and writes down what it told, or why it told nothing.
import type { CodeHost, CodeHostFailure, Question } from '../../plugins/code-hosts/code-host.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { noteFacts, noteStale } from './note-facts.ts';

export interface Asked extends Question {
  readonly project: string;
  readonly workers: readonly SessionRecord[];
}

export interface Told {
  /** Something was new. */
  readonly changed: boolean;
  /** Something will be soon: a check runs, or the code host still thinks. */
  readonly unsettled: boolean;
}

export async function readPullRequests(
  dependencies: Pick<SessionDependencies, 'store' | 'now'>,
  host: Pick<CodeHost, 'name' | 'readPullRequests'>,
  { project, workers, ...question }: Asked,
): Promise<Result<Told, CodeHostFailure>> {
  const told = await host.readPullRequests(question);
  if (!told.ok) {
    await noteStale(dependencies, project, { numbers: question.numbers, why: whyStale(told.problem) });
    return fail(told.problem);
  }
  const { facts, absent } = told.value;
  const changed = await noteFacts(dependencies, project, { facts, workers });
  await noteStale(dependencies, project, { numbers: absent, why: `${host.name} knows no such pull request.` });
  const read = new Set([...absent, ...facts.map(({ pullRequest }) => pullRequest.number)]);
  const untold = question.numbers.filter((number) => !read.has(number));
  await noteStale(dependencies, project, {
    numbers: untold,
    why: `${host.name} told nothing of it that could be read.`,
  });
  const unsettled = facts.some(
    ({ ci, conflicts, pullRequest }) => pullRequest.state === 'open' && (ci === 'pending' || conflicts === 'unknown'),
  );
  return ok({ changed, unsettled });
}

export const whyStale = ({ what, todo }: Pick<CodeHostFailure, 'what' | 'todo'>): string => `${what} ${todo}`.trim();
