// Sends what is due: one after the other for each notifier, and no notifier waits for another.
import { stateWords } from '#shared/domain/state-words.ts';
import { inTime } from '../lib/in-time.ts';
import { redact } from '../lib/log.ts';
import { makeNotifier } from '../plugins/notifiers/make-notifier.ts';
import { failedForGood, type Tidings, type Told } from '../plugins/notifiers/notifier.ts';
import {
  beginDelivery,
  endDelivery,
  failBrokenOff,
  listDueDeliveries,
  listSending,
  type DueDelivery,
} from '../storage/notices.ts';
import type { NoticeDependencies } from './dependencies.ts';
import { toldView } from './told-view.ts';

export interface NoticeDeliveries {
  startDue(): void;
  /** What is being sent has a moment left, so that it is not sent twice; then it is broken off, and tried again by whoever supervises next. */
  stop(): Promise<void>;
}

/** Milliseconds that what is being sent has left when this process closes. */
const grace = 2000;

/** Milliseconds between one try and the next: a few minutes in all, then it has failed. */
export const retries: readonly number[] = [2000, 10_000, 30_000, 60_000, 120_000];

export function deliverNotices(dependencies: NoticeDependencies): NoticeDeliveries {
  const { store, log } = dependencies;
  const busy = new Map<string, Promise<void>>();
  const ending = new AbortController();
  let closing = false;

  const startDue = (): void => {
    if (closing) return;
    const due = Map.groupBy(store.read(listDueDeliveries), ({ notifier }) => notifier);
    for (const notifier of new Set([...store.read(listSending), ...due.keys()])) {
      if (busy.has(notifier)) continue;
      const sending = settleBrokenOff(notifier)
        .then(() => sendAll(due.get(notifier) ?? []))
        .catch((error: unknown) => log('notices.delivery_failed', { notifier, error: String(error) }))
        .finally(() => busy.delete(notifier));
      busy.set(notifier, sending);
    }
  };
  /** How an earlier one went could not be written down: the disk was full, the database locked. */
  const settleBrokenOff = async (notifier: string): Promise<void> => {
    if (store.read(listSending).includes(notifier))
      await store.write('notices: broken off', (tx) => failBrokenOff(tx, unwritten, notifier));
  };
  const sendAll = async (due: readonly DueDelivery[]): Promise<void> => {
    for (const one of due) {
      if (closing) return;
      await sendOne(dependencies, one, ending.signal);
    }
  };
  return {
    startDue,
    async stop() {
      closing = true;
      await inTime(Promise.all(busy.values()), grace);
      ending.abort();
      await Promise.all(busy.values());
    },
  };
}

const unwritten = 'How it went could not be written down: it may have arrived.';

async function sendOne(dependencies: NoticeDependencies, due: DueDelivery, signal: AbortSignal): Promise<void> {
  const { store, now, log } = dependencies;
  const { notifier, attempts } = due;
  const at = { notice: due.notice.id, notifier };
  if (!(await store.write('notice: send', (tx) => beginDelivery(tx, at.notice, notifier)))) return;
  const told = await tell(dependencies, notifier, tidingsOf(dependencies, due), signal);
  const wait = told.kind === 'failed' && told.again ? retries[attempts] : undefined;
  const again = told.kind === 'failed' && wait !== undefined ? now() + Math.max(wait, told.after ?? 0) : null;
  await store.write('notice: sent', (tx) =>
    endDelivery(tx, at, { failed: told.kind === 'failed' ? told.why : null, again }),
  );
  if (told.kind === 'failed' && again === null) log('notice.not_sent', { ...at, why: told.why });
}

/** By the notifier as config.yaml defines it now. */
export async function tell(
  { configuration, surroundings }: Pick<NoticeDependencies, 'configuration' | 'surroundings'>,
  name: string,
  tidings: Tidings,
  signal: AbortSignal,
): Promise<Told> {
  const { definitions, broken } = configuration.notifiers();
  const definition = definitions.get(name);
  if (definition === undefined) {
    const why = broken.find((one) => one.name === name)?.reason ?? 'it is not there any more';
    return failedForGood(`config.yaml: notifier ${name}: ${why}.`);
  }
  const made = makeNotifier(definition, await surroundings());
  if (!made.ok) return failedForGood(`config.yaml: notifier ${name}: ${made.problem}.`);
  if (made.value === null) return { kind: 'told' };
  const outcome = await made.value.tell(tidings, signal);
  // It may repeat what a server or a program said.
  return outcome.kind === 'told' ? outcome : { ...outcome, why: redact(outcome.why, 0) as string };
}

function tidingsOf({ sessions }: NoticeDependencies, { notice, at }: DueDelivery): Tidings {
  const views = sessions();
  return {
    ...notice,
    at,
    sessions: notice.sessions.flatMap((session) => {
      const view = views.find(({ id }) => id === session);
      if (view === undefined) return [];
      const { id, name, project, agent, state, because } = toldView(view);
      return [{ id, name, project, agent, state: stateWords[state], because }];
    }),
  };
}
