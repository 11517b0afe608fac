// Issues of Linear, by its API.
import { z } from 'zod';
import { issueFacts } from '#shared/domain/issue-facts.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { ListedIssue, TrackerFailure, WholeTracker } from '../tracker.ts';
import { askLinear, type LinearAccess, type LinearQuestion } from './linear-api.ts';

const fields = 'identifier title url state { type } labels { nodes { name } } assignee { displayName }';
const identifier = z.string().regex(/^[A-Z][A-Z0-9]{0,19}-[1-9]\d{0,8}$/);
const listedSchema = z.object({
  identifier,
  title: z.string(),
  url: z.url({ protocol: /^https$/ }).max(2000),
  state: z.object({ type: z.string() }),
  labels: z.object({ nodes: z.array(z.object({ name: z.string() })) }),
  assignee: z.object({ displayName: z.string() }).nullable(),
});
const issueSchema = listedSchema.extend({ description: z.string().nullable() });
type Listed = z.infer<typeof listedSchema>;

/** @param team its id in Linear, in which issues are listed and made; null: all that the key may see */
export function createLinearTracker(access: LinearAccess, team: string | null): WholeTracker {
  const ask = <T>(question: LinearQuestion<T>) => askLinear(access, question);
  const find = async (id: string, signal?: AbortSignal) => {
    const name = nameOf(id);
    if (name === null) return fail(noIssue(id));
    const query = `query($id: String!) { issue(id: $id) { ${fields} description } }`;
    const schema = z.object({ issue: issueSchema });
    const told = await ask({ query, variables: { id: name }, schema, signal });
    return told.ok ? ok(told.value.issue) : fail(about(told.problem, id));
  };
  return {
    name: 'Linear',
    async getIssue(id, signal) {
      const found = await find(id, signal);
      if (!found.ok) return found;
      const { title, description, url, state, labels } = found.value;
      const names = labels.nodes.map(({ name }) => name);
      const facts = issueFacts({ title, labels: names, description: description ?? '', completed: isOver(state) });
      return ok({ facts, url, branch: null });
    },
    async isCompleted(id): Promise<Result<boolean, TrackerFailure>> {
      const found = await find(id);
      return found.ok ? ok(isOver(found.value.state)) : found;
    },
    async listIssues({ query: words, state, limit }) {
      const over = ['completed', 'canceled'];
      const filter = {
        ...(team === null ? {} : { team: { id: { eq: team } } }),
        ...(state === 'all' ? {} : { state: { type: state === 'open' ? { nin: over } : { in: over } } }),
        ...(words.trim() === '' ? {} : { title: { containsIgnoreCase: words.trim() } }),
      };
      const query = `query($filter: IssueFilter, $first: Int) { issues(filter: $filter, first: $first, orderBy: createdAt) { nodes { ${fields} } } }`;
      const schema = z.object({ issues: z.object({ nodes: z.array(listedSchema) }) });
      const told = await ask({ query, variables: { filter, first: limit }, schema });
      return told.ok ? ok(told.value.issues.nodes.map(toListed)) : told;
    },
    async createIssue({ title, body }) {
      if (team === null) return fail(noTeam);
      const query = `mutation($input: IssueCreateInput!) { issueCreate(input: $input) { issue { identifier } } }`;
      const schema = z.object({ issueCreate: z.object({ issue: z.object({ identifier }) }) });
      const told = await ask({ query, variables: { input: { teamId: team, title, description: body } }, schema });
      return told.ok ? ok(told.value.issueCreate.issue.identifier.toLowerCase()) : told;
    },
    setState: (id, state) => moveIssue(ask, id, state),
    branchName: (id) => (nameOf(id) === null ? null : `feat/${nameOf(id)}`),
    issueUrl: () => null,
  };
}

type Ask = <T>(question: LinearQuestion<T>) => Promise<Result<T, TrackerFailure>>;

/** Each team has states of its own: the first of the kind that is wanted. */
async function moveIssue(ask: Ask, id: string, state: 'open' | 'closed'): Promise<Result<null, TrackerFailure>> {
  const name = nameOf(id);
  if (name === null) return fail(noIssue(id));
  const found = await ask({
    query: `query($id: String!) { issue(id: $id) { id team { states { nodes { id type position } } } } }`,
    variables: { id: name },
    schema: z.object({
      issue: z.object({
        id: z.string(),
        team: z.object({
          states: z.object({ nodes: z.array(z.object({ id: z.string(), type: z.string(), position: z.number() })) }),
        }),
      }),
    }),
  });
  if (!found.ok) return fail(about(found.problem, id));
  const { id: own, team } = found.value.issue;
  const kind = state === 'closed' ? 'completed' : 'unstarted';
  const [target] = team.states.nodes.filter(({ type }) => type === kind).toSorted((a, b) => a.position - b.position);
  if (target === undefined) return fail(noState(kind));
  const done = await ask({
    query: `mutation($id: String!, $state: String!) { issueUpdate(id: $id, input: { stateId: $state }) { success } }`,
    variables: { id: own, state: target.id },
    schema: z.object({ issueUpdate: z.object({ success: z.literal(true) }) }),
  });
  return done.ok ? ok(null) : done;
}

/** `eng-7`, the normal form, as Linear writes it. */
function nameOf(id: string): string | null {
  const name = id.toUpperCase();
  return identifier.safeParse(name).success ? name : null;
}

const isOver = ({ type }: Listed['state']): boolean => type === 'completed' || type === 'canceled';

function toListed({ identifier: name, title, url, state, labels, assignee }: Listed): ListedIssue {
  const names = labels.nodes.map((label) => label.name);
  const plain = issueFacts({ title, labels: names, description: '', completed: false });
  return {
    ...{ id: name.toLowerCase(), title: plain.title, labels: plain.labels, url },
    state: isOver(state) ? 'closed' : 'open',
    assignee: assignee === null ? null : plainLine(assignee.displayName, 100),
  };
}

const about = (problem: TrackerFailure, id: string): TrackerFailure =>
  problem.kind === 'not-found' ? { ...problem, what: `Linear knows no issue ${id}.` } : problem;

const noIssue = (id: string): TrackerFailure => ({
  ...{ kind: 'not-found', what: `${JSON.stringify(id.slice(0, 100))} is no id of an issue of Linear.`, details: '' },
  todo: 'Give one like ENG-7.',
});

const noTeam: TrackerFailure = {
  ...{ kind: 'refused', what: 'It is not said in which team of Linear the issue is to be made.', details: '' },
  todo: 'Write `tracker: {plugin: linear, teamId: …}` into the entry of the project.',
};

const noState = (kind: string): TrackerFailure => ({
  ...{ kind: 'refused', what: `The team has no state of the kind ${kind}.`, details: '' },
  todo: 'Move it in Linear.',
});
