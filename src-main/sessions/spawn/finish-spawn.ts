// A spawn whose process died when its agent ran already: the agent may have begun to work, so the rest is written down instead of taken back.
import { isStopWanted, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { deleteJournal, listJournal } from '../../storage/journal.ts';
import { enqueue } from '../../storage/outbox.ts';
import { finishRequest, type RequestRow } from '../../storage/requests.ts';
import { getSession, updateSession } from '../../storage/sessions.ts';
import { openingWords } from '../launch/opening-words.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { promptDeliveryOf } from '../launch/prompt-delivery.ts';
import { markAlive, startTerminal } from './start-terminal.ts';

/** False: it is to be taken back. */
export async function finishSpawn(dependencies: SessionDependencies, { id, session }: RequestRow): Promise<boolean> {
  const { store, agents, now } = dependencies;
  if (session === null || !hasComeToItsTerminal(dependencies, session)) return false;
  const stored = store.read((tx) => getSession(tx, session));
  if (stored === null || 'damaged' in stored || stored.record.terminal === null) return false;
  const { terminal, agent } = stored.record;
  const definition = agents.definition(agent);
  if (definition === null || !(await isRunning(dependencies, terminal))) return false;
  const prompt = openingWords(dependencies, stored.record, definition);
  const promptDelivery = promptDeliveryOf(definition, prompt);
  return store.write('spawn: finish', (tx) => {
    const found = getSession(tx, session);
    if (found === null || 'damaged' in found || isStopWanted(found.record.lifecycle)) return false;
    const lifecycle = withRuntimeStarted(found.record.lifecycle, now());
    updateSession(tx, session, found.rev, { ...found.record, promptDelivery, lifecycle });
    markAlive(tx, terminal);
    if (promptDelivery === 'pending' && prompt !== null) enqueue(tx, { id, session, kind: 'prompt', body: prompt });
    deleteJournal(tx, session);
    finishRequest(tx, id, { session });
    return true;
  });
}

/** And nobody has begun to take it back. */
function hasComeToItsTerminal({ store }: SessionDependencies, session: string): boolean {
  const steps = store.read((tx) => listJournal(tx, session));
  return (
    steps.at(-1)?.step === startTerminal.name && steps.every(({ state }) => state === 'running' || state === 'done')
  );
}

/** Its runtime shows it: a process without a terminal is of no use to anybody. */
export async function isRunning({ runtime }: SessionDependencies, terminal: string): Promise<boolean> {
  const running = await runtime.running();
  return running.ok && running.value.some((each) => each.terminal === terminal);
}
