// Issues of GitHub, through gh.
import { z } from 'zod';
import { issueFacts } from '#shared/domain/issue-facts.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import { fullName, parseRepositoryName, type RepositoryName } from '#shared/domain/repository-name.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Gh, GhFailure } from '../../../lib/gh.ts';
import type { ListedIssue, Tracker, TrackerFailure } from '../tracker.ts';

/** Milliseconds: a person waits for the spawn. */
const cap = 10_000;

const stateSchema = z.object({ state: z.string() });
const issueSchema = stateSchema.extend({
  title: z.string(),
  body: z.string().nullable(),
  url: z.url({ protocol: /^https$/ }).max(2000),
  labels: z.array(z.object({ name: z.string() })),
});

const listedSchema = stateSchema.extend({
  number: z.int().positive(),
  title: z.string(),
  url: z.url({ protocol: /^https$/ }).max(2000),
  labels: z.array(z.object({ name: z.string() })),
  assignees: z.array(z.object({ login: z.string() })),
});

export function createGitHubTracker(gh: Gh, repository: RepositoryName): Tracker {
  const repo = ['--repo', fullName(repository)];
  const look = async <T>(id: string, fields: string, schema: z.ZodType<T>, signal?: AbortSignal) => {
    const place = placeOf(id, repository);
    if (place === null) return fail(noIssue(id));
    const args = ['issue', 'view', '--repo', fullName(place.repository), '--json', fields, '--', place.number];
    const told = await gh.json(args, schema, { timeoutMs: cap, signal });
    return told.ok ? told : fail(toFailure(told.problem, id));
  };
  return {
    name: 'GitHub',
    async getIssue(id, signal) {
      const told = await look(id, 'title,body,url,state,labels', issueSchema, signal);
      if (!told.ok) return told;
      const { title, body, url, state, labels } = told.value;
      const names = labels.map(({ name }) => name);
      const facts = issueFacts({ title, labels: names, description: body ?? '', completed: isClosed(state) });
      return ok({ facts, url, branch: null });
    },
    async isCompleted(id): Promise<Result<boolean, TrackerFailure>> {
      const told = await look(id, 'state', stateSchema);
      return told.ok ? ok(isClosed(told.value.state)) : told;
    },
    async listIssues({ query, state, limit }) {
      const words = query.trim() === '' ? [] : ['--search', query.trim()];
      const fields = 'number,title,url,state,labels,assignees';
      const args = ['issue', 'list', ...repo, '--state', state, '--limit', String(limit), ...words, '--json', fields];
      const told = await gh.json(args, z.array(listedSchema), { timeoutMs: cap });
      return told.ok ? ok(told.value.map(toListed)) : fail(toFailure(told.problem, 'like that'));
    },
    async createIssue({ title, body }) {
      const args = ['issue', 'create', ...repo, '--title', title, '--body', body];
      const told = await gh.run(args, { timeoutMs: cap });
      if (!told.ok) return fail(toFailure(told.problem, 'like that'));
      const number = /\/issues\/([1-9]\d{0,8})\s*$/.exec(told.value)?.[1];
      return number === undefined ? fail(notNamed(told.value)) : ok(number);
    },
    async setState(id, state): Promise<Result<null, TrackerFailure>> {
      const place = placeOf(id, repository);
      if (place === null) return fail(noIssue(id));
      const verb = state === 'closed' ? 'close' : 'reopen';
      const args = ['issue', verb, '--repo', fullName(place.repository), '--', place.number];
      const told = await gh.run(args, { timeoutMs: cap });
      return told.ok ? ok(null) : fail(toFailure(told.problem, id));
    },
    branchName: (id) => (isNumber(id) ? `feat/issue-${id}` : null),
    issueUrl(id) {
      const place = placeOf(id, repository);
      return place === null ? null : `https://${fullName(place.repository)}/issues/${place.number}`;
    },
  };
}

function toListed({ number, title, url, state, labels, assignees }: z.infer<typeof listedSchema>): ListedIssue {
  const plain = issueFacts({ title, labels: labels.map(({ name }) => name), description: '', completed: false });
  const assignee = assignees[0] === undefined ? null : plainLine(assignees[0].login, 100);
  return {
    ...{ id: String(number), title: plain.title, labels: plain.labels, url, assignee },
    state: isClosed(state) ? 'closed' : 'open',
  };
}

const notNamed = (printed: string): TrackerFailure => ({
  kind: 'refused',
  what: 'GitHub did not tell the number of the new issue.',
  todo: 'Look there whether it was made.',
  details: printed.slice(0, 200),
});

/** Closed as completed, as not planned or as a duplicate: there is nothing left to do. */
const isClosed = (state: string): boolean => state === 'CLOSED' || state === 'MERGED';

const isNumber = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text);

/** `7` of the project's own repository, or `host/owner/name#7` of another one of the same host: the person is signed in there. */
function placeOf(
  id: string,
  own: RepositoryName,
): { readonly repository: RepositoryName; readonly number: string } | null {
  if (isNumber(id)) return { repository: own, number: id };
  const [place = '', number = ''] = id.split('#');
  const repository = parseRepositoryName(place);
  if (repository === null || place.split('/').length !== 3 || !isNumber(number)) return null;
  return repository.host === own.host.toLowerCase() ? { repository, number } : null;
}

const noIssue = (id: string): TrackerFailure => ({
  kind: 'not-found',
  what: `${JSON.stringify(id)} is no number of an issue of GitHub.`,
  todo: 'Give a number or the address of an issue.',
  details: '',
});

function toFailure({ kind, what, todo, details }: GhFailure, id: string): TrackerFailure {
  if (kind === 'not-found') return { kind, what: `GitHub knows no issue ${id}.`, todo, details };
  return { kind: kind === 'refused' ? kind : 'unreachable', what, todo, details };
}
