// Waits until there is room for one more agent. The line is in the database: it outlives whoever waits, and every process sees the same.
import type { Owner } from '#shared/domain/owner.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import { admit, joinLine, leaveLine } from '../../storage/waiting-line.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { isInLine, limitsOf, mayStart, placeIn, unattendedIn } from './line-facts.ts';

export interface Waiting {
  readonly request: string;
  readonly kind: 'spawn' | 'restore';
  readonly session: string | null;
  readonly project: string;
  readonly owner: Owner;
}

export interface WaitingAround {
  /** Aborted by a cancel: it leaves the line. */
  readonly cancel: AbortSignal;
  /** Aborted when this process closes: its place stays, for whoever comes next. */
  readonly leave?: AbortSignal | undefined;
  /** Told once: its place, or null when there is room at once. */
  readonly onPlace?: ((place: number | null) => void) | undefined;
}

export type Turn = 'at-once' | 'after-waiting' | 'cancelled' | 'left';

export async function waitInLine(
  dependencies: SessionDependencies,
  waiting: Waiting,
  { cancel, leave, onPlace }: WaitingAround,
): Promise<Turn> {
  const { store, identity } = dependencies;
  const limits = limitsOf(dependencies);
  const joined = isInLine(dependencies, waiting.request);
  if (leave?.aborted === true) return 'left';
  if (!joined && limits.all === null && limits.ofProject(waiting.project) === null) {
    onPlace?.(null);
    return 'at-once';
  }
  await store.write('line: join', (tx) => joinLine(tx, { ...waiting, process: identity }));
  if (await takeTurn(dependencies, waiting.request)) {
    onPlace?.(null);
    return joined ? 'after-waiting' : 'at-once';
  }
  onPlace?.(placeIn(dependencies, waiting.request));
  const turn = await untilTurn(dependencies, waiting.request, { cancel, leave });
  if (turn === 'cancelled') await store.write('line: leave', (tx) => leaveLine(tx, waiting.request));
  return turn;
}

function untilTurn(
  dependencies: SessionDependencies,
  request: string,
  { cancel, leave }: Pick<WaitingAround, 'cancel' | 'leave'>,
): Promise<Exclude<Turn, 'at-once'>> {
  return new Promise((resolve, reject) => {
    let looking = false;
    let again = false;
    const end = (): void => {
      stop();
      cancel.removeEventListener('abort', cancelled);
      leave?.removeEventListener('abort', left);
    };
    const finish = (turn: Exclude<Turn, 'at-once'>): void => {
      end();
      resolve(turn);
    };
    const cancelled = (): void => finish('cancelled');
    const left = (): void => finish('left');
    const look = (): void => {
      again = true;
      if (looking) return;
      looking = true;
      lookUntilQuiet()
        .catch((error: unknown) => {
          end();
          reject(error instanceof Error ? error : new Error(String(error)));
        })
        .finally(() => (looking = false));
    };
    const lookUntilQuiet = async (): Promise<void> => {
      while (again) {
        again = false;
        // Somebody has cancelled it from elsewhere.
        if (!isInLine(dependencies, request)) return finish('cancelled');
        if (await takeTurn(dependencies, request)) return finish('after-waiting');
      }
    };
    const stop = dependencies.store.onChange(look);
    cancel.addEventListener('abort', cancelled);
    leave?.addEventListener('abort', left);
    if (cancel.aborted) cancelled();
    else if (leave?.aborted === true) left();
    else look();
  });
}

/** Looks without a lock first: everybody who waits looks at every change. */
async function takeTurn(dependencies: SessionDependencies, request: string): Promise<boolean> {
  const unattended = unattendedIn(dependencies);
  const may = (tx: ReadTransaction): boolean => mayStart(dependencies, tx, unattended).has(request);
  if (!dependencies.store.read(may)) return false;
  return dependencies.store.write('line: admit', (tx) => {
    if (!may(tx)) return false;
    admit(tx, request);
    return true;
  });
}
