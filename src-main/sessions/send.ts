// A message to an agent: first stored, then typed into its terminal by whoever runs.
import { setTimeout as delay } from 'node:timers/promises';
import type { AtheneContract } from '#shared/contract/contract.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { enqueue, findDelivery } from '../storage/outbox.ts';
import { deliverPending } from './deliver.ts';
import type { SessionDependencies } from './dependencies.ts';
import { withoutControls } from './keystrokes.ts';
import { findSession } from './session-record.ts';

type SendProblem = Problem<CodeOf<AtheneContract, 'session.send'>>;

/** The same message id is typed once, however often it is sent; each time it is answered with what became of it. */
export async function sendMessage(
  dependencies: SessionDependencies,
  { id, message, text }: { readonly id: string; readonly message: string; readonly text: string },
): Promise<Result<null, SendProblem>> {
  const found = findSession(dependencies, id);
  if (!found.ok) return fail({ ...found.problem, code: 'session-unknown' });
  const body = withoutControls(text);
  const refusal = body.trim() === '' ? empty : nobodyReads(found.value);
  if (refusal !== null) return fail(refusal);
  await dependencies.store.write('send: enqueue', (tx) =>
    enqueue(tx, { id: message, session: id, kind: 'message', body }),
  );
  await deliverPending(dependencies, id);
  return outcomeOf(dependencies, message);
}

function nobodyReads({ id, lifecycle }: SessionRecord): SendProblem | null {
  if (lifecycle.session.state === 'detecting') return outOfReach(id);
  if (isTerminal(lifecycle)) return ended(id);
  return lifecycle.session.state === 'not_started' ? stillMade(id) : null;
}

/** Milliseconds that another process may take which is typing right now; after that the message is simply on its way. */
const othersPatience = 2000;

async function outcomeOf({ store, now }: SessionDependencies, message: string): Promise<Result<null, SendProblem>> {
  for (const until = now() + othersPatience; now() < until; await delay(50)) {
    const delivery = store.read((tx) => findDelivery(tx, message));
    if (delivery?.state === 'failed') return fail(failed(delivery.detail));
    if (delivery === null || delivery.state === 'delivered') return ok(null);
  }
  return ok(null);
}

const failed = (detail: string | null): SendProblem => ({
  code: 'runtime-unreachable',
  what: detail ?? 'The message could not be typed.',
  kept: 'The text is stored and will not be typed again by itself.',
  todo: 'Look into the terminal, then send it again.',
});

const ended = (id: string): SendProblem => ({
  code: 'session-ended',
  what: `${id} has ended; there is nobody to read the message.`,
  kept: 'Nothing was sent.',
});

const outOfReach = (id: string): SendProblem => ({
  code: 'session-ended',
  what: `The terminal service no longer knows ${id}; nobody can be reached in it.`,
  kept: 'Nothing was sent; its worktree and branch are kept.',
  todo: `See \`athene status\`; \`athene session kill ${id}\` frees its issue.`,
});

const stillMade = (id: string): SendProblem => ({
  code: 'message-refused',
  what: `${id} is still being made.`,
  kept: 'Nothing was sent.',
  todo: 'Send it again when the session works.',
});

const empty: SendProblem = { code: 'message-refused', what: 'The message is empty.', kept: 'Nothing was sent.' };
