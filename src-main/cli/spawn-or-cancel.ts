// A spawn that Ctrl+C takes back.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { GivenOf } from '#shared/rpc/define-contract.ts';
import type { Host } from '../host/host.ts';
import { ask } from './open-local-host.ts';

type Wanted = Omit<GivenOf<AtheneContract, 'session.spawn'>, 'request'>;

const stops = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Resolves with the session's id when its agent runs and the prompt was typed. The first signal cancels, and what was made is taken back
 * before the CommandFailed comes; once the agent runs it only ends the wait for the prompt, which another process then types. The second ends the process.
 */
export async function spawnOrCancel(host: Host, wanted: Wanted): Promise<string> {
  const request = host.sessions.newId();
  const stopped = Promise.withResolvers<void>();
  const stop = () => {
    stopped.resolve();
    // Too late, or not yet begun elsewhere: then there is nothing to cancel.
    ask(host, 'session.cancelSpawn', { request }).catch(() => undefined);
  };
  for (const signal of stops) process.once(signal, stop);
  try {
    const { session } = await ask(host, 'session.spawn', { ...wanted, request });
    await Promise.race([host.settled(), stopped.promise]);
    return session;
  } finally {
    for (const signal of stops) process.off(signal, stop);
  }
}
