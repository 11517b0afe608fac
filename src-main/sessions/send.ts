// A message to an agent: first stored, then typed into its terminal by whoever runs. What was begun is never typed twice.
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { AtheneContract } from '#shared/contract/contract.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { PromptDelivery } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { probeProcess } from '../lib/process-identity.ts';
import { claimDelivery, enqueue, listPending, markDelivered, markFailed, type Delivery } from '../storage/outbox.ts';
import type { SessionDependencies } from './dependencies.ts';
import { changeSession, findSession } from './session-record.ts';

type SendProblem = Problem<CodeOf<AtheneContract, 'session.send'>>;

/** The same message id is typed once, however often it is sent. */
export async function sendMessage(
  dependencies: SessionDependencies,
  { id, message, text }: { readonly id: string; readonly message: string; readonly text: string },
): Promise<Result<null, SendProblem>> {
  const found = findSession(dependencies, id);
  if (!found.ok) return fail({ ...found.problem, code: 'session-unknown' });
  if (isTerminal(found.value.lifecycle)) return fail(ended(id));
  const body = withoutControls(text);
  if (body.trim() === '') return fail(empty);
  await dependencies.store.write('send: enqueue', (tx) =>
    enqueue(tx, { id: message, session: id, kind: 'message', body }),
  );
  return deliverPending(dependencies, id);
}

/** Types everything that waits for the session, in order. Does nothing when another process is at it. */
export async function deliverPending(
  dependencies: SessionDependencies,
  session: string,
): Promise<Result<null, SendProblem>> {
  for (;;) {
    const delivery = await dependencies.store.write('send: claim', (tx) =>
      claimDelivery(tx, { session, owner: dependencies.identity }),
    );
    if (delivery === null) return ok(null);
    const typed = await typeIn(dependencies, delivery);
    await settle(dependencies, delivery, typed);
    if (!typed.ok) return typed;
  }
}

/** All sessions; also gives up, visibly, what a process that is gone had begun: nobody knows how much of it was typed. */
export async function deliverAll(dependencies: SessionDependencies): Promise<void> {
  const pending = dependencies.store.read(listPending);
  for (const delivery of pending.filter(isAbandoned)) {
    await settle(dependencies, delivery, fail(notConfirmed));
  }
  for (const session of new Set(pending.map((delivery) => delivery.session))) {
    await deliverPending(dependencies, session);
  }
}

const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

function isAbandoned({ state, owner }: Delivery): boolean {
  const identity = ownerSchema.safeParse(owner);
  return state === 'delivering' && identity.success && probeProcess(identity.data) === 'gone';
}

async function typeIn(dependencies: SessionDependencies, delivery: Delivery): Promise<Result<null, SendProblem>> {
  const found = findSession(dependencies, delivery.session);
  const terminal = found.ok ? found.value.terminal : null;
  if (!found.ok || terminal === null) return fail(ended(delivery.session));
  if (delivery.kind === 'prompt') await waitUntilItListens(dependencies, terminal);
  const typed = await dependencies.runtime.input(terminal, keystrokes(delivery.body));
  if (!typed.ok) return fail(notDelivered(typed.problem));
  // Programs that read a paste in pieces take an Enter that comes along with it for part of the text.
  await delay(enterAfter);
  const entered = await dependencies.runtime.input(terminal, encoder.encode('\r'));
  return entered.ok ? ok(null) : fail(notConfirmed);
}

const encoder = new TextEncoder();
/** Milliseconds between text and Enter. */
const enterAfter = 150;
/** Milliseconds of silence after the first output by which an agent is taken to listen, and the longest wait for it. */
const listening = { quiet: 400, atMost: 20_000, look: 100 };

/** Several lines go in as one paste, so that a line end in them is not an Enter. */
const keystrokes = (text: string): Uint8Array =>
  encoder.encode(text.includes('\n') ? `\u001b[200~${text}\u001b[201~` : text);

/** Returns at the latest after `listening.atMost`; a program that never falls silent gets its prompt all the same. */
async function waitUntilItListens({ runtime, now }: SessionDependencies, terminal: string): Promise<void> {
  const until = now() + listening.atMost;
  while (now() < until) {
    const status = await runtime.list();
    const own = status.ok ? status.value.find((each) => each.terminal === terminal) : undefined;
    if (own?.lastOutputAt && now() - own.lastOutputAt >= listening.quiet) return;
    await delay(listening.look);
  }
}

async function settle(
  dependencies: SessionDependencies,
  delivery: Delivery,
  outcome: Result<null, SendProblem>,
): Promise<void> {
  await dependencies.store.write('send: settle', (tx) =>
    outcome.ok ? markDelivered(tx, delivery) : markFailed(tx, delivery, outcome.problem.what),
  );
  if (delivery.kind !== 'prompt') return;
  const promptDelivery: PromptDelivery = outcome.ok ? 'delivered' : 'failed';
  await changeSession(dependencies, 'prompt', delivery.session, (record) => ({ ...record, promptDelivery }));
}

/** Line feeds and tabs are text; whatever else a terminal would obey is not. */
const withoutControls = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    // oxlint-disable-next-line no-control-regex -- control characters are exactly what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');

const ended = (id: string): SendProblem => ({
  code: 'session-ended',
  what: `${id} has ended; there is nobody to read the message.`,
  kept: 'Nothing was sent.',
});

const empty: SendProblem = { code: 'message-refused', what: 'The message is empty.', kept: 'Nothing was sent.' };

const notDelivered = (problem: Problem): SendProblem => ({
  ...problem,
  code: 'runtime-unreachable',
  kept: 'The text is stored; nothing was typed.',
});

const notConfirmed: SendProblem = {
  code: 'runtime-unreachable',
  what: 'It is not known how much of the text was typed.',
  kept: 'The text is stored and will not be typed again by itself.',
  todo: 'Look into the terminal.',
};
