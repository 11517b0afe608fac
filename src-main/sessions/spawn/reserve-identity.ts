// Under which id a session is made: workers are counted on, whoever leads has a name that is taken or free.
import { orchestratorId } from '#shared/domain/coordinator.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { reserveNumber } from '../../storage/counters.ts';
import { isIdTaken } from '../../storage/sessions.ts';
import type { Transaction } from '../../storage/store.ts';
import { need, type Spawn, type SpawnProblem } from './spawn-step.ts';

export interface Identity {
  readonly id: string;
  readonly prefix: string;
  /** Null for a name that is not counted. */
  readonly number: number | null;
}

/** In the transaction that makes the record: of many who ask for one name, one gets it. */
export function reserveIdentity(tx: Transaction, spawn: Spawn): Result<Identity, SpawnProblem> {
  const { sessionPrefix } = need(spawn.project, 'project');
  const { makes } = spawn.input;
  switch (makes.kind) {
    case 'worker':
      return ok(nextOf(tx, sessionPrefix, spawn.remoteNumber));
    case 'orchestrator':
      return named(tx, orchestratorId(sessionPrefix), sessionPrefix);
    case 'meta-orchestrator':
      return named(tx, makes.name, makes.name);
    default:
      return assertNever(makes);
  }
}

function nextOf(tx: Transaction, prefix: string, atLeast: number): Identity {
  const number = reserveNumber(tx, prefix, atLeast);
  const id = `${prefix}-${number}`;
  // A meta orchestrator may be called like that.
  return isIdTaken(tx, id) ? nextOf(tx, prefix, number) : { id, prefix, number };
}

const named = (tx: Transaction, id: string, prefix: string): Result<Identity, SpawnProblem> =>
  isIdTaken(tx, id) ? fail(taken(id)) : ok({ id, prefix, number: null });

const taken = (id: string): SpawnProblem => ({
  code: 'session-exists',
  what: `There is a session ${id} already.`,
  kept: 'Nothing was created.',
  todo: `Look at it: athene session show ${id}`,
});
