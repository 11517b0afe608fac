// Whole looks on a real database: what is told, to whom, and that it is told once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { graceBeforeSending } from '#shared/domain/react.ts';
import type { PullRequestReading } from '#shared/domain/pull-request-facts.ts';
import { ScratchHome } from '../../storage/fixtures/scratch-home.ts';
import { listEvents } from '../../storage/events.ts';
import { claimDelivery, listPending, markDelivered, markFailed } from '../../storage/outbox.ts';
import { insertQuestion } from '../../storage/questions.ts';
import { listReactions } from '../../storage/reactions.ts';
import { deleteSession } from '../../storage/sessions.ts';
import type { Store } from '../../storage/store.ts';
import { checkReviews } from './check-reviews.ts';
import { dismissReaction, previewReaction, runReaction } from './by-person.ts';
import {
  addSession,
  changeRecord,
  lives,
  reactionDependencies,
  reactionLines,
  surroundings,
  withOpen,
  worker,
  type Surroundings,
} from './fixtures/reaction-home.ts';
import { failing, sampleFacts, staleFacts, thread } from './fixtures/sample-facts.ts';
import { listRules, listSessionReactions } from './list-reactions.ts';
import { watchReactions } from './watch-reactions.ts';

const minute = 60_000;
let scratch: ScratchHome;
let store: Store;
let around: Surroundings;
const started: string[] = [];

beforeEach(async () => {
  scratch = new ScratchHome();
  around = surroundings();
  store = await scratch.openFully({ now: () => around.now });
  started.length = 0;
});
afterEach(() => scratch.remove());

const dependencies = () => reactionDependencies(store, around);
const deliveries = { start: (session: string) => void started.push(session) };
const watch = () => watchReactions(dependencies(), deliveries);
const look = (): Promise<void> => watch().look();
const after = async (ms: number): Promise<void> => {
  around.now += ms;
  await look();
};
const is = (session: string, over: Partial<PullRequestReading>): void =>
  void around.facts.set(session, sampleFacts({ readAt: around.now, ...over }));
const waiting = () => store.read(listPending).map(({ session, body }) => [session, body.split('\n')[0]]);
const remembered = () => store.read((tx) => listReactions(tx));

/** As a process types it. */
async function arrive(how: 'arrives' | 'fails' = 'arrives'): Promise<void> {
  await store.write('delivery', (tx) => {
    for (const { session } of listPending(tx)) {
      const claimed = claimDelivery(tx, { session, owner: null });
      if (claimed === null) throw new Error('Nothing waits');
      if (how === 'arrives') markDelivered(tx, claimed, true);
      else markFailed(tx, claimed, { why: 'nobody', typing: 'none' });
    }
  });
}

describe('a failing check', () => {
  beforeEach(async () => {
    await addSession(store, worker('app-1'));
    await addSession(store, worker('app-2'));
    is('app-1', { checks: [failing('lint')] });
    is('app-2', {});
    await look();
  });

  it('reaches the right worker once, however many look', async () => {
    expect(waiting()).toEqual([]);
    around.now += graceBeforeSending;
    await Promise.all([look(), look(), look()]);
    await look();
    expect(waiting()).toEqual([['app-1', `Checks fail on your pull request #7, at commit ${'a'.repeat(12)}.`]]);
    expect(started).toEqual(['app-1']);
    expect(reactionLines(store)).toEqual(['reaction.triggered app-1']);
  });

  it('is retried twice, then a person is told, and nobody else any more', async () => {
    for (const commit of ['b', 'c', 'd', 'e', 'f']) {
      await after(graceBeforeSending);
      await arrive();
      await after(minute);
      is('app-1', { checks: [failing('lint')], commit: commit.repeat(40) });
      await look();
    }
    expect(reactionLines(store)).toEqual([
      'reaction.triggered app-1',
      'reaction.triggered app-1',
      'reaction.triggered app-1',
      'reaction.escalated app-1',
    ]);
    const [last] = store.read((tx) =>
      listEvents(
        tx,
        {
          session: 'app-1',
          project: null,
          kinds: ['reaction.escalated'],
          sources: [],
          priorities: [],
          since: null,
          search: null,
        },
        { limit: 1 },
      ),
    );
    expect(last).toMatchObject({
      priority: 'urgent',
      text: 'A check fails. It is your affair now. Its agent was told 3 times.',
    });
  });

  it('is told again without being counted where the message did not arrive', async () => {
    await after(graceBeforeSending);
    await arrive('fails');
    await after(minute);
    expect(remembered()[0]?.state).toMatchObject({ attempts: 0, failures: 1 });
    await after(minute);
    expect(waiting().length).toBe(1);
    expect(remembered()[0]?.state.attempts).toBe(1);
  });

  it('is not held by the keys of an earlier message, and is by those of somebody', async () => {
    await after(graceBeforeSending);
    around.typedAt = around.now;
    await arrive();
    is('app-1', { checks: [failing('lint')], commit: 'b'.repeat(40) });
    await after(minute / 2);
    await after(graceBeforeSending);
    expect(waiting().length).toBe(1);
    await arrive();
    around.typedAt = around.now + 1;
    is('app-1', { checks: [failing('lint')], commit: 'c'.repeat(40) });
    await after(minute / 2);
    await after(graceBeforeSending);
    expect(waiting()).toEqual([]);
  });

  it('takes back what was not typed when it is over', async () => {
    await after(graceBeforeSending);
    is('app-1', {});
    await after(minute);
    expect(waiting()).toEqual([]);
    expect(reactionLines(store)).toEqual(['reaction.triggered app-1', 'reaction.withdrawn app-1']);
  });

  it('waits while its agent asks something, somebody types, or nobody can read it', async () => {
    const terminal = '00000000-0000-7000-8000-0000000000aa';
    around.typedAt = around.now;
    await after(graceBeforeSending);
    expect(waiting()).toEqual([]);
    around.typedAt = null;
    await store.write('question', (tx) =>
      insertQuestion(tx, {
        ...{
          id: '00000000-0000-7000-8000-0000000000bb',
          session: 'app-1',
          terminal,
          source: 'screen',
          asked: tx.now,
          drawsOn: false,
        },
        found: {
          ...{ kind: 'choice', text: 'Go on?', tool: null, command: null, cwd: null, unusual: [] },
          choices: [],
          takesText: true,
        },
      }),
    );
    await after(minute);
    expect(waiting()).toEqual([]);
    await store.write('question', (tx) => tx.run('DELETE FROM questions'));
    around.facts.set('app-1', staleFacts({ checks: [failing('lint')] }));
    await after(minute);
    expect(waiting()).toEqual([]);
    is('app-1', { checks: [failing('lint')] });
    await look();
    expect(waiting().length).toBe(1);
  });

  it('is told by no rule that can not be read', async () => {
    around.troubles.push({ field: 'projects.other.path', what: 'no such directory' });
    around.troubles.push({ field: 'reactions.ci-failed', what: 'reactions.ci-failed.auto: expected a boolean' });
    await after(graceBeforeSending);
    expect(waiting()).toEqual([]);
    around.troubles.pop();
    await look();
    expect(waiting().length).toBe(1);
  });

  it('of one that has ended starts nobody, and is a person’s affair', async () => {
    await changeRecord(store, 'app-1', (record) => ({
      ...record,
      lifecycle: {
        ...record.lifecycle,
        session: { ...record.lifecycle.session, state: 'terminated', reason: 'agent_process_exited' },
        runtime: { ...record.lifecycle.runtime, state: 'exited' },
      },
    }));
    await after(graceBeforeSending);
    expect([waiting(), reactionLines(store)]).toEqual([[], ['reaction.escalated app-1']]);
  });

  it('goes with its session', async () => {
    await changeRecord(store, 'app-1', (record) => ({ ...record, lifecycle: lives }));
    await look();
    expect(remembered()).toEqual([]);
  });
});

it.each(['custom', 'shell'])('nothing that others wrote is typed into %s: it may be a shell', async (agent) => {
  await addSession(store, worker('app-1', { agent }));
  is('app-1', { checks: [failing('lint; rm -rf ~')] });
  await look();
  await after(graceBeforeSending);
  expect([waiting(), reactionLines(store)]).toEqual([[], ['reaction.escalated app-1']]);
});

it.each(['orchestrator', 'meta-orchestrator'] as const)('no %s is told', async (kind) => {
  await addSession(store, worker('app-1', { kind }));
  is('app-1', { checks: [failing('lint')], conflicts: 'yes' });
  await look();
  await after(graceBeforeSending);
  expect([waiting(), remembered()]).toEqual([[], []]);
});

describe('comments', () => {
  it('of people and of bots are told apart, each set once', async () => {
    await addSession(store, worker('app-1'));
    is('app-1', { threads: [thread(['1']), thread(['2'], { bot: true })] });
    await look();
    await after(graceBeforeSending);
    await arrive();
    await after(5 * minute);
    expect(reactionLines(store)).toEqual(['reaction.triggered app-1', 'reaction.triggered app-1']);
    is('app-1', { threads: [thread(['1', '3']), thread(['2'], { bot: true })] });
    await look();
    await after(graceBeforeSending);
    expect(waiting()).toEqual([['app-1', 'Reviewers ask for changes of your pull request #7.']]);
  });

  it('are told at once where somebody asks for it, and then not again', async () => {
    await addSession(store, worker('app-1'));
    is('app-1', { threads: [thread(['1'])] });
    const dry = await checkReviews(dependencies(), { project: null, dryRun: true });
    expect([dry.told.map(({ session, key }) => [session, key]), waiting()]).toEqual([
      [['app-1', 'changes-requested']],
      [],
    ]);
    expect((await checkReviews(dependencies(), { project: 'other', dryRun: false })).told).toEqual([]);
    expect((await checkReviews(dependencies(), { project: 'app', dryRun: false })).told.length).toBe(1);
    await arrive();
    expect(await checkReviews(dependencies(), { project: null, dryRun: false })).toEqual({
      told: [],
      left: [{ session: 'app-1', key: 'changes-requested', why: 'Its agent was told of all of them.' }],
    });
    await after(minute);
    expect(waiting()).toEqual([]);
  });
});

describe('a person', () => {
  beforeEach(async () => {
    await addSession(store, worker('app-1'));
    is('app-1', { conflicts: 'yes' });
    await look();
  });
  const conflicts = { id: 'app-1', key: 'merge-conflicts' } as const;

  it('sees what will be sent before it is', () => {
    const preview = previewReaction(dependencies(), conflicts);
    expect(preview.ok && preview.value.reaction.plan).toEqual({ kind: 'due', at: around.now + graceBeforeSending });
    expect(preview.ok && preview.value.text).toContain('\n> main\n');
    expect(store.read((tx) => listSessionReactions(dependencies(), tx)).length).toBe(1);
  });

  it('dismisses it, and what was not typed is taken back', async () => {
    await after(graceBeforeSending);
    expect(waiting().length).toBe(1);
    expect((await dismissReaction(dependencies(), { ...conflicts, on: true })).ok).toBe(true);
    await after(minute);
    expect(waiting()).toEqual([]);
    await dismissReaction(dependencies(), { ...conflicts, on: false });
    await look();
    expect(waiting().length).toBe(1);
  });

  it('has it told at once, also where the rule would not', async () => {
    around.reactions = { 'merge-conflicts': { auto: false } };
    expect((await runReaction(dependencies(), conflicts)).ok).toBe(true);
    expect(waiting().length).toBe(1);
    expect(await runReaction(dependencies(), conflicts)).toMatchObject({ problem: { code: 'reaction-refused' } });
    expect(await runReaction(dependencies(), { id: 'app-1', key: 'ci-failed' })).toMatchObject({
      problem: { code: 'reaction-refused' },
    });
    expect(await runReaction(dependencies(), { id: 'app-9', key: 'ci-failed' })).toMatchObject({
      problem: { code: 'session-unknown' },
    });
  });

  it('is told of a report only by a rule, and once', async () => {
    around.projects.push({
      id: 'app',
      reactions: { 'report-no-acknowledge': { action: 'notify', priority: 'warning' } },
    });
    await after(minute);
    await after(minute);
    expect(reactionLines(store)).toEqual(['reaction.triggered app-1', 'reaction.triggered app-1']);
  });
});

it('a watch looks again at what has changed, once a second at most, and at what has not only now and then', async () => {
  await addSession(store, worker('app-1'));
  let looks = 0;
  const counted = watchReactions({ ...dependencies(), pullRequest: () => ((looks += 1), null) }, deliveries);
  const at = async (ms: number): Promise<number> => {
    around.now += ms;
    const before = looks;
    await counted.look();
    return looks - before;
  };
  expect(await at(0)).toBe(1);
  // What that look itself wrote counts as a change.
  await at(1000);
  expect([await at(2000), await at(2000)]).toEqual([0, 0]);
  await changeRecord(store, 'app-1', (record) => ({ ...record, name: 'another' }));
  expect(await at(500)).toBe(1);
  expect([await at(300), await at(11_000)]).toEqual([0, 1]);
});

it('rules say where each field comes from', () => {
  around.reactions = { 'ci-failed': { retries: 4 } };
  around.projects.push({ id: 'app', reactions: { 'ci-failed': { escalateAfter: '2h' } } });
  const rules = listRules(dependencies(), null).filter(({ key }) => key === 'ci-failed');
  expect(
    rules.map(({ project, rule, from }) => [
      project,
      rule['retries'],
      rule['escalateAfter'],
      from['retries'],
      from['escalateAfter'],
    ]),
  ).toEqual([
    [null, 4, undefined, 'global', undefined],
    ['app', 4, '2h', 'global', 'project'],
  ]);
});

describe('when no worker is active any more', () => {
  const end = (id: string) =>
    changeRecord(store, id, (record) => ({
      ...record,
      lifecycle: { ...lives, session: { ...lives.session, state: 'done' } },
    }));

  it('somebody is told once, until one is again; coordinators don’t count', async () => {
    await addSession(store, worker('app-orchestrator', { kind: 'orchestrator' }));
    await addSession(store, worker('app-1', { lifecycle: withOpen }));
    await addSession(store, worker('app-2', { lifecycle: lives }));
    await look();
    await end('app-1');
    await look();
    expect(around.notices).toEqual([]);
    await end('app-2');
    await look();
    await look();
    expect(around.notices).toEqual([
      expect.objectContaining({ priority: 'info', title: 'All agents have finished', body: '2 sessions: 2 done.' }),
    ]);
    await addSession(store, worker('app-3', { lifecycle: lives }));
    await look();
    await end('app-3');
    await look();
    expect(around.notices.length).toBe(2);
  });

  it('nobody is told where the last one was removed', async () => {
    await addSession(store, worker('app-1', { lifecycle: lives }));
    await look();
    await store.write('gone', (tx) => deleteSession(tx, 'app-1'));
    await look();
    expect(around.notices).toEqual([]);
  });

  it('nobody is told of what was so before somebody looked', async () => {
    await addSession(store, worker('app-1', { lifecycle: { ...lives, session: { ...lives.session, state: 'done' } } }));
    await look();
    expect(around.notices).toEqual([]);
  });
});
