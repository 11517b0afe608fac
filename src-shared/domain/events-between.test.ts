import { describe, expect, it } from 'vitest';
import { eventsBetween } from './events-between.ts';
import {
  initialLifecycle,
  withAgentExited,
  withAgentVanished,
  withEscalated,
  withKilled,
  withKillRequested,
  withPullRequest,
  withoutPullRequest,
  withRuntimeFound,
  withRuntimeLost,
  withRuntimeStarted,
  type Lifecycle,
} from './lifecycle.ts';
import { untouchedSession, type SessionRecord } from './session.ts';

const sample = (change: Partial<SessionRecord> = {}): SessionRecord => ({
  ...{ version: 1, id: 'app-1', project: 'app', kind: 'worker', prefix: 'app', number: 1, name: 'A sample' },
  ...{
    agent: 'codex',
    command: null,
    prompt: 'Fix it',
    promptDelivery: 'none',
    issue: null,
    owner: { kind: 'project' },
  },
  ...{ permissions: 'ask', model: null, conversation: null, workspace: null, terminal: null, exit: null },
  ...{ lifecycle: initialLifecycle(1), createdAt: 1 },
  ...untouchedSession,
  ...change,
});
const inState = (state: Lifecycle['session']['state'], reason: Lifecycle['session']['reason'], from = works) => ({
  lifecycle: { ...from, session: { ...from.session, state, reason } },
});
const born = initialLifecycle(1);
const works = withRuntimeStarted(born, 2);
const lost = withRuntimeLost(works, 3);
const dead = withAgentExited(works, 4);
const again = { ...dead, session: { ...born.session, startedAt: 2 }, runtime: born.runtime };
const opened = withPullRequest(works, { number: 7, url: 'https://github.com/a/b/pull/7' }, 5);
const at = (reason: Lifecycle['pullRequest']['reason'], state: Lifecycle['pullRequest']['state'] = 'open') => ({
  lifecycle: { ...opened, pullRequest: { ...opened.pullRequest, state, reason } },
});
const on = (branch: string | null): Partial<SessionRecord> => ({
  lifecycle: works,
  workspace: { kind: 'worktree', path: '/w', branch, branchCreated: true } as SessionRecord['workspace'],
});
const exit = (code: number | null, signal: number | null = null) => ({
  exit: { code, signal, at: 4 },
  lifecycle: dead,
});

type Side = Partial<SessionRecord> | null;
const cases: readonly (readonly [name: string, before: Side, after: Side, ...told: string[]])[] = [
  ['a spawn begins', null, {}, 'session.spawn_started'],
  ['it is imported', null, { lifecycle: dead }, 'session.imported'],
  ['it is taken back', {}, null, 'session.spawn_undone'],
  ['it is removed', { lifecycle: dead }, null, 'session.removed'],
  ['one that could not be restored is removed', { lifecycle: again }, null, 'session.removed'],
  [
    'it starts with its prompt',
    {},
    { lifecycle: works, promptDelivery: 'handed-over' },
    'session.spawned',
    'prompt.sent',
  ],
  ['it starts, and its prompt waits', {}, { lifecycle: works, promptDelivery: 'pending' }, 'session.spawned'],
  ['its prompt is typed', { promptDelivery: 'pending' }, { promptDelivery: 'delivered' }, 'prompt.sent'],
  ['its prompt fails', { promptDelivery: 'pending' }, { promptDelivery: 'failed' }, 'prompt.failed'],
  ['its prompt is discarded', { promptDelivery: 'pending' }, { promptDelivery: 'none' }],
  ['it could not be taken back', {}, inState('terminated', 'error_in_process'), 'session.errored'],
  [
    'nothing changes',
    { lifecycle: works },
    { lifecycle: { ...works, runtime: { ...works.runtime, lastObservedAt: 9 } } },
  ],
  ['it rests', { lifecycle: works }, inState('idle', 'task_in_progress'), 'session.idle'],
  ['it works again', inState('idle', 'task_in_progress'), { lifecycle: works }, 'session.working'],
  ['it asks', { lifecycle: works }, inState('needs_input', 'awaiting_user_input'), 'session.needs_input'],
  ['it is stuck', { lifecycle: works }, inState('stuck', 'error_in_process'), 'session.stuck'],
  ['it is done', { lifecycle: works }, inState('done', 'research_complete'), 'session.finished'],
  ['only the reason changes', { lifecycle: works }, inState('working', 'fixing_ci')],
  ['it is lost', { lifecycle: works }, { lifecycle: lost }, 'session.detecting'],
  ['it is seen again', { lifecycle: lost }, { lifecycle: withRuntimeFound(lost, 4) }, 'recovery.believed'],
  ['a person has to look', { lifecycle: lost }, { lifecycle: withEscalated(lost, 4) }, 'session.stuck'],
  ['it vanished', { lifecycle: lost }, { lifecycle: withAgentVanished(lost, 4) }, 'session.errored'],
  ['its agent ended', { lifecycle: works }, exit(0), 'session.finished'],
  ['its agent failed', { lifecycle: works }, exit(1), 'session.errored'],
  ['a signal ended it', { lifecycle: works }, exit(0, 9), 'session.errored'],
  ['a stop is asked for', { lifecycle: works }, { lifecycle: withKillRequested(works) }],
  ['it is stopped', { lifecycle: works }, { lifecycle: withKilled(works, 4) }, 'session.killed'],
  ['it is cleaned up', { lifecycle: works }, inState('terminated', 'pr_merged'), 'session.killed'],
  ['a restore begins', { lifecycle: dead }, { lifecycle: again, terminal: 'b' }],
  [
    'it is restored',
    { lifecycle: again },
    { lifecycle: withRuntimeStarted(again, 6), restoredAt: 6 },
    'session.restored',
  ],
  [
    'a restore is taken back',
    { lifecycle: again, terminal: 'b' },
    { lifecycle: dead, terminal: 'a' },
    'session.restore_failed',
  ],
  ['a pull request is opened', { lifecycle: works }, { lifecycle: opened }, 'pr.created'],
  ['another takes it over', { lifecycle: opened }, { lifecycle: withoutPullRequest(opened, 6) }, 'pr.given_up'],
  ['a restore clears it', at('merged', 'merged'), at('cleared_on_restore', 'none')],
  ['it fails its checks', { lifecycle: opened }, at('ci_failing'), 'ci.failing'],
  ['it passes them', at('ci_failing'), { lifecycle: opened }],
  ['it waits for a review', { lifecycle: opened }, at('review_pending'), 'review.pending'],
  ['changes are asked for', at('review_pending'), at('changes_requested'), 'review.changes_requested'],
  ['it is approved', at('changes_requested'), at('approved'), 'review.approved'],
  ['it can be merged', at('approved'), at('merge_ready'), 'merge.ready'],
  ['it is merged', at('merge_ready'), at('merged', 'merged'), 'merge.completed'],
  ['it is closed', { lifecycle: opened }, at('closed_unmerged', 'closed'), 'pr.closed'],
  ['it is opened and fails at once', { lifecycle: works }, at('ci_failing'), 'pr.created', 'ci.failing'],
  ['its worktree is made', { lifecycle: works }, on('a')],
  ['its branch changes', on('a'), on('b'), 'branch.changed'],
  ['its spawning is paused', { lifecycle: works }, { lifecycle: works, spawningPaused: true }, 'coordinator.paused'],
  ['it may spawn again', { spawningPaused: true }, { spawningPaused: false }, 'coordinator.resumed'],
  ['it is renamed', {}, { name: 'Other' }, 'session.renamed'],
];

describe('what a change of the record tells', () => {
  const side = (change: Side): SessionRecord | null => (change === null ? null : sample(change));
  const rows = cases.map(([name, before, after, ...told]) => ({ name, before, after, told }));
  it.each(rows)('$name', ({ before, after, told }) => {
    const events = eventsBetween(side(before), side(after));
    expect(events.map(({ kind }) => kind)).toEqual(told);
    const whole = events.filter(
      ({ session, project, text }) => session === 'app-1' && project === 'app' && text !== '',
    );
    expect(whole).toEqual(events);
  });

  it('has the words of a person, and who told it', () => {
    const events = [
      ...eventsBetween(sample({ lifecycle: works }), sample(exit(0, 9))),
      ...eventsBetween(sample({ promptDelivery: 'pending' }), sample({ promptDelivery: 'delivered' })),
      ...eventsBetween(sample(on('a')), sample(on('b'))),
    ];
    expect(events.map(({ text, source }) => `${source}: ${text}`)).toEqual([
      'process: codex ended by signal 9.',
      'athene: Prompt typed: Fix it',
      'git: It works on b now; before, on a.',
    ]);
  });

  it('is nothing for the same record', () => {
    for (const [, before, after] of cases) {
      for (const change of [before, after]) {
        if (change === null) continue;
        expect(eventsBetween(sample(change), sample(change))).toEqual([]);
      }
    }
  });
});

it('says who stopped it, and who started it again', () => {
  const told = (before: Partial<SessionRecord>, after: Partial<SessionRecord>) =>
    eventsBetween(sample(before), sample(after)).map(({ source, text, data }) => [source, text, data?.['by']]);
  const stopped = (stoppedBy: SessionRecord['stoppedBy']) =>
    told({ lifecycle: works, stoppedBy }, { lifecycle: withKilled(works, 4), stoppedBy });
  expect(stopped('person')).toEqual([['person', 'It was stopped.', 'person']]);
  expect(stopped('lead-1')).toEqual([['agent', 'lead-1 stopped it.', 'lead-1']]);
  expect(stopped(null)).toEqual([['athene', 'It was stopped.', undefined]]);
  const restored = (restoredBy: SessionRecord['restoredBy']) =>
    told({ lifecycle: again }, { lifecycle: withRuntimeStarted(again, 6), restoredAt: 6, restoredBy });
  expect(restored('person')).toEqual([['person', 'codex was started again.', 'person']]);
  expect(restored('lead-1')).toEqual([['agent', 'lead-1 started it again.', 'lead-1']]);
  expect(restored(null)).toEqual([['athene', 'codex was started again.', undefined]]);
});
