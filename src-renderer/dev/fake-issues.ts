// The members about issues, of a host made of values. A project named `infra` has no tracker, and `docs` is offline.
import type { ListedIssue } from '#shared/domain/listed-issue.ts';
import { fail, ok } from '#shared/lib/result.ts';

const issue = (id: string, title: string, more: Partial<ListedIssue> = {}): ListedIssue => ({
  ...{ id, title, labels: [], state: 'open', assignee: null, session: null },
  url: `https://github.com/you/api/issues/${id}`,
  ...more,
});

const issues: readonly ListedIssue[] = [
  issue('431', 'The login test fails one run in five', { labels: ['bug', 'flaky'] }),
  issue('427', 'Collect what CI says about flaky tests', { labels: ['ci'], assignee: 'maria' }),
  issue('421', 'Rotate refresh tokens and detect reuse', { session: 'api-12' }),
  issue('419', 'A title that goes on and on, so that it has to be cut somewhere before the end of its line is reached'),
  issue('402', 'Say which migration runs', { labels: ['good first issue'] }),
];

interface InProject {
  readonly project: string;
}

export const fakeIssues = {
  'issue.list': async ({ project, query }: InProject & { readonly query: string }) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    if (project === 'infra')
      return fail({
        code: 'tracker-missing' as const,
        what: 'The project has no tracker.',
        todo: 'Give it one in config.yaml.',
      });
    if (project === 'docs')
      return fail({
        code: 'tracker-unreachable' as const,
        what: 'GitHub could not be reached.',
        todo: 'Check the connection, then try again.',
      });
    const words = query.toLowerCase();
    return ok({
      tracker: 'GitHub',
      issues: issues.filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(words)),
    });
  },
  'issue.show': async ({ issue: id }: InProject & { readonly issue: string }) => {
    const found = issues.find((one) => one.id === id);
    if (found === undefined) return fail({ code: 'issue-unknown' as const, what: `There is no issue ${id}.` });
    const { title, labels, url, session } = found;
    return ok({ id, facts: { title, labels, description: '', completed: false }, url, session });
  },
  'issue.create': async () => ok({ id: '432' }),
  'issue.setState': async () => ok(null),
};
