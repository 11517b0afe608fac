// Does what the engine concluded: what is remembered, the message and the line of the timeline in one transaction, so that a kill between
// them leaves all or nothing, and no process does it twice.
import { assertNever } from '#shared/lib/assert-never.ts';
import type { NewEvent } from '#shared/domain/event.ts';
import { mostSends } from '#shared/domain/reaction.ts';
import { reactionWords } from '#shared/domain/reaction-words.ts';
import { deleteDelivery, enqueue } from '../../storage/outbox.ts';
import { recordEvent } from '../../storage/events.ts';
import { putReaction } from '../../storage/reactions.ts';
import type { Transaction } from '../../storage/store.ts';
import type { Evaluated } from './evaluate.ts';
import { composeMessage } from './messages/compose-message.ts';

export const isNew = ({ before, reacted }: Evaluated): boolean => reacted.act !== null || reacted.state !== before;

/** True when a message waits to be typed from now on. */
export function carryOut(tx: Transaction, evaluated: Evaluated, newId: () => string): boolean {
  const { record, key, reacted } = evaluated;
  const { act, state } = reacted;
  const at = { session: record.id, key };
  if (act?.kind !== 'send') {
    putReaction(tx, at, state);
    if (act !== null) tellOf(tx, evaluated, act);
    return false;
  }
  const body = composeMessage(key, evaluated.facts, evaluated.rule?.message ?? null);
  if (state === null || body === null) return false;
  const message = newId();
  if (act.replaces !== null) deleteDelivery(tx, { id: act.replaces, session: record.id });
  enqueue(tx, { id: message, session: record.id, kind: 'message', body, isTold: true });
  putReaction(tx, at, { ...state, message });
  tell(
    tx,
    evaluated,
    {
      kind: 'reaction.triggered',
      text: `${whatOf(evaluated)} Its agent is told${counted(evaluated, act.attempt)}: ${body}`,
    },
    { message, attempt: act.attempt },
  );
  return true;
}

type Act = NonNullable<Evaluated['reacted']['act']>;

function tellOf(tx: Transaction, evaluated: Evaluated, act: Exclude<Act, { kind: 'send' }>): void {
  switch (act.kind) {
    case 'notify':
      return tell(tx, evaluated, { kind: 'reaction.triggered', text: `${whatOf(evaluated)} You are told.` });
    case 'escalate': {
      const priority = evaluated.rule?.priority ?? 'urgent';
      return tell(tx, evaluated, {
        kind: 'reaction.escalated',
        text: `${whatOf(evaluated)} It is your affair now. ${act.why}`,
        priority,
      });
    }
    case 'withdraw':
      deleteDelivery(tx, { id: act.message, session: evaluated.record.id });
      return tell(
        tx,
        evaluated,
        {
          kind: 'reaction.withdrawn',
          text: `${reactionWords[evaluated.key].name}: that is over; what was to be told of it is not sent.`,
        },
        { message: act.message },
      );
    default:
      return assertNever(act);
  }
}

type Line = Pick<NewEvent, 'kind' | 'text'> & Partial<Pick<NewEvent, 'priority'>>;

const tell = (
  tx: Transaction,
  { record, key }: Evaluated,
  line: Line,
  data: Readonly<Record<string, unknown>> = {},
): void =>
  recordEvent(tx, {
    ...line,
    session: record.id,
    project: record.project,
    source: 'athene',
    data: { reaction: key, ...data },
  });

const whatOf = ({ signal, key }: Evaluated): string =>
  signal.kind === 'on' ? signal.what : `${reactionWords[key].name}.`;

function counted({ rule }: Evaluated, attempt: number): string {
  const most = rule === null ? null : mostSends(rule);
  return most === null ? '' : ` (${attempt} of ${most})`;
}
