// What code hosts that are asked by their command say when something can't be had.
import { isSafeBranch } from '#shared/domain/branch.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CommandFailure } from '../../lib/signed-in-command.ts';
import type { CodeHostFailure, FoundPullRequest } from './code-host.ts';

/** What was found, if its branch can be used here. */
export function foundOf(found: FoundPullRequest): Result<FoundPullRequest, CodeHostFailure> {
  const { number, branch, title } = found.pullRequest;
  if (!isSafeBranch(branch)) return fail(unusableBranch(number, branch));
  return ok({ ...found, pullRequest: { ...found.pullRequest, title: plainLine(title, 250) } });
}

export const noReference = (reference: string): CodeHostFailure => ({
  kind: 'not-found',
  what: `${JSON.stringify(reference.slice(0, 200))} is no pull request of this project.`,
  todo: 'Give its number, its address or the name of its branch.',
  details: '',
});

const unusableBranch = (number: number, branch: string): CodeHostFailure => ({
  kind: 'refused',
  what: `The branch of pull request #${number} has a name that can't be used here: ${JSON.stringify(branch.slice(0, 200))}.`,
  todo: 'Check it out by hand.',
  details: '',
});

export function toFailure(host: string, failure: CommandFailure, asked: string): CodeHostFailure {
  const { kind, what, todo, details, resetAt } = failure;
  if (kind === 'not-found') return { kind, what: `${host} knows no pull request ${asked}.`, todo, details };
  return { kind: kind === 'refused' ? kind : 'unreachable', what, todo, details, resetAt };
}
