// Ends every running session before the app quits, and says which could not be ended.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Client } from '#shared/rpc/connect.ts';
import type { Ask } from './ask.ts';

/** Sessions ended at a time: each waits up to seconds for its processes. */
const atOnce = 4;

/** True when nothing runs any more, or the person quits all the same. */
export async function stopAll({
  client,
  sessions,
  ask,
}: {
  readonly client: Pick<Client<AtheneContract>, 'call'>;
  readonly sessions: () => readonly SessionView[];
  readonly ask: Ask;
}): Promise<boolean> {
  const left = [...sessions()];
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    for (let session = left.shift(); session !== undefined; session = left.shift()) {
      const failure = await stop(client, session);
      if (failure !== null) failures.push(failure);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failures.length === 0) return true;
  const { answer } = await ask({
    kind: 'warning',
    message: failures.length === 1 ? '1 agent could not be stopped' : `${failures.length} agents could not be stopped`,
    detail: `${failures.join('\n')}\n\nIf you quit, they keep running.`,
    answers: { stay: 'Don’t quit', quit: 'Quit anyway' },
    cancel: 'stay',
  });
  return answer === 'quit';
}

/** Null when it has ended; else why not. */
async function stop(client: Pick<Client<AtheneContract>, 'call'>, { id, name }: SessionView): Promise<string | null> {
  const killed = await client.call('session.kill', { id });
  if (!killed.ok) return `${name} (${id}): ${killed.problem.what}`;
  const { survivors } = killed.value;
  return survivors.length === 0 ? null : `${name} (${id}): processes ${survivors.join(', ')} did not end.`;
}
