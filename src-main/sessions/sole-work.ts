// What only one process at a time may do with a session: another would meet the next one of that name, or one that is started again meanwhile.
import { z } from 'zod';
import { isStopped, probeProcess, type ProcessState } from '../lib/process-identity.ts';
import { beginRequest, deleteRequest, getRequest, takeOverRequest, type RequestRow } from '../storage/requests.ts';
import type { ReadTransaction, Transaction } from '../storage/store.ts';
import type { SessionDependencies } from './dependencies.ts';

/** Kinds of the rows by which others see it. What a dead process leaves behind hinders nobody, and is forgotten by whoever recovers. */
const soleWorks = ['replace', 'remove'] as const;
export type SoleWork = (typeof soleWorks)[number];

export const isSoleWork = ({ kind }: Pick<RequestRow, 'kind'>): boolean => soleWorks.some((each) => each === kind);

type Dependencies = Pick<SessionDependencies, 'store' | 'identity' | 'atWork'>;
type Worker = Dependencies & Pick<SessionDependencies, 'log'>;
const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });
const rowOf = (kind: SoleWork, session: string): string => `${kind}:${session}`;

interface Wanted {
  readonly kind: SoleWork;
  readonly session: string;
  /** The person knows that nobody is at it, where it can't be told: a process of another container. */
  readonly takeOver?: boolean;
}

/** Null: somebody else is at it, or it can't be told that they are not. */
export async function whileAlone<T>(
  dependencies: Worker,
  { kind, session, takeOver = false }: Wanted,
  work: () => Promise<T>,
): Promise<T | null> {
  const { store, atWork, log } = dependencies;
  const id = rowOf(kind, session);
  if (atWork.has(id)) return null;
  atWork.add(id);
  try {
    const ours = await store.write(`session: ${kind} alone`, (tx) =>
      take(tx, dependencies, { id, kind, session, takeOver }),
    );
    if (!ours) return null;
    try {
      return await work();
    } finally {
      // What was done is done. A row that stays is free to this process, and to others once it is gone.
      await store
        .write(`session: ${kind} done`, (tx) => letGo(tx, dependencies, id))
        .catch((error: unknown) => log('session.let-go.failed', { kind, session, error: String(error) }));
    }
  } finally {
    atWork.delete(id);
  }
}

/** Who is at it, for people; null when nobody is any more. */
export function whoIsAtWork({ store }: Pick<Dependencies, 'store'>, kind: SoleWork, session: string): AtWork | null {
  const row = store.read((tx) => getRequest(tx, rowOf(kind, session)));
  const { data: owner } = ownerSchema.safeParse(row?.owner);
  if (owner === undefined) return null;
  if (probeProcess(owner) === 'unknown') return { pid: owner.pid, state: 'unknown' };
  return { pid: owner.pid, state: isStopped(owner) ? 'stands-still' : 'works' };
}

interface AtWork {
  readonly pid: number;
  /** `stands-still`: somebody stopped it (Ctrl+Z), and it may go on at any time, or never. */
  readonly state: 'works' | 'stands-still' | 'unknown';
}

/** Does somebody do that with it just now? Asked in the transaction that would be in their way. */
export function isAtWork(tx: ReadTransaction, dependencies: Dependencies, kind: SoleWork, session: string): boolean {
  const row = getRequest(tx, rowOf(kind, session));
  return row !== null && !isFree(row, dependencies);
}

function take(
  tx: Transaction,
  dependencies: Dependencies,
  { id, kind, session, takeOver }: Wanted & { readonly id: string },
): boolean {
  const { identity } = dependencies;
  const begun = beginRequest(tx, { id, kind, input: { session }, owner: identity });
  if (begun === 'new') return true;
  // Ours was put among those at work a moment ago; an older row of ours is what this process could not take away.
  const free = isOwn(begun, identity) || isGone(begun) || (takeOver === true && !isAlive(begun));
  return free && takeOverRequest(tx, begun, identity);
}

/** Whoever has taken it over meanwhile, since nobody could tell of this process, still holds it. */
function letGo(tx: Transaction, { identity }: Dependencies, id: string): void {
  const row = getRequest(tx, id);
  if (row !== null && isOwn(row, identity)) deleteRequest(tx, id);
}

const isFree = (row: RequestRow, { identity, atWork }: Dependencies): boolean =>
  isOwn(row, identity) ? !atWork.has(row.id) : isGone(row);

function isOwn({ owner }: RequestRow, { pid, startTime }: SessionDependencies['identity']): boolean {
  const { data } = ownerSchema.safeParse(owner);
  return data?.pid === pid && data.startTime === startTime;
}

const isGone = (row: RequestRow): boolean => stateOf(row) === 'gone';
const isAlive = (row: RequestRow): boolean => stateOf(row) === 'alive';

function stateOf({ owner }: RequestRow): ProcessState {
  const { data } = ownerSchema.safeParse(owner);
  return data === undefined ? 'unknown' : probeProcess(data);
}
