// What trackers have in common in which an issue is a number of a repository.
import { issueFacts } from '#shared/domain/issue-facts.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import { fullName, type RepositoryName } from '#shared/domain/repository-name.ts';
import type { CommandFailure } from '../../lib/signed-in-command.ts';
import type { ListedIssue, TrackerFailure } from './tracker.ts';

/** Milliseconds: a person waits for the spawn. */
export const cap = 10_000;

export const isNumber = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text);

/** `7` of the project's own repository, or `host/owner/name#7` of another one of the same host: the person is signed in there. */
export function placeOf(
  id: string,
  own: RepositoryName,
  parse: (name: string) => RepositoryName | null,
): { readonly repository: RepositoryName; readonly number: string } | null {
  if (isNumber(id)) return { repository: own, number: id };
  const [place = '', number = ''] = id.split('#');
  const repository = parse(place);
  if (repository === null || fullName(repository) !== place || !isNumber(number)) return null;
  return repository.host.toLowerCase() === own.host.toLowerCase() ? { repository, number } : null;
}

export const branchOf = (id: string): string | null => (isNumber(id) ? `feat/issue-${id}` : null);

export function listed(told: {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly labels: readonly string[];
  readonly assignee: string | undefined;
  readonly closed: boolean;
}): ListedIssue {
  const { title, labels } = issueFacts({ ...told, description: '', completed: told.closed });
  const assignee = told.assignee === undefined ? null : plainLine(told.assignee, 100);
  return { id: String(told.number), title, labels, url: told.url, assignee, state: told.closed ? 'closed' : 'open' };
}

export const noIssue = (tracker: string, id: string): TrackerFailure => ({
  kind: 'not-found',
  what: `${JSON.stringify(id)} is no number of an issue of ${tracker}.`,
  todo: 'Give a number or the address of an issue.',
  details: '',
});

export function toFailure(tracker: string, failure: CommandFailure, id: string): TrackerFailure {
  const { kind, what, todo, details } = failure;
  if (kind === 'not-found') return { kind, what: `${tracker} knows no issue ${id}.`, todo, details };
  return { kind: kind === 'refused' ? kind : 'unreachable', what, todo, details };
}
