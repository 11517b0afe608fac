// One coordinator, however many ask for it and from however many processes: the one that runs, the last one again, or a new one. The record's
// id is what is unique; whoever comes second waits for the first.
import { setTimeout as delay } from 'node:timers/promises';
import type { AtheneContract } from '#shared/contract/contract.ts';
import { isOver } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { SpawnOrder } from '#shared/domain/spawn.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf, OutputOf } from '#shared/rpc/define-contract.ts';
import { getSession } from '../../storage/sessions.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { killSession } from '../kill.ts';
import { removeSession } from '../remove.ts';
import type { Restored } from '../restore/restore-session.ts';
import type { RestoreProblem } from '../restore/restore-task.ts';
import { damagedSession } from '../session-record.ts';
import { whileAlone } from '../sole-work.ts';
import { recoverSpawns } from '../spawn/recover-spawns.ts';
import type { SpawnProblem } from '../spawn/spawn-step.ts';
import type { CoordinatorPlan } from './coordinator-plan.ts';

export type CoordinatorProblem = Problem<CodeOf<AtheneContract, 'coordinator.start'>>;
export type Started = OutputOf<AtheneContract, 'coordinator.start'>;

export interface EnsureDependencies {
  readonly sessions: SessionDependencies;
  readonly make: (order: SpawnOrder) => Promise<Result<{ readonly session: string }, SpawnProblem>>;
  readonly restore: (id: string) => Promise<Result<Restored, RestoreProblem>>;
  /** Looks which agents have ended since somebody last looked. */
  readonly refresh: () => Promise<void>;
}

export interface Asked {
  readonly plan: CoordinatorPlan;
  readonly by: string;
  /** The one that is there is ended, and another begins in its place. */
  readonly anew: boolean;
}

/** Milliseconds that somebody else has to make it (of fifty on a busy machine it may be long before the first has), and between two looks. */
const patience = 300_000;
const look = 50;
/** Looks. */
const hindrances = 40;

export async function ensureCoordinator(
  dependencies: EnsureDependencies,
  { plan, by, anew }: Asked,
): Promise<Result<Started, CoordinatorProblem>> {
  const { sessions } = dependencies;
  const until = sessions.now() + patience;
  const first = recordOf(sessions, plan);
  if (!first.ok) return first;
  const order = orderFor(plan, first.value);
  // One of its name that comes later is somebody else's answer to the same wish.
  let goes = anew ? (first.value?.createdAt ?? null) : null;
  let hindered = 0;
  do {
    const found = recordOf(sessions, plan);
    if (!found.ok) return found;
    const next = await step(dependencies, { plan, order: { ...order, by }, record: found.value, goes });
    if (next.kind === 'done') return next.answer;
    if (next.kind === 'replace') goes = next.incarnation;
    if (next.kind === 'hindered' && ++hindered > hindrances) return fail(next.problem);
    if (next.kind === 'wait' || next.kind === 'hindered') await delay(look);
  } while (sessions.now() < until);
  return fail(busy(plan.id));
}

type Next =
  | { readonly kind: 'done'; readonly answer: Result<Started, CoordinatorProblem> }
  /** Look again at once, or after a while. */
  | { readonly kind: 'again' | 'wait' }
  | { readonly kind: 'replace'; readonly incarnation: number }
  /** By somebody else who does the same just now, or for good. */
  | { readonly kind: 'hindered'; readonly problem: CoordinatorProblem };

interface Look {
  readonly plan: CoordinatorPlan;
  readonly order: Omit<SpawnOrder, 'request'>;
  readonly record: SessionRecord | null;
  /** When the one was made that is to be replaced. */
  readonly goes: number | null;
}

async function step(dependencies: EnsureDependencies, { plan, order, record, goes }: Look): Promise<Next> {
  const { sessions } = dependencies;
  if (record === null) {
    const made = await dependencies.make({ ...order, request: sessions.newId() });
    return made.ok ? done(plan, 'started') : unlessTaken(made.problem, 'session-exists');
  }
  if (record.lifecycle.session.state === 'not_started') {
    // Whoever makes it may be gone.
    await recoverSpawns(sessions);
    return { kind: 'wait' };
  }
  const ended = await hasEnded(dependencies, record);
  if (record.createdAt === goes) {
    const replaced = await whileAlone(sessions, { kind: 'replace', session: plan.id }, () =>
      replace(sessions, { plan, record, ended, by: order.by }),
    );
    return replaced ?? { kind: 'wait' };
  }
  if (!ended) return done(plan, 'found');
  if (plan.strategy !== 'reuse' || plan.whenEnded === 'start-anew') {
    return { kind: 'replace', incarnation: record.createdAt };
  }
  if (record.lifecycle.session.state === 'done') return { kind: 'done', answer: fail(over(record.id)) };
  const restored = await dependencies.restore(record.id);
  return restored.ok ? done(plan, 'restored') : unlessTaken(restored.problem, 'session-running');
}

const done = ({ id }: CoordinatorPlan, how: Started['how']): Next => ({
  kind: 'done',
  answer: ok({ session: id, how }),
});

/** Somebody else was quicker: what they have made is the answer. */
const unlessTaken = (problem: SpawnProblem | RestoreProblem, taken: CoordinatorProblem['code']): Next =>
  problem.code === taken ? { kind: 'wait' } : { kind: 'done', answer: fail(problem) };

/** Three answers, of which "can't tell" is not "ended": two that lead the same would be worse than none. */
async function hasEnded(
  { sessions, refresh }: EnsureDependencies,
  { id, terminal, lifecycle }: SessionRecord,
): Promise<boolean> {
  if (isOver(lifecycle)) return true;
  if (terminal === null || (await sessions.runtime.probe(terminal)).kind !== 'ended') return false;
  await refresh();
  const now = sessions.store.read((tx) => getSession(tx, id));
  if (now === null || 'damaged' in now || now.record.terminal !== terminal) return false;
  // It is gone for good, and nobody has seen how.
  return isOver(now.record.lifecycle) || (await killSession(sessions, id)).ok;
}

/** While nobody else replaces it: what was seen before may have been replaced by another. */
async function replace(
  sessions: SessionDependencies,
  { plan, record, ended, by }: Pick<Look, 'plan'> & { record: SessionRecord; ended: boolean; by: string | null },
): Promise<Next> {
  const found = recordOf(sessions, plan);
  if (!found.ok) return stop(found.problem);
  if (found.value?.createdAt !== record.createdAt) return { kind: 'again' };
  return ended ? remove(sessions, record) : end(sessions, record.id, by);
}

async function end(sessions: SessionDependencies, id: string, by: string | null): Promise<Next> {
  const killed = await killSession(sessions, id, by);
  if (!killed.ok) return killed.problem.code === 'session-unknown' ? { kind: 'again' } : stop(killed.problem);
  const { survivors } = killed.value;
  return survivors.length === 0 ? { kind: 'again' } : stop(survived(id, survivors));
}

/** Its worktree goes under the usual rule: what is not committed is put aside first, and the branch stays. */
async function remove(sessions: SessionDependencies, { id, createdAt }: SessionRecord): Promise<Next> {
  const removed = await removeSession(sessions, id, { madeAt: createdAt });
  if (removed.ok) return { kind: 'again' };
  const { code } = removed.problem;
  // Somebody else has replaced it meanwhile, or takes it away just now.
  if (code === 'session-unknown' || code === 'session-running' || code === 'removal-running') return { kind: 'wait' };
  return { kind: 'hindered', problem: removed.problem };
}

const stop = (problem: CoordinatorProblem): Next => ({ kind: 'done', answer: fail(problem) });

function recordOf(
  { store }: SessionDependencies,
  { id, kind }: CoordinatorPlan,
): Result<SessionRecord | null, CoordinatorProblem> {
  const stored = store.read((tx) => getSession(tx, id));
  if (stored === null) return ok(null);
  if ('damaged' in stored) return fail(damagedSession(id, stored.damaged.why));
  return stored.record.kind === kind ? ok(stored.record) : fail(otherKind(stored.record, kind));
}

/** The last one's agent leads on where nobody names another. */
function orderFor(
  { order, agentSaid }: CoordinatorPlan,
  last: SessionRecord | null,
): Omit<SpawnOrder, 'request' | 'by'> {
  if (last === null || (agentSaid && order.agent !== last.agent)) return order;
  const { agent, model } = last;
  return { ...order, agent, command: order.command ?? last.command, model: order.model ?? model };
}

const otherKind = ({ id, kind }: SessionRecord, asked: string): CoordinatorProblem => ({
  code: 'session-exists',
  what: `There is a session ${id} already, and it is no ${asked} but a ${kind}.`,
  kept: 'Nothing was changed.',
  todo: 'Choose another name.',
});

const over = (id: string): CoordinatorProblem => ({
  code: 'coordinator-over',
  what: `${id} is done, and is not started again.`,
  kept: 'Nothing was changed.',
  todo: `Start a new one in its place: athene orchestrator relaunch`,
});

const survived = (id: string, pids: readonly number[]): CoordinatorProblem => ({
  code: 'session-running',
  what: `Processes of ${id} could not be ended: ${pids.join(', ')}.`,
  kept: 'It is left as it is.',
  todo: 'End them by hand, then try again.',
});

const busy = (id: string): CoordinatorProblem => ({
  code: 'coordinator-busy',
  what: `${id} is already being created, and that does not come to an end.`,
  kept: 'Nothing was changed.',
  todo: 'See `athene status`, and try again.',
});
