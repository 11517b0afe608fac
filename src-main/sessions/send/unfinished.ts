// Texts whose typing came to no end: entered where they are seen to stand, given up visibly where nobody can tell, and nothing typed behind them.
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { frozenOf } from '#shared/domain/frozen.ts';
import { questionThatHoldsText } from '#shared/domain/question.ts';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import { probeProcess } from '../../lib/process-identity.ts';
import { forgetTyping, pendingFor, takeOver, unfinishedFor, type Delivery } from '../../storage/outbox.ts';
import { getTerminal } from '../../storage/terminals.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { lookOnce } from '../questions/look-at-question.ts';
import { findSession } from '../session-record.ts';
import { standsInLine } from './line-for-input.ts';
import { listenerOf, type Listener } from './listener.ts';
import { settle, settleTyped } from './settle.ts';
import { enterText, unknownPart } from './type-message.ts';

/** What processes that are gone had begun in the session. Of a paused one it is seen to when that goes on: its terminal echoes, and nobody reads. */
export async function settleAbandoned(dependencies: SessionDependencies, session: string): Promise<void> {
  const abandoned = dependencies.store.read((tx) => pendingFor(tx, session)).filter(isAbandoned);
  if (abandoned.length === 0 || isPaused(dependencies, session)) return;
  for (const delivery of abandoned) {
    // Text and Enter were taken; nobody saw what became of it.
    if (delivery.typing === 'entered') await settle(dependencies, delivery, { kind: 'typed', seen: false });
    else if (!(await enterWhatStands(dependencies, delivery))) {
      await settle(dependencies, delivery, { kind: 'failed', why: unknownPart, typing: 'begun' });
    }
  }
}

const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

const isAbandoned = (delivery: Delivery): boolean => delivery.state === 'delivering' && isOwnerGone(delivery);

export function isOwnerGone({ owner }: Delivery): boolean {
  const identity = ownerSchema.safeParse(owner);
  return identity.success && probeProcess(identity.data) === 'gone';
}

export function isPaused(dependencies: SessionDependencies, session: string): boolean {
  const found = findSession(dependencies, session);
  return found.ok && frozenOf(found.value) !== null;
}

/** Milliseconds before each look: a busy program shows late what was typed. */
const looks = [0, 200, 400, 800] as const;

/**
 * Only Enter is missing where the whole text is seen in the line for input. False where it is not.
 * @param as the message's id from now on
 */
export async function enterWhatStands(
  dependencies: SessionDependencies,
  delivery: Delivery,
  as: string = delivery.id,
): Promise<boolean> {
  const listener = listenerNow(dependencies, delivery);
  if (listener === null) return false;
  for (const wait of looks) {
    await delay(wait);
    // An older screen may still show what was entered since.
    const look = await lookOnce(dependencies, delivery.session, listener.terminal);
    if (look.kind !== 'seen' || !isReadyForEnter(delivery, listener, look.screen)) continue;
    const { screen } = look;
    const own = await dependencies.store.write('send: take over', (tx) =>
      takeOver(tx, delivery, { owner: dependencies.identity, as }),
    );
    // Somebody else was quicker.
    if (own === null) return true;
    await settleTyped(dependencies, own, listener, await enterText(dependencies, listener, { text: own.body, screen }));
    return true;
  }
  return false;
}

/** Where it asks something meanwhile, Enter would be an answer. */
const isReadyForEnter = ({ body, anyway }: Delivery, { signs }: Listener, screen: TerminalScreen): boolean =>
  standsInLine({ text: body, signs }, screen) === 'whole' && (anyway || questionThatHoldsText(screen) === null);

/** Null when the terminal in which it was begun is gone, and with it whatever stood there. */
function listenerNow(dependencies: SessionDependencies, { session, updated }: Delivery): Listener | null {
  const found = findSession(dependencies, session);
  if (!found.ok || found.value.terminal === null) return null;
  const { terminal } = found.value;
  const row = dependencies.store.read((tx) => getTerminal(tx, terminal));
  return row !== null && row.created > updated ? null : listenerOf(dependencies, found.value, terminal);
}

/** Why nothing may be typed into the session now; null: nothing half typed stands in its line for input. */
export async function holdsLine(
  dependencies: SessionDependencies,
  session: string,
  screen: TerminalScreen | null,
): Promise<string | null> {
  for (const delivery of dependencies.store.read((tx) => unfinishedFor(tx, session))) {
    if (mayStand(dependencies, delivery, screen)) return halfTyped(delivery);
    await dependencies.store.write('send: nothing stands', (tx) => forgetTyping(tx, delivery));
  }
  return null;
}

function mayStand(dependencies: SessionDependencies, delivery: Delivery, screen: TerminalScreen | null): boolean {
  const listener = listenerNow(dependencies, delivery);
  if (listener === null) return false;
  return screen === null || standsInLine({ text: delivery.body, signs: listener.signs }, screen) !== 'gone';
}

const halfTyped = ({ body }: Delivery): string =>
  `It waits, since an earlier message may stand half typed in the terminal: "${beginning(body)}". ` +
  'Look there; then discard that one, or send it again.';

/** Characters that tell which message it is. */
const shown = 40;

const beginning = (body: string): string => {
  const line = body.replace(/\s+/g, ' ').trim();
  return line.length > shown ? `${line.slice(0, shown)}…` : line;
};
