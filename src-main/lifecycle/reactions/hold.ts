// Why an agent can't be told anything by itself now.
import { frozenOf } from '#shared/domain/frozen.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { Hold } from '#shared/domain/react.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { lastDeliveredAt } from '../../storage/outbox.ts';
import { listOpenQuestions } from '../../storage/questions.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import { mayBeShell } from '../may-be-shell.ts';
import type { ReactionDependencies } from './dependencies.ts';

/** Milliseconds since somebody typed into its terminal: who works there by hand is not interrupted. */
const handsOffFor = 2 * 60_000;

/** Null: it may be told. Nothing that others wrote is typed into what may be a shell, and nobody who has ended is started for it. */
export function holdOf(
  { sessions, typedAt }: ReactionDependencies,
  tx: ReadTransaction,
  record: SessionRecord,
): Hold | null {
  const { id, agent, lifecycle, terminal } = record;
  if (mayBeShell(sessions.agents.definition(agent)))
    return never('Its agent takes no prompts that are known to be safe: it may be a shell.');
  const { state } = lifecycle.session;
  if (state === 'detecting') return wait('Whether it still runs is not known.');
  if (isTerminal(lifecycle) || terminal === null) return never('It has ended, and is not started again by itself.');
  if (frozenOf(record) !== null) return wait('It is paused.');
  if (state === 'needs_input' || listOpenQuestions(tx, id).some((question) => question.terminal === terminal))
    return wait('It asks something; that is answered first.');
  const typed = typedAt(terminal);
  // A terminal does not say whose keys they were: those up to the end of a message were its own.
  const byHand = typed !== null && typed > (lastDeliveredAt(tx, id) ?? -Infinity);
  if (byHand && sessions.now() - typed < handsOffFor)
    return { ...wait('Somebody types in its terminal.'), yields: true };
  return null;
}

const wait = (why: string): Hold => ({ kind: 'wait', why });
const never = (why: string): Hold => ({ kind: 'never', why });
