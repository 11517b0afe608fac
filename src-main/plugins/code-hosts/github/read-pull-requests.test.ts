// Against a gh that behaves like GitHub's, with its tags and its failures.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fakeGh, runIn, type WorldInHand } from '#main/lib/fixtures/fake-gh.ts';
import { openGh } from '../../../lib/gh.ts';
import type { Question } from '../code-host.ts';
import { createReader, type PullRequestReader } from './read-pull-requests.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'athene-pulls-')));
const hand: WorldInHand = { world: {}, calls: [] };
let reader: PullRequestReader;
let now: number;

beforeAll(() => mkdirSync(join(root, 'home')));
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  now = 1_000_000;
  hand.world = { pulls: { '7': pull('feat/7', '7'), '8': { ...pull('feat/8', '8'), isCrossRepository: true } } };
  const { directory } = fakeGh(join(root, 'gh'), root);
  const env = { HOME: root, PATH: directory };
  const login = async () => ({ env, shell: '/bin/sh', problem: null });
  const gh = openGh({ home: join(root, 'home'), login }, runIn(hand));
  reader = createReader({ gh, repository: { host: 'github.com', owner: 'o', name: 'r' }, now: () => now });
});

const pull = (headRefName: string, digit: string) => ({
  headRefName,
  headRefOid: digit.repeat(40),
  checks: [{ name: 'unit', state: 'IN_PROGRESS', required: true, url: 'https://ci.example/1' }],
  reviews: [{ id: 'R1', author: 'maria', state: 'APPROVED' }],
  threads: [{ id: 'T1', path: 'a.ts', line: 3, comments: [{ id: 'C1', author: 'cursor[bot]', body: 'Hm.' }] }],
});
const with7 = (change: Readonly<Record<string, unknown>>): void => {
  const { pulls = {} } = hand.world;
  hand.world = { ...hand.world, pulls: { ...pulls, '7': { ...pulls['7'], ...change } } };
};
const read = async (question: Partial<Question>) => {
  const told = await reader.read({ numbers: [], branches: [], fresh: false, ...question });
  if (!told.ok) throw new Error(told.problem.what);
  return told.value;
};
/** What it was asked, in short. */
const asked = (): readonly string[] =>
  hand.calls
    .splice(0)
    .map((args) => (args[1] === 'graphql' ? 'graphql' : (args.at(-1) ?? '').replace(/^.*\/r\/|\?.*$/g, '')));
const guards = [`commits/${'7'.repeat(40)}/check-runs`, `commits/${'7'.repeat(40)}/status`, 'pulls/7/comments'];

it('finds the pull request of a branch, none of a fork, and reads it', async () => {
  const { facts, absent } = await read({ branches: ['feat/7', 'feat/8', 'feat/9'] });
  expect(asked()).toEqual(['pulls', 'graphql', 'graphql']);
  expect(absent).toEqual([]);
  expect(facts).toHaveLength(1);
  expect(facts[0]).toMatchObject({
    pullRequest: { number: 7, state: 'open', branch: 'feat/7' },
    checks: [{ name: 'unit', state: 'running', required: true, url: 'https://ci.example/1' }],
    ...{ ci: 'pending', decision: 'approved', conflicts: 'no', behind: false, rules: 'met', readAt: now },
    blockers: [{ kind: 'ci_pending' }],
    reviews: [{ id: 'R1', author: 'maria', bot: false, state: 'approved' }],
    threads: [{ id: 'T1', path: 'a.ts', line: 3, comments: [{ author: 'cursor', bot: true, body: 'Hm.' }] }],
  });
});

it('asks nothing twice within seconds, then only whether anything is another, and reads what is', async () => {
  await read({ numbers: [7] });
  asked();
  expect((await read({ numbers: [7] })).facts[0]?.readAt).toBe(now);
  expect(asked()).toEqual([]);
  now += 30_000;
  await read({ numbers: [7] });
  // The first time that it is asked of each, there is no tag.
  expect(asked()).toEqual(['pulls', ...guards, 'graphql']);
  now += 30_000;
  expect((await read({ numbers: [7] })).facts[0]).toMatchObject({ ci: 'pending', readAt: now });
  expect(asked()).toEqual(['pulls', ...guards]);
  with7({ checks: [{ name: 'unit', state: 'FAILURE' }] });
  now += 30_000;
  expect((await read({ numbers: [7] })).facts[0]).toMatchObject({ ci: 'failing' });
  expect(asked()).toEqual(['pulls', ...guards, 'graphql']);
  with7({ reviewDecision: 'CHANGES_REQUESTED' });
  now += 30_000;
  expect((await read({ numbers: [7] })).facts[0]).toMatchObject({ decision: 'changes_requested' });
  expect(asked()).toEqual(['pulls', 'graphql']);
});

it('reads anew after minutes all the same, at once for a person, and after what Athene did itself', async () => {
  await read({ numbers: [7] });
  now += 30_000;
  await read({ numbers: [7] });
  asked();
  now += 6 * 60_000;
  await read({ numbers: [7] });
  expect(asked()).toEqual(['pulls', 'graphql']);
  now += 30_000;
  await read({ numbers: [7], fresh: true });
  expect(asked()).toEqual(['pulls', 'graphql']);
  reader.forget(7);
  await read({ numbers: [7] });
  expect(asked()).toEqual(['pulls', 'graphql']);
});

it('asks for many in few questions, and once for those who ask at the same moment', async () => {
  const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
  hand.world = { pulls: Object.fromEntries(numbers.map((number) => [number, pull(`b${number}`, 'a')])) };
  const [one, other] = await Promise.all([read({ numbers }), read({ numbers })]);
  expect([one.facts.length, other.facts.length]).toEqual([30, 30]);
  expect(asked()).toEqual(['pulls', 'graphql', 'graphql']);
});

it('tells what is not there, and what it may not know, without hiding the rest', async () => {
  with7({ checks: 'forbidden' });
  const { facts, absent } = await read({ numbers: [7, 404] });
  expect(absent).toEqual([404]);
  expect(facts).toMatchObject([{ pullRequest: { number: 7 }, checksRead: false, ci: 'failing' }]);
});

it.each([
  ['offline', 'offline'],
  ['signed-out', 'signed-out'],
  ['rate-limited', 'rate-limited'],
  ['html', 'garbled'],
] as const)('says why it can not tell when %s, and reads afterwards what changed meanwhile', async (mode, kind) => {
  await read({ numbers: [7] });
  now += 30_000;
  await read({ numbers: [7] });
  with7({ title: 'Another' });
  hand.world.mode = mode;
  now += 30_000;
  expect(await reader.read({ numbers: [7], branches: [], fresh: true })).toMatchObject({
    ok: false,
    problem: { kind },
  });
  hand.world.mode = 'ok';
  expect((await read({ numbers: [7] })).facts[0]?.pullRequest.title).toBe('Another');
});

it('reads what the jobs of failed checks printed last, and is told of the rest though that fails', async () => {
  const job = (name: string, number: number, repository = 'O/R') => ({
    ...{ name, state: 'FAILURE' },
    url: `https://github.com/${repository}/actions/runs/5/job/${number}`,
  });
  with7({
    checks: [
      job('unit', 11),
      job('gone', 12),
      job('theirs', 13, 'o/other'),
      { name: 'ci', state: 'FAILURE', title: '2 failed', summary: 'of 7\u202e' },
    ],
  });
  hand.world = { ...hand.world, logs: { '11': 'x\n##[error]exit 1\ntidying', '13': 'not ours' } };
  asked();
  const checks = async () => (await read({ numbers: [7] })).facts[0]?.checks.map(({ name, log }) => [name, log]);
  const told = [
    ['unit', 'x\nexit 1'],
    ['gone', null],
    ['theirs', null],
    ['ci', '2 failed\nof 7'],
  ];
  expect(await checks()).toEqual(told);
  expect(asked()).toEqual(['pulls', 'graphql', 'actions/jobs/11/logs', 'actions/jobs/12/logs']);
  now += 6 * 60_000;
  expect(await checks()).toEqual(told);
  expect(asked()).toEqual(['pulls', 'graphql', 'actions/jobs/12/logs']);
});
