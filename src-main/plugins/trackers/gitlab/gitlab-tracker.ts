// Issues of GitLab, through glab.
import { z } from 'zod';
import { issueFacts } from '#shared/domain/issue-facts.ts';
import { fullName, parseGitLabName, type RepositoryName } from '#shared/domain/repository-name.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { projectCall, type Glab, type ProjectCall } from '../../../lib/glab.ts';
import { branchOf, cap, listed, noIssue, placeOf, toFailure } from '../numbered-issues.ts';
import type { TrackerFailure, WholeTracker } from '../tracker.ts';

const issueSchema = z.object({
  iid: z.int().positive(),
  title: z.string(),
  description: z.string().nullable(),
  web_url: z.url({ protocol: /^https?$/ }).max(2000),
  state: z.enum(['opened', 'closed']),
  labels: z.array(z.string()),
  assignees: z.array(z.object({ username: z.string() })),
});
type Told = z.infer<typeof issueSchema>;

export function createGitLabTracker(glab: Glab, repository: RepositoryName): WholeTracker {
  const place = (id: string) => placeOf(id, repository, parseGitLabName);
  const aboutOne = async (
    id: string,
    call: Omit<ProjectCall, 'path'>,
    signal?: AbortSignal,
  ): Promise<Result<Told, TrackerFailure>> => {
    const at = place(id);
    if (at === null) return fail(noIssue('GitLab', id));
    const args = projectCall(at.repository, { ...call, path: `/issues/${at.number}` });
    const told = await glab.json(args, issueSchema, { timeoutMs: cap, signal });
    return told.ok ? told : fail(toFailure('GitLab', told.problem, id));
  };
  const aboutAll = async <T>(call: Omit<ProjectCall, 'path'>, schema: z.ZodType<T>) => {
    const told = await glab.json(projectCall(repository, { ...call, path: '/issues' }), schema, { timeoutMs: cap });
    return told.ok ? told : fail(toFailure('GitLab', told.problem, 'like that'));
  };
  return {
    name: 'GitLab',
    async getIssue(id, signal) {
      const told = await aboutOne(id, {}, signal);
      if (!told.ok) return told;
      const { title, labels, description, state, web_url: url } = told.value;
      const facts = { title, labels, description: description ?? '', completed: state === 'closed' };
      return ok({ facts: issueFacts(facts), url, branch: null });
    },
    async isCompleted(id): Promise<Result<boolean, TrackerFailure>> {
      const told = await aboutOne(id, {});
      return told.ok ? ok(told.value.state === 'closed') : told;
    },
    async listIssues({ query, state, limit }) {
      const words = query.trim() === '' ? [] : [['search', query.trim()] as const];
      const asked = [
        ['state', state === 'open' ? 'opened' : state],
        ['per_page', String(Math.min(limit, 100))],
      ] as const;
      const told = await aboutAll({ query: [...asked, ...words] }, z.array(issueSchema));
      return told.ok ? ok(told.value.map(toListed)) : told;
    },
    async createIssue({ title, body }) {
      const told = await aboutAll({ method: 'POST', fields: { title, description: body } }, issueSchema);
      return told.ok ? ok(String(told.value.iid)) : told;
    },
    async setState(id, state): Promise<Result<null, TrackerFailure>> {
      const event = state === 'closed' ? 'close' : 'reopen';
      const told = await aboutOne(id, { method: 'PUT', fields: { state_event: event } });
      return told.ok ? ok(null) : told;
    },
    branchName: branchOf,
    issueUrl(id) {
      const at = place(id);
      return at === null ? null : `https://${fullName(at.repository)}/-/issues/${at.number}`;
    },
  };
}

const toListed = ({ iid, title, labels, state, web_url: url, assignees }: Told) =>
  listed({ number: iid, title, labels, url, closed: state === 'closed', assignee: assignees[0]?.username });
