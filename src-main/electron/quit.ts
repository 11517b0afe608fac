// Quitting: what becomes of running agents is asked, or was answered before. They run on by themselves unless stopped.
import { attentionOf, isRunning } from '#shared/domain/attention.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Settings } from '#shared/domain/settings.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import type { Ask } from './ask.ts';
import { stopAll } from './stop-all.ts';
import type { WatchedFleet } from './fleet.ts';

export type QuitPlan =
  | { readonly kind: 'keep' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'ask'; readonly message: string; readonly detail: string };

export interface QuitFacts {
  readonly sessions: readonly SessionView[];
  readonly spawns: readonly SpawnView[];
  readonly quitting: Settings['quitting'];
}

/** What quitting does now. */
export function planQuit({ sessions, spawns, quitting }: QuitFacts): QuitPlan {
  const running = sessions.filter(isRunning);
  const starting = spawns.filter(({ session }) => !running.some(({ id }) => id === session));
  if (running.length + starting.length === 0) return { kind: 'keep' };
  if (quitting !== 'ask') return { kind: quitting };
  const busy = running.filter(({ state }) => attentionOf(state) === 'working').length;
  return {
    kind: 'ask',
    message: `${count(running.length + starting.length, 'agent is', 'agents are')} running`,
    detail: [
      ...(busy > 0 ? [`${count(busy, 'is', 'are')} in the middle of work.`] : []),
      ...(starting.length > 0 ? [startingWords(starting)] : []),
      'Kept running, they go on without Athene’s windows and are there again when you open it.',
    ].join('\n'),
  };
}

const count = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;

const mostNames = 5;

function startingWords(spawns: readonly SpawnView[]): string {
  const names = spawns.slice(0, mostNames).map(({ name }) => name);
  const more = spawns.length > mostNames ? ` and ${spawns.length - mostNames} more` : '';
  return `${count(spawns.length, 'is', 'are')} still being made: ${names.join(', ')}${more}.`;
}

export interface Quit {
  readonly fleet: Pick<WatchedFleet, 'sessions' | 'spawns' | 'settings' | 'client'>;
  readonly ask: Ask;
}

/** True when the app may go. Never stops what the person did not want stopped. */
export async function mayQuit({ fleet, ask }: Quit): Promise<boolean> {
  const { sessions, spawns, settings, client } = fleet;
  const plan = planQuit({ sessions: sessions ?? [], spawns, quitting: settings.quitting });
  const chosen = plan.kind === 'ask' ? await askHow(plan, { fleet, ask }) : plan.kind;
  if (chosen === 'cancel') return false;
  if (chosen === 'keep') return true;
  return stopAll({ client, sessions: (fleet.sessions ?? []).filter(isRunning), spawns: fleet.spawns, ask });
}

async function askHow(
  { message, detail }: Extract<QuitPlan, { kind: 'ask' }>,
  { fleet, ask }: Quit,
): Promise<'keep' | 'stop' | 'cancel'> {
  const { answer, isChecked } = await ask({
    kind: 'question',
    message,
    detail,
    answers: { keep: 'Quit and keep them running', stop: 'Stop all and quit', cancel: 'Cancel' },
    cancel: 'cancel',
    checkbox: 'Don’t ask again',
  });
  // What can't be stored is asked again next time.
  if (isChecked && answer !== 'cancel') await fleet.client.call('settings.set', { quitting: answer });
  return answer;
}
