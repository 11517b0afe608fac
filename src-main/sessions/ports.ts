// Which ports a session gets: its own ones again where it has some, else the lowest block that no other session has.
import { freeBlocks, overlap, type PortBlock } from '#shared/domain/ports.ts';
import { isSpawnTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { probePorts } from '../lib/ports.ts';
import { getSession, listPorts } from '../storage/sessions.ts';
import type { ReadTransaction } from '../storage/store.ts';
import type { SessionDependencies } from './dependencies.ts';

/** Blocks at which others listen; looked at before the transaction, which waits for nothing. */
export async function portsInUse({ store, portRange }: SessionDependencies): Promise<readonly PortBlock[]> {
  const first = portRange();
  const taken = store.read(listPorts);
  const [inUse, unclear]: [PortBlock[], PortBlock[]] = [[], []];
  let clear = 0;
  for (const block of freeBlocks(first, taken)) {
    // A few more than one: another spawn may be given the first of them meanwhile.
    if (clear === enough || inUse.length + unclear.length === most) break;
    const probe = await probePorts(block);
    if (probe === 'free') clear += 1;
    else (probe === 'taken' ? inUse : unclear).push(block);
  }
  // What can't be told is better than what is taken, where there is nothing else.
  return clear === 0 ? inUse : [...inUse, ...unclear];
}

/** Blocks found free before a look ends; blocks found not to be free before it gives up. */
const [enough, most] = [2, 20];

/** Blocks of ended sessions are kept for their restore, as long as there are others. Null when there are no ports left. */
export function givePorts(tx: ReadTransaction, first: PortBlock, inUse: readonly PortBlock[]): PortBlock | null {
  const given = listPorts(tx);
  const [block] = freeBlocks(first, [...given, ...inUse]);
  if (block !== undefined) return block;
  const live = given.filter(({ session }) => isLive(tx, session));
  const [reused] = freeBlocks(first, [...live, ...inUse]);
  return reused ?? null;
}

/** At a restore: its own, unless a session that lives has got them meanwhile. */
export function portsAgain(
  tx: ReadTransaction,
  { id, ports }: Pick<SessionRecord, 'id' | 'ports'>,
  { first, inUse }: { readonly first: PortBlock; readonly inUse: readonly PortBlock[] },
): PortBlock | null {
  if (ports === null) return givePorts(tx, first, inUse);
  const rivals = listPorts(tx).filter(({ session, ...other }) => session !== id && overlap(other, ports));
  return rivals.some(({ session }) => isLive(tx, session)) ? givePorts(tx, first, inUse) : ports;
}

/** One that can't be read may live. */
function isLive(tx: ReadTransaction, id: string): boolean {
  const stored = getSession(tx, id);
  return stored !== null && ('damaged' in stored || !isSpawnTerminal(stored.record.lifecycle));
}
