// Against a server that answers as Linear does, on this machine.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLinearTracker } from './linear-tracker.ts';
import type { WholeTracker } from '../tracker.ts';

const key = 'lin_api_canary';
let server: Server;
let tracker: WholeTracker;
let asked: { query: string; variables: Record<string, unknown>; authorization: string | undefined }[];
let answer: { status?: number; body: unknown };
let env: Record<string, string>;

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      asked.push({ ...(JSON.parse(text) as (typeof asked)[number]), authorization: request.headers.authorization });
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const access = {
    login: async () => ({ env, shell: '/bin/sh', problem: null }),
    address: new URL(`http://127.0.0.1:${port}/graphql`),
  };
  tracker = createLinearTracker(access, 'team-1');
  [asked, env] = [[], { LINEAR_API_KEY: key }];
});
afterAll(() => server.close());

const issue = (more: Record<string, unknown> = {}) => ({
  ...{ identifier: 'ENG-7', title: 'Sign \u001b[31min', url: 'https://linear.app/x/issue/ENG-7', description: 'Why' },
  ...{ state: { type: 'started' }, labels: { nodes: [{ name: 'bug' }] }, assignee: { displayName: 'jo' } },
  ...more,
});

it('gets an issue by its normal form, without what would not print, and sends the key in a header alone', async () => {
  answer = { body: { data: { issue: issue() } } };
  asked = [];
  expect(await tracker.getIssue('eng-7')).toMatchObject({
    ok: true,
    value: { facts: { title: 'Sign [31min', labels: ['bug'], description: 'Why', completed: false } },
  });
  expect(asked).toMatchObject([{ variables: { id: 'ENG-7' }, authorization: key }]);
  answer = { body: { data: { issue: issue({ state: { type: 'canceled' } }) } } };
  expect(await tracker.isCompleted('eng-7')).toEqual({ ok: true, value: true });
  expect([tracker.branchName('eng-7'), tracker.branchName('../x'), tracker.branchName('7')]).toEqual([
    'feat/ENG-7',
    null,
    null,
  ]);
});

it('lists, makes and closes issues', async () => {
  answer = { body: { data: { issues: { nodes: [issue()] } } } };
  asked = [];
  expect(await tracker.listIssues({ query: 'sign', state: 'open', limit: 5 })).toMatchObject({
    ok: true,
    value: [{ id: 'eng-7', title: 'Sign [31min', state: 'open', assignee: 'jo' }],
  });
  expect(asked[0]?.variables).toEqual({
    first: 5,
    filter: {
      ...{ team: { id: { eq: 'team-1' } }, title: { containsIgnoreCase: 'sign' } },
      state: { type: { nin: ['completed', 'canceled'] } },
    },
  });
  answer = { body: { data: { issueCreate: { issue: { identifier: 'ENG-8' } } } } };
  expect(await tracker.createIssue({ title: 't', body: 'b' })).toEqual({ ok: true, value: 'eng-8' });
  const states = {
    nodes: [
      { id: 's2', type: 'completed', position: 2 },
      { id: 's1', type: 'completed', position: 1 },
    ],
  };
  answer = { body: { data: { issue: { id: 'uuid', team: { states } }, issueUpdate: { success: true } } } };
  expect(await tracker.setState('eng-7', 'closed')).toEqual({ ok: true, value: null });
  expect(asked.at(-1)?.variables).toEqual({ id: 'uuid', state: 's1' });
});

it.each<readonly [string, { status?: number; body: unknown }, string]>([
  ['a key that does not hold', { status: 401, body: {} }, 'Linear refused the key.'],
  [
    'its limit',
    { status: 400, body: { errors: [{ message: 'x', extensions: { code: 'RATELIMITED' } }] } },
    'Linear answers no more for now',
  ],
  ['a page of somebody else', { body: '<html>' }, 'What came back is no answer of Linear.'],
  [
    'an issue that is not there',
    { body: { errors: [{ message: 'Entity not found: Issue' }] } },
    'Linear knows no issue eng-7.',
  ],
])('tells of %s', async (_name, told, what) => {
  answer = told;
  const failed = await tracker.getIssue('eng-7');
  expect(failed).toMatchObject({ ok: false });
  expect(JSON.stringify(failed)).toContain(what);
  expect(JSON.stringify(failed)).not.toContain(key);
});

it('asks nobody without a key', async () => {
  [env, asked] = [{}, []];
  expect(await tracker.getIssue('eng-7')).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
  expect(asked).toEqual([]);
});
