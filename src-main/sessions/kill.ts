// Ends every process of a session. Its worktree and branch are none of this file's business.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { isSpawnTerminal, withKilled, withKillRequested, withKillWithdrawn } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import type { KillReport } from '../plugins/runtimes/runtime.ts';
import { listTerminals, updateTerminal } from '../storage/terminals.ts';
import type { SessionDependencies } from './dependencies.ts';
import { changeSession, findSession } from './session-record.ts';

type KillProblem = Problem<CodeOf<AtheneContract, 'session.kill'>>;

export interface Killed {
  readonly alreadyEnded: boolean;
  /** Pids that could not be ended; the session is not called stopped while there are any. */
  readonly survivors: readonly number[];
}

/** Resolves when the process tree is gone, or when it is known what could not be ended. */
export async function killSession(dependencies: SessionDependencies, id: string): Promise<Result<Killed, KillProblem>> {
  const found = findSession(dependencies, id);
  if (!found.ok) return found;
  if (isSpawnTerminal(found.value.lifecycle)) return ok({ alreadyEnded: true, survivors: [] });
  await changeSession(dependencies, 'kill requested', id, requested);
  const ended = await endTerminals(dependencies, id);
  if (!ended.ok) {
    await changeSession(dependencies, 'kill withdrawn', id, withdrawn);
    return ended;
  }
  if (ended.value.survivors.length > 0) return ok({ alreadyEnded: false, survivors: ended.value.survivors });
  await changeSession(dependencies, 'kill', id, (record, now) => killed(record, ended.value, now));
  return ok({ alreadyEnded: false, survivors: [] });
}

/** All terminals of the session, its shells too. */
async function endTerminals(
  { store, runtime }: SessionDependencies,
  session: string,
): Promise<Result<KillReport, KillProblem>> {
  const terminals = store.read((tx) => listTerminals(tx, session));
  let report: KillReport = { exit: null, survivors: [] };
  for (const { id, role } of terminals) {
    const killed = await runtime.kill(id);
    if (!killed.ok && killed.problem.code !== 'terminal-unknown') return fail(unreachable(killed.problem));
    if (!killed.ok) continue;
    const { exit, survivors } = killed.value;
    report = { exit: role === 'agent' ? exit : report.exit, survivors: [...report.survivors, ...survivors] };
    if (survivors.length === 0) {
      await store.write('kill: terminal', (tx) => updateTerminal(tx, id, { state: 'exited', exit }));
    }
  }
  return ok(report);
}

const requested = (record: SessionRecord): SessionRecord =>
  isSpawnTerminal(record.lifecycle) ? record : { ...record, lifecycle: withKillRequested(record.lifecycle) };

const withdrawn = (record: SessionRecord): SessionRecord =>
  isSpawnTerminal(record.lifecycle) ? record : { ...record, lifecycle: withKillWithdrawn(record.lifecycle) };

const killed = (record: SessionRecord, { exit }: KillReport, now: number): SessionRecord =>
  isSpawnTerminal(record.lifecycle) ? record : { ...record, exit, lifecycle: withKilled(record.lifecycle, now) };

const unreachable = (problem: Problem): KillProblem => ({
  ...problem,
  code: 'runtime-unreachable',
  kept: 'Nothing was changed.',
});
