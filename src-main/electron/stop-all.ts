// Ends every running session before the app quits, and says which could not be ended.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import type { Client } from '#shared/rpc/connect.ts';
import type { Ask } from './ask.ts';

/** Sessions ended at a time: each waits up to seconds for its processes. */
const atOnce = 4;

export interface StopAll {
  readonly client: Pick<Client<AtheneContract>, 'call'>;
  readonly sessions: readonly SessionView[];
  readonly spawns: readonly SpawnView[];
  readonly ask: Ask;
}

/** True when nothing of these runs any more, or the person quits all the same. */
export async function stopAll({ client, sessions, spawns, ask }: StopAll): Promise<boolean> {
  const failures = await inTurn([
    // One that has a session already is cancelled by ending that.
    ...spawns.filter(({ session }) => session === null).map((spawn) => () => cancel(client, spawn)),
    ...sessions.map((session) => () => stop(client, session)),
  ]);
  if (failures.length === 0) return true;
  const { answer } = await ask({
    kind: 'warning',
    message: failures.length === 1 ? '1 agent could not be stopped' : `${failures.length} agents could not be stopped`,
    detail: `${failures.slice(0, mostLines).join('\n')}\n\nIf you quit, they keep running.`,
    answers: { stay: 'Don’t quit', quit: 'Quit anyway' },
    cancel: 'stay',
  });
  return answer === 'quit';
}

/** Lines of a message box; more would push its buttons off the screen. */
const mostLines = 12;

type Failure = string | null;

async function inTurn(stops: readonly (() => Promise<Failure>)[]): Promise<readonly string[]> {
  const left = [...stops];
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const failure = await next();
      if (failure !== null) failures.push(failure);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failures;
}

async function cancel(client: StopAll['client'], { request, name }: SpawnView): Promise<Failure> {
  const cancelled = await client.call('session.cancelSpawn', { request });
  // What is not known any more went through or failed meanwhile.
  return cancelled.ok || cancelled.problem.code === 'spawn-unknown' ? null : `${name}: ${cancelled.problem.what}`;
}

async function stop(client: StopAll['client'], { id, name }: SessionView): Promise<Failure> {
  const killed = await client.call('session.kill', { id });
  if (!killed.ok) return `${name} (${id}): ${killed.problem.what}`;
  const { survivors } = killed.value;
  return survivors.length === 0 ? null : `${name} (${id}): processes ${survivors.join(', ')} did not end.`;
}
