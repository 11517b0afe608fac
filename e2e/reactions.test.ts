// A failing check on its way to the agent whose it is, until it is a person's affair: a GitHub whose world changes, a host that supervises,
// real terminals and commits. Only the clock of the host is put forward.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { graceBeforeSending } from '#shared/domain/react.ts';
import { usualPlace } from '#shared/domain/spawn.ts';
import { fakeGh, type FakeGh } from '#main/lib/fixtures/fake-gh.ts';
import { ask, follow } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { findSession } from '#main/sessions/session-record.ts';
import { recordChange } from '#main/storage/changes.ts';
import { listNotices } from '#main/storage/notices.ts';
import { findPullRequest } from '#main/storage/pull-requests.ts';
import { listReactions } from '#main/storage/reactions.ts';
import { hostOf } from './fixtures/host-of.ts';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const patience = { timeout: 60_000, interval: 50 };
/** Milliseconds after which GitHub is asked again, and a little. */
const askedAgainAfter = 31_000;

let world: World;
let host: Host;
let gh: FakeGh;
/** Milliseconds that the clock of the host is ahead. */
let ahead = 0;

beforeAll(async () => {
  const { now } = Date;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
  world = createWorld();
  gh = fakeGh(join(dirname(world.repository), 'gh'), world.env['HOME'] ?? '');
  copyFileSync(join(import.meta.dirname, 'fake-agents', 'claude-listens.sh'), join(gh.directory, 'claude'));
  chmodSync(join(gh.directory, 'claude'), 0o755);
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  const config = join(world.home, 'config.yaml');
  // Comments of reviews are told by the command alone.
  const quiet = 'reactions: { changes-requested: { auto: false }, bugbot-comments: { auto: false } }';
  const projects = readFileSync(config, 'utf8').replace(/^( *)demo:$/m, '$1demo:\n$1  repo: github.com/o/r');
  writeFileSync(config, `${projects}\n${quiet}\n`);
  host = await hostOf(world, true);
});
afterAll(async () => {
  await host.close();
  await world.close();
});

/** As time passes for the host, whose supervisor looks whenever something has changed. */
async function pass(ms: number): Promise<void> {
  ahead += ms;
  await host.sessions.store.write('time passes', (tx) => recordChange(tx, 'settings', 'settings'));
}

interface Worker {
  readonly id: string;
  readonly pull: () => { readonly headRefName: string; readonly headRefOid: string };
  readonly commit: () => void;
}

async function start(): Promise<Worker> {
  const nothing = { prompt: null, issue: null, name: null, branch: null, base: null, model: null };
  const spawned = await ask(host, 'session.spawn', {
    ...{ request: host.sessions.newId(), project: 'demo', agent: 'claude-code', command: null, permissions: 'ask' },
    ...{ ...nothing, ...usualPlace },
  });
  if (!spawned.ok) throw new Error(spawned.problem.what);
  const found = findSession(host.sessions, spawned.value.session);
  const cwd = found.ok ? (found.value.workspace?.path ?? '') : '';
  const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
  return {
    id: spawned.value.session,
    pull: () => ({ headRefName: git('branch', '--show-current'), headRefOid: git('rev-parse', 'HEAD') }),
    commit: () => void git('commit', '-q', '--allow-empty', '-m', 'by hand'),
  };
}
const heard = (id: string): string => {
  const file = join(world.env['HOME'] ?? '', `heard-${id}`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
const timesHeard = (id: string): number => heard(id).split('Checks fail on your pull request #7').length - 1;
const viewOf = (id: string) => host.listSessions().find((session) => session.id === id);
const noticesOf = (id: string) => host.sessions.store.read(listNotices).filter(({ sessions }) => sessions.includes(id));
/** Its failing checks are on record, or were told already: a machine may be slow. */
function isNoted(id: string, attempt: number): boolean {
  const state = host.sessions.store.read((tx) => listReactions(tx, id)).find(({ key }) => key === 'ci-failed')?.state;
  return state !== undefined && (state.attempts === attempt || state.occasion !== state.acted);
}
const commitRead = () =>
  host.sessions.store.read((tx) => findPullRequest(tx, { project: 'demo', number: 7 }))?.facts?.commit;
async function reactionEvents(id: string): Promise<readonly { readonly kind: string; readonly text: string }[]> {
  const page = await ask(host, 'event.list', {
    ...{ session: id, project: null, kinds: ['reaction.'], sources: [], priorities: [], since: null, search: null },
    ...{ limit: 50, before: null, after: null },
  });
  if (!page.ok) throw new Error(page.problem.what);
  return page.value.events.toReversed().map(({ kind, text }) => ({ kind, text }));
}

/** Of GitHub Actions: its log can be read. */
const job = 'https://github.com/o/r/actions/runs/1/job/55';

it('is shown before it is told, reaches its agent and no other, twice again for new commits, then a person', async () => {
  const [failing, other] = [await start(), await start()];
  const check = (state: string) => [{ name: 'unit; touch pwned', state, required: true, url: job }];
  /** GitHub has what they have committed, and the check of one fails on it. */
  const pushed = (): string => {
    const pull = failing.pull();
    gh.answer({
      logs: { '55': 'compiles\n##[error]token.ts: $(touch pwned)\n' },
      pulls: {
        '7': { ...pull, checks: check('FAILURE') },
        '8': { ...other.pull(), checks: check('SUCCESS'), reviewDecision: 'REVIEW_REQUIRED' },
      },
    });
    return pull.headRefOid;
  };
  let failed = pushed();
  await expect.poll(() => [failing, other].map(({ id }) => viewOf(id)?.pullRequest?.number), patience).toEqual([7, 8]);
  const one = { id: failing.id, key: 'ci-failed' } as const;
  const shown = follow(host, 'reactions', ({ session }) => session);
  const preview = async () => {
    const answer = await ask(host, 'reaction.preview', one);
    return answer.ok ? answer.value : null;
  };
  await expect.poll(preview, patience).toMatchObject({ reaction: { plan: { kind: 'due' }, attempts: 0, most: 3 } });
  const text = (await preview())?.text;
  expect(text).toContain(`\n> unit; touch pwned\n> ${job}\nThe end of what it printed:\n> `);
  expect(text).toMatch(/^> .*token\.ts: \$\(touch pwned\)$/m);
  const inFeed = shown.items().find(({ session }) => session === failing.id);
  expect(inFeed?.reactions.map(({ key }) => key)).toEqual(['ci-failed']);
  expect(heard(failing.id)).toBe('');

  for (const attempt of [1, 2, 3]) {
    await expect.poll(() => isNoted(failing.id, attempt), patience).toBe(true);
    await pass(graceBeforeSending);
    await expect.poll(() => failing.pull().headRefOid, patience).not.toBe(failed);
    expect(await preview()).toMatchObject({ reaction: { attempts: attempt } });
    expect([timesHeard(failing.id), noticesOf(failing.id)]).toEqual([attempt, []]);
    if (attempt === 1)
      expect((await world.athene('reactions', failing.id)).stdout).toContain('A check fails. Told 1 of 3 times.');
    expect(heard(failing.id)).toContain('token.ts: $(touch pwned)');
    failed = pushed();
    await pass(askedAgainAfter);
  }
  await expect.poll(() => isNoted(failing.id, 4), patience).toBe(true);
  await pass(graceBeforeSending);
  const reason = 'Its agent was told 3 times.';
  const affair = { escalated: true, attempts: 3, plan: { kind: 'rests', why: `It is your affair now. ${reason}` } };
  await expect.poll(preview, patience).toMatchObject({ reaction: affair });
  const notice = {
    priority: 'urgent',
    title: expect.stringContaining('needs you: fails CI'),
    body: expect.stringContaining(reason),
  };
  await expect.poll(() => noticesOf(failing.id), patience).toEqual([expect.objectContaining(notice)]);
  const events = await reactionEvents(failing.id);
  expect(events.map(({ kind }) => kind)).toEqual([
    ...Array<string>(3).fill('reaction.triggered'),
    'reaction.escalated',
  ]);
  expect(events.at(-1)?.text).toBe(`A check fails. It is your affair now. ${reason}`);

  // Whatever fails from then on is told to no agent by itself.
  failing.commit();
  expect(pushed()).not.toBe(failed);
  await pass(askedAgainAfter);
  await expect.poll(() => commitRead(), patience).toBe(failing.pull().headRefOid);
  await pass(graceBeforeSending);
  expect(await preview()).toMatchObject({ reaction: affair });
  expect([timesHeard(failing.id), heard(other.id), noticesOf(other.id)]).toEqual([3, '', []]);
  expect([(await reactionEvents(failing.id)).length, await reactionEvents(other.id)]).toEqual([4, []]);
});

it('comments that nobody was told of are told by a command at once, and once', async () => {
  const { id, pull } = await start();
  const thread = (comment: string, author: string) => ({
    ...{ id: `T-${comment}`, path: 'src/token.ts', line: 12 },
    comments: [{ id: comment, author, body: `Mend ${comment}.` }],
  });
  const commented = (...threads: readonly object[]): void =>
    gh.change((before) => ({
      ...before,
      pulls: { ...before.pulls, '9': { ...pull(), threads: threads as ReturnType<typeof thread>[] } },
    }));
  const check = async (...more: readonly string[]): Promise<string> =>
    (await world.athene('review-check', 'demo', ...more)).stdout;
  const known = async (key: 'changes-requested' | 'bugbot-comments') => {
    const preview = await ask(host, 'reaction.preview', { id, key });
    return preview.ok ? preview.value.reaction.what : null;
  };
  commented(thread('C1', 'mara'), thread('C2', 'cursor[bot]'));
  await pass(askedAgainAfter);
  await expect.poll(() => known('bugbot-comments'), patience).toBe('A bot commented.');
  const dry = await check('--dry-run');
  expect(dry).toContain(`${id}: would be told of changes-requested.`);
  expect(dry).toMatch(/would be told of bugbot-comments[^]*\| > Mend C2\./);
  expect(heard(id)).toBe('');
  expect(await check()).toContain(`${id}: is told of changes-requested.`);
  await expect.poll(() => heard(id), patience).toMatch(/Mend C1[^]*Mend C2|Mend C2[^]*Mend C1/);

  // A review that goes on is another, and the bot's is not.
  commented(thread('C1', 'mara'), thread('C2', 'cursor[bot]'), thread('C3', 'mara'));
  await pass(askedAgainAfter);
  await expect.poll(() => known('changes-requested'), patience).toBe('2 review threads are open.');
  const again = await check();
  expect(again).toContain(`${id}: is told of changes-requested.`);
  expect(again).toContain(`${id}: bugbot-comments: Its agent was told of all of them.`);
  await expect.poll(() => heard(id), patience).toContain('Mend C3.');
  expect(heard(id).split('Mend C2.').length).toBe(2);
});
