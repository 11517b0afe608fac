// Issues of GitHub, through gh.
import { z } from 'zod';
import { issueFacts } from '#shared/domain/issue-facts.ts';
import { fullName, parseRepositoryName, type RepositoryName } from '#shared/domain/repository-name.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Gh } from '../../../lib/gh.ts';
import { branchOf, cap, listed, noIssue, placeOf, toFailure } from '../numbered-issues.ts';
import type { Tracker, TrackerFailure } from '../tracker.ts';

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
    const place = placeOf(id, repository, parseRepositoryName);
    if (place === null) return fail(noIssue('GitHub', id));
    const args = ['issue', 'view', '--repo', fullName(place.repository), '--json', fields, '--', place.number];
    const told = await gh.json(args, schema, { timeoutMs: cap, signal });
    return told.ok ? told : fail(toFailure('GitHub', told.problem, id));
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
      return told.ok ? ok(told.value.map(toListed)) : fail(toFailure('GitHub', told.problem, 'like that'));
    },
    async createIssue({ title, body }) {
      const args = ['issue', 'create', ...repo, '--title', title, '--body', body];
      const told = await gh.run(args, { timeoutMs: cap });
      if (!told.ok) return fail(toFailure('GitHub', told.problem, 'like that'));
      const number = /\/issues\/([1-9]\d{0,8})\s*$/.exec(told.value)?.[1];
      return number === undefined ? fail(notNamed(told.value)) : ok(number);
    },
    async setState(id, state): Promise<Result<null, TrackerFailure>> {
      const place = placeOf(id, repository, parseRepositoryName);
      if (place === null) return fail(noIssue('GitHub', id));
      const verb = state === 'closed' ? 'close' : 'reopen';
      const args = ['issue', verb, '--repo', fullName(place.repository), '--', place.number];
      const told = await gh.run(args, { timeoutMs: cap });
      return told.ok ? ok(null) : fail(toFailure('GitHub', told.problem, id));
    },
    branchName: branchOf,
    issueUrl(id) {
      const place = placeOf(id, repository, parseRepositoryName);
      return place === null ? null : `https://${fullName(place.repository)}/issues/${place.number}`;
    },
  };
}

const toListed = ({ number, title, url, state, labels, assignees }: z.infer<typeof listedSchema>) =>
  listed({
    ...{ number, title, url, labels: labels.map(({ name }) => name) },
    ...{ closed: isClosed(state), assignee: assignees[0]?.login },
  });

const notNamed = (printed: string): TrackerFailure => ({
  kind: 'refused',
  what: 'GitHub did not tell the number of the new issue.',
  todo: 'Look there whether it was made.',
  details: printed.slice(0, 200),
});

/** Closed as completed, as not planned or as a duplicate: there is nothing left to do. */
const isClosed = (state: string): boolean => state === 'CLOSED' || state === 'MERGED';
