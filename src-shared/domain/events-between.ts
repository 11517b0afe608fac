// What a change of a session's record tells the timeline. Pure, and called where records are written, so that no caller forgets.
import { assertNever } from '../lib/assert-never.ts';
import type { Doer } from './caller.ts';
import type { EventKind, EventSource, NewEvent } from './event.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { PromptDelivery, SessionRecord } from './session.ts';

type Told = Pick<NewEvent, 'kind' | 'text'> & Partial<Pick<NewEvent, 'source' | 'data'>>;

/** In the order in which they are to be read. Null is a session that was not there before, or is not there any more. */
export function eventsBetween(before: SessionRecord | null, after: SessionRecord | null): readonly NewEvent[] {
  const record = after ?? before;
  if (record === null) return [];
  return toldOf(before, after).map(({ source = 'athene', ...event }) => ({
    ...{ session: record.id, project: record.project, source },
    ...event,
  }));
}

function toldOf(before: SessionRecord | null, after: SessionRecord | null): readonly Told[] {
  if (before === null) return after === null ? [] : [begun(after)];
  if (after === null) return [gone(before)];
  return [
    ...branchChange(before, after),
    ...stateChange(before, after),
    ...promptChange(before, after),
    ...pullRequestChange(before.lifecycle.pullRequest, after.lifecycle.pullRequest),
    ...nameChange(before, after),
    ...spawningChange(before, after),
  ];
}

/** Only a person may. */
function spawningChange(before: SessionRecord, { spawningPaused }: SessionRecord): readonly Told[] {
  if (before.spawningPaused === spawningPaused) return [];
  const data = { by: 'person' };
  return spawningPaused
    ? [{ kind: 'coordinator.paused', source: 'person', text: 'Its spawning is paused.', data }]
    : [{ kind: 'coordinator.resumed', source: 'person', text: 'It may start sessions again.', data }];
}

const begun = ({ lifecycle, agent, name, issue, owner }: SessionRecord): Told =>
  lifecycle.session.state === 'not_started'
    ? {
        kind: 'session.spawn_started',
        text: `A session for ${agent} is being made: ${name}`,
        data: { agent, name, issue: issue?.id ?? null, owner },
      }
    : { kind: 'session.imported', text: `Taken over: ${name}`, data: { agent, name } };

function gone({ lifecycle, workspace }: SessionRecord): Told {
  const branch = workspace?.branch ?? null;
  if (lifecycle.session.state === 'not_started' && lifecycle.session.startedAt === null)
    return { kind: 'session.spawn_undone', text: 'It was not started; what was made of it was taken back.' };
  return {
    kind: 'session.removed',
    text: branch === null ? 'Removed.' : `Removed. Its branch ${branch} stays.`,
    data: { branch },
  };
}

function stateChange(before: SessionRecord, after: SessionRecord): readonly Told[] {
  const [from, to] = [before.lifecycle.session, after.lifecycle.session];
  if (from.state === to.state) return [];
  if (from.state === 'not_started') return [started(before, after)];
  switch (to.state) {
    case 'not_started':
      return []; // A restore begins; its end is told.
    case 'working':
      return [worksAgain(before, after)];
    case 'idle':
      return [state('session.idle', 'It rests: nothing is under way.', after)];
    case 'needs_input':
      return [state('session.needs_input', 'It waits for an answer.', after)];
    case 'stuck':
      return [state('session.stuck', after.escalationReason ?? 'It does not get on by itself.', after)];
    case 'detecting':
      return [state('session.detecting', 'It can not be seen any more; whether it still runs is not known.', after)];
    case 'done':
      return [state('session.finished', 'It is done.', after)];
    case 'terminated':
      return [ended(after)];
    default:
      return assertNever(to.state);
  }
}

/** From being made or restored to whatever became of it. */
function started(before: SessionRecord, after: SessionRecord): Told {
  const { agent, workspace, lifecycle } = after;
  const { state: to, startedAt } = lifecycle.session;
  const lives = to !== 'terminated' && to !== 'done';
  const data = { agent, branch: workspace?.branch ?? null };
  if (lives && after.restoredAt !== before.restoredAt)
    return by(
      after.restoredBy,
      { kind: 'session.restored', text: `${agent} was started again.`, data },
      'started it again',
    );
  if (lives) return { kind: 'session.spawned', text: `${agent} was started${onBranch(data.branch)}.`, data };
  if (startedAt !== null && after.terminal !== before.terminal)
    return { kind: 'session.restore_failed', text: 'It could not be started again; it is ended as before.' };
  return ended(after);
}

const onBranch = (branch: string | null): string => (branch === null ? '' : ` on ${branch}`);

function worksAgain(before: SessionRecord, after: SessionRecord): Told {
  const wasLost = before.lifecycle.runtime.state !== 'alive' && after.lifecycle.runtime.state === 'alive';
  return wasLost
    ? { ...state('recovery.believed', 'It lives: what was taken for lost was seen again.', after), source: 'runtime' }
    : state('session.working', 'It works.', after);
}

const state = (kind: EventKind, text: string, { lifecycle }: SessionRecord): Told => ({
  ...{ kind, text },
  data: { state: lifecycle.session.state, reason: lifecycle.session.reason },
});

function ended(record: SessionRecord): Told {
  const { reason } = record.lifecycle.session;
  const { exit } = record;
  switch (reason) {
    case 'manually_killed':
      return by(record.stoppedBy, state('session.killed', 'It was stopped.', record), 'stopped it');
    case 'auto_cleanup':
    case 'pr_merged':
      return state('session.killed', 'It was stopped, since its work is merged.', record);
    case 'runtime_lost':
      return {
        ...state('session.errored', 'Its processes are gone, and nobody saw them end.', record),
        source: 'runtime',
      };
    case 'agent_process_exited':
      return exitOf(record, exit);
    default:
      return state('session.errored', 'It ended with an error.', record);
  }
}

/** @param did what an agent did, after its id */
function by(doer: Doer | null, told: Told, did: string): Told {
  if (doer === null) return told;
  const data = { ...told.data, by: doer };
  if (doer === 'person') return { ...told, source: 'person', data };
  return { ...told, source: 'agent', text: `${doer} ${did}.`, data };
}

function exitOf({ agent }: SessionRecord, exit: SessionRecord['exit']): Told {
  const source: EventSource = 'process';
  const data = { code: exit?.code ?? null, signal: exit?.signal ?? null };
  if (exit === null || (exit.code === 0 && !exit.signal))
    return { kind: 'session.finished', text: `${agent} has ended.`, source, data };
  const how = exit.signal ? `by signal ${exit.signal}` : `with exit code ${exit.code ?? 'unknown'}`;
  return { kind: 'session.errored', text: `${agent} ended ${how}.`, source, data };
}

function promptChange(before: SessionRecord, { promptDelivery, prompt }: SessionRecord): readonly Told[] {
  if (before.promptDelivery === promptDelivery) return [];
  const told = promptTold(promptDelivery);
  return told === null ? [] : [{ ...told, text: prompt === null ? told.text : `${told.text}: ${prompt}` }];
}

function promptTold(delivery: PromptDelivery): Pick<Told, 'kind' | 'text' | 'data'> | null {
  const data = { delivery };
  switch (delivery) {
    case 'handed-over':
      return { kind: 'prompt.sent', text: 'Prompt handed over', data };
    case 'delivered':
      return { kind: 'prompt.sent', text: 'Prompt typed', data };
    case 'failed':
      return { kind: 'prompt.failed', text: 'Prompt not delivered', data };
    case 'none':
    case 'pending':
      return null;
    default:
      return assertNever(delivery);
  }
}

type PullRequest = Lifecycle['pullRequest'];

function pullRequestChange(before: PullRequest, after: PullRequest): readonly Told[] {
  const { number, url } = after;
  const is = `Pull request #${number ?? '?'}`;
  const told = (kind: EventKind, text: string): readonly Told[] => [
    { kind, text, source: 'code-host', data: { number: number ?? before.number, url: url ?? before.url } },
  ];
  if (after.state === 'none') {
    const givenUp = before.state === 'open' && after.reason !== 'cleared_on_restore';
    return givenUp ? told('pr.given_up', `Pull request #${before.number ?? '?'} is another session's now.`) : [];
  }
  const isNew = before.state === 'none' || before.number !== number;
  if (after.state === 'merged')
    return before.state === 'merged' && !isNew ? [] : told('merge.completed', `${is} is merged.`);
  if (after.state === 'closed')
    return before.state === 'closed' && !isNew ? [] : told('pr.closed', `${is} was closed without being merged.`);
  const opened = isNew ? told('pr.created', `${is} is open.`) : [];
  const kind = isNew || before.reason !== after.reason ? reasonKinds[after.reason] : undefined;
  return kind === undefined ? opened : [...opened, ...told(kind[0], `${is} ${kind[1]}.`)];
}

const reasonKinds: Partial<Record<PullRequest['reason'], readonly [EventKind, string]>> = {
  ci_failing: ['ci.failing', 'fails its checks'],
  review_pending: ['review.pending', 'waits for a review'],
  changes_requested: ['review.changes_requested', 'is asked for changes'],
  approved: ['review.approved', 'is approved'],
  merge_ready: ['merge.ready', 'can be merged'],
};

function branchChange({ workspace: was }: SessionRecord, { workspace: is }: SessionRecord): readonly Told[] {
  const [from, to] = [was?.branch ?? null, is?.branch ?? null];
  if (from === null || to === null || from === to) return [];
  return [
    { kind: 'branch.changed', text: `It works on ${to} now; before, on ${from}.`, source: 'git', data: { from, to } },
  ];
}

const nameChange = (before: SessionRecord, { name }: SessionRecord): readonly Told[] =>
  before.name === name
    ? []
    : [{ kind: 'session.renamed', text: `It is called ${name} now.`, data: { from: before.name, to: name } }];
