// Each reaction on a real database, from what triggers it to where it is over: whom it tells, that it tells once, and that it is forgotten then.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Lifecycle } from '#shared/domain/lifecycle.ts';
import type { PullRequestReading } from '#shared/domain/pull-request-facts.ts';
import { graceBeforeSending } from '#shared/domain/react.ts';
import { sessionReactionKeys, type SessionReactionKey } from '#shared/domain/reaction.ts';
import type { ReactionRule } from '#shared/domain/reaction-rule.ts';
import { listEvents } from '../../storage/events.ts';
import { ScratchHome } from '../../storage/fixtures/scratch-home.ts';
import { claimDelivery, listPending, markDelivered } from '../../storage/outbox.ts';
import { listReactions } from '../../storage/reactions.ts';
import { insertReport, type Report } from '../../storage/reports.ts';
import type { Store } from '../../storage/store.ts';
import {
  addSession,
  changeRecord,
  reactionDependencies,
  reactionLines,
  surroundings,
  withOpen,
  worker,
  type Surroundings,
} from './fixtures/reaction-home.ts';
import { failing, sampleFacts, thread } from './fixtures/sample-facts.ts';
import { listSessionReactions } from './list-reactions.ts';
import { watchReactions } from './watch-reactions.ts';

const minute = 60_000;
let scratch: ScratchHome;
let store: Store;
let around: Surroundings;

beforeEach(async () => {
  scratch = new ScratchHome();
  around = { ...surroundings(), now: 100 * minute };
  store = await scratch.openFully({ now: () => around.now });
});
afterEach(() => scratch.remove());

const dependencies = () => reactionDependencies(store, around);
const look = (): Promise<void> => watchReactions(dependencies(), { start: () => undefined }).look();
const remembered = (): readonly string[] => store.read((tx) => listReactions(tx)).map(({ key }) => key);
const waiting = (): number => store.read(listPending).length;

const facts = (over: Partial<PullRequestReading> = {}): void =>
  void around.facts.set('app-1', sampleFacts({ readAt: around.now, ...over }));
const session = (over: Partial<Lifecycle['session']>): Promise<void> =>
  changeRecord(store, 'app-1', (record) => ({
    ...record,
    lifecycle: { ...record.lifecycle, session: { ...withOpen.session, ...over } },
  }));
const pull = (over: Partial<Lifecycle['pullRequest']>): Promise<void> =>
  changeRecord(store, 'app-1', (record) => ({
    ...record,
    lifecycle: { ...record.lifecycle, pullRequest: { ...withOpen.pullRequest, ...over } },
  }));
let reports = 0;
const report = (state: Report['state'], ago = 0): Promise<void> =>
  store.write('report', (tx) =>
    insertReport(tx, {
      id: `00000000-0000-7000-8000-${String((reports += 1)).padStart(12, '0')}`,
      ...{ session: 'app-1', terminal: null, at: around.now - ago, actor: 'app-1', state, note: null, refusal: null },
      ...{ source: 'report', pullRequest: null, before: null },
    }),
  );

interface Trigger {
  readonly on: () => unknown;
  readonly over: () => unknown;
}
const triggers: Readonly<Record<SessionReactionKey, Trigger>> = {
  'pr-closed': { on: () => pull({ state: 'closed', reason: 'closed_unmerged' }), over: () => pull({}) },
  'ci-failed': { on: () => facts({ checks: [failing('lint')] }), over: () => facts() },
  'changes-requested': { on: () => facts({ threads: [thread(['1'])] }), over: () => facts() },
  'bugbot-comments': { on: () => facts({ threads: [thread(['1'], { bot: true })] }), over: () => facts() },
  'merge-conflicts': { on: () => facts({ conflicts: 'yes' }), over: () => facts() },
  'approved-and-green': { on: () => pull({ reason: 'merge_ready' }), over: () => pull({}) },
  'agent-idle': {
    on: () => session({ state: 'idle', lastTransitionAt: around.now - 11 * minute }),
    over: () => session({}),
  },
  'agent-stuck': { on: () => session({ state: 'stuck' }), over: () => session({}) },
  'agent-needs-input': { on: () => session({ state: 'needs_input' }), over: () => session({}) },
  'agent-exited': { on: () => session({ state: 'terminated', reason: 'runtime_lost' }), over: () => session({}) },
  'report-no-acknowledge': {
    on: () => store.write('none', (tx) => tx.run('DELETE FROM reports')),
    over: () => report('started'),
  },
  'report-stale': { on: () => report('working', 31 * minute), over: () => report('working') },
  'report-needs-input': { on: () => report('needs_input'), over: () => report('working') },
};

const told = {
  agent: { lines: ['reaction.triggered app-1'], messages: 1, plan: 'rests', why: 'The message waits to be typed.' },
  person: { lines: ['reaction.triggered app-1'], messages: 0, plan: 'rests', why: 'You were told.' },
  /** Notices tell of the state of a session without anything that is remembered here. */
  state: { lines: [], messages: 0, plan: 'rests', why: 'You are told of its state.' },
  nobody: { lines: [], messages: 0, plan: 'rests', why: 'There is no rule for it.' },
  'nobody by itself': {
    ...{ lines: [], messages: 0, plan: 'rests' },
    why: 'Its rule says auto: false, so its agent is told only when you say so.',
  },
  'the agent later': { lines: [], messages: 0, plan: 'held', why: 'It asks something; that is answered first.' },
  affair: {
    ...{ lines: ['reaction.escalated app-1'], messages: 0, plan: 'rests' },
    why: 'It is your affair now. It has ended, and is not started again by itself.',
  },
} as const;

const cases: readonly (readonly [SessionReactionKey, ReactionRule, keyof typeof told])[] = [
  ['pr-closed', {}, 'person'],
  ['ci-failed', {}, 'agent'],
  ['changes-requested', {}, 'agent'],
  ['bugbot-comments', {}, 'agent'],
  ['merge-conflicts', {}, 'agent'],
  ['approved-and-green', {}, 'state'],
  ['agent-idle', {}, 'nobody by itself'],
  ['agent-stuck', {}, 'state'],
  ['agent-needs-input', {}, 'state'],
  ['agent-exited', {}, 'state'],
  ['report-no-acknowledge', {}, 'nobody'],
  ['report-stale', {}, 'nobody'],
  ['report-needs-input', {}, 'nobody'],

  ['pr-closed', { action: 'send-to-agent' }, 'agent'],
  ['ci-failed', { action: 'notify' }, 'state'],
  ['changes-requested', { action: 'notify', auto: false }, 'person'],
  ['bugbot-comments', { auto: false }, 'nobody by itself'],
  ['merge-conflicts', { action: 'notify' }, 'person'],
  ['approved-and-green', { action: 'auto-merge', auto: true }, 'state'],
  ['approved-and-green', { action: 'send-to-agent', auto: true }, 'agent'],
  ['agent-idle', { auto: true }, 'agent'],
  ['agent-stuck', { action: 'send-to-agent' }, 'agent'],
  ['agent-needs-input', { action: 'send-to-agent' }, 'the agent later'],
  ['agent-exited', { action: 'send-to-agent' }, 'affair'],
  ['report-no-acknowledge', { action: 'notify' }, 'person'],
  ['report-stale', { action: 'send-to-agent' }, 'agent'],
  ['report-needs-input', { action: 'notify' }, 'person'],
];

it.each(cases)('%s with %j: %s is told, once', async (key, rule, whom) => {
  around.reactions = { [key]: rule };
  await addSession(store, worker('app-1'));
  facts();
  await report('working');
  await triggers[key].on();
  for (let looks = 0; looks < 4; looks += 1) {
    await look();
    around.now += graceBeforeSending;
  }
  const view = store
    .read((tx) => listSessionReactions(dependencies(), tx))
    .flatMap(({ reactions }) => reactions)
    .find((one) => one.key === key);
  const why = view !== undefined && 'why' in view.plan ? view.plan.why : null;
  const is = { lines: reactionLines(store), messages: waiting(), plan: view?.plan.kind, why };
  expect(is).toEqual(told[whom]);

  await arrive();
  // Of checks, three green readings.
  for (let looks = 0; looks < 3; looks += 1) {
    await triggers[key].over();
    await look();
    around.now += minute;
  }
  expect([remembered(), waiting(), reactionLines(store)]).toEqual([[], 0, told[whom].lines]);
});

async function arrive(): Promise<void> {
  await store.write('delivery', (tx) => {
    const claimed = claimDelivery(tx, { session: 'app-1', owner: null });
    if (claimed !== null) markDelivered(tx, claimed, true);
  });
}

it('every key is there', () => {
  expect(new Set(cases.map(([key]) => key))).toEqual(new Set(sessionReactionKeys));
});

it('a pull request that is not open any more leaves nothing of its checks, reviews and conflicts', async () => {
  await addSession(store, worker('app-1'));
  await report('working');
  facts({ checks: [failing('lint')], conflicts: 'yes', threads: [thread(['1']), thread(['2'], { bot: true })] });
  await look();
  expect(remembered()).toEqual(['bugbot-comments', 'changes-requested', 'ci-failed', 'merge-conflicts']);
  await pull({ state: 'merged', reason: 'merged' });
  await look();
  expect([remembered(), waiting()]).toEqual([[], 0]);
});

it.each([
  [{}, 'urgent'],
  [{ priority: 'warning' }, 'warning'],
] as const)('what becomes a person’s affair by the rule %j is told as %s', async (more, priority) => {
  around.reactions = { 'merge-conflicts': { escalateAfter: '1m', ...more } };
  await addSession(store, worker('app-1'));
  facts({ conflicts: 'yes' });
  await look();
  around.now += minute;
  await look();
  const all = { project: null, sources: [], priorities: [], since: null, search: null };
  const events = store.read((tx) =>
    listEvents(tx, { session: 'app-1', kinds: ['reaction.escalated'], ...all }, { limit: 9 }),
  );
  expect(events.map((event) => event.priority)).toEqual([priority]);
});

it('that all are complete is told without a summary where the rule wants none, and with its priority', async () => {
  around.reactions = { 'all-complete': { includeSummary: false, priority: 'action' } };
  await addSession(store, worker('app-1'));
  await look();
  await session({ state: 'done' });
  await look();
  expect(around.notices).toEqual([expect.objectContaining({ priority: 'action', body: 'No agent works any more.' })]);
});
