// A spawn that Ctrl+C takes back.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { GivenOf } from '#shared/rpc/define-contract.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import type { Host } from '../host/host.ts';
import { ask } from './open-local-host.ts';

type Wanted = Omit<GivenOf<AtheneContract, 'session.spawn'>, 'request'>;

export type Made =
  | { readonly kind: 'made'; readonly session: string }
  | { readonly kind: 'in-line'; readonly request: string; readonly place: number };

const inLine = (place: number): string =>
  `As many agents run as may: ${ordinal(place)} in line. It starts when one ends; Ctrl+C leaves the line.\n`;

/** Milliseconds between two looks whether an agent has ended: there may be no other process that looks. */
const lookEvery = 2000;

/** Nobody else may notice that agents end. */
export async function refreshing<T>(host: Host, waits: boolean, work: () => Promise<T>): Promise<T> {
  const look = (): void =>
    void host.watch
      .refresh()
      .catch((error: unknown) => host.sessions.log('terminals.refresh_failed', { error: String(error) }));
  const timer = waits ? setInterval(look, lookEvery) : null;
  try {
    return await work();
  } finally {
    if (timer !== null) clearInterval(timer);
  }
}

/** Of a terminal that closes, too. */
export const stops = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Resolves when its agent runs and the prompt was typed, or when it is known that it waits in line and nobody waits here. The first signal cancels, and what was made is taken back
 * before the CommandFailed comes; once the agent runs it only ends the wait for the prompt, which another process then types. The second ends the process.
 */
export async function spawnOrCancel(host: Host, wanted: Wanted, { waits }: { readonly waits: boolean }): Promise<Made> {
  const request = host.sessions.newId();
  const stopped = Promise.withResolvers<void>();
  const stop = () => {
    stopped.resolve();
    // Too late, or not yet begun elsewhere: then there is nothing to cancel.
    ask(host, 'session.cancelSpawn', { request }).catch(() => undefined);
  };
  for (const signal of stops) process.once(signal, stop);
  try {
    const { place } = await ask(host, 'session.enqueue', { ...wanted, request });
    if (place !== null && !waits) return { kind: 'in-line', request, place };
    if (place !== null) process.stderr.write(inLine(place));
    const { session } = await refreshing(host, place !== null, () =>
      ask(host, 'session.spawn', { ...wanted, request }),
    );
    await Promise.race([host.settled(), stopped.promise]);
    return { kind: 'made', session };
  } finally {
    for (const signal of stops) process.off(signal, stop);
  }
}
