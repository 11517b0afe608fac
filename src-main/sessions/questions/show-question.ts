// Opens and closes the questions of sessions: told what one shows now, it brings the stored question in line with that.
import { z } from 'zod';
import type { AskedQuestion, FoundQuestion } from '#shared/domain/asked-question.ts';
import { isSameQuestion } from '#shared/domain/found-question.ts';
import { joinQuestion } from '#shared/domain/join-question.ts';
import { probeProcess } from '../../lib/process-identity.ts';
import type { SessionDependencies } from '../dependencies.ts';
import {
  closeQuestion,
  closeUnreadable,
  enrichQuestion,
  insertQuestion,
  listOpenQuestions,
  type Closing,
  type StoredQuestion,
} from '../../storage/questions.ts';
import { isAsked } from './is-asked.ts';

/** What a session asks as far as can be seen now. */
export type ShownQuestion =
  | {
      readonly kind: 'asks';
      readonly terminal: string;
      readonly source: AskedQuestion['source'];
      readonly found: FoundQuestion;
      /** Since when, in milliseconds since the epoch. */
      readonly at: number;
      /** When somebody last typed into the terminal. */
      readonly typedAt: number | null;
      /** It draws while it asks. Not there where nobody has looked twice. */
      readonly drawsOn?: boolean;
    }
  /** `why` it asks nothing (any more). */
  | { readonly kind: 'nothing'; readonly why: 'typed' | 'withdrawn' | 'ended' }
  /** Nobody can tell: what is open stays open. */
  | { readonly kind: 'unknown' };

/** Writes only when something changes. Does nothing to a question that somebody is about to answer: whoever answers it closes it. */
export async function showQuestion(
  { store, newId, now }: Pick<SessionDependencies, 'store' | 'newId' | 'now'>,
  session: string,
  shown: ShownQuestion,
): Promise<void> {
  if (store.read((tx) => changeFor(openIn(listOpenQuestions(tx, session)), shown, now())) === null) return;
  await store.write('questions: show', (tx) => {
    const open = openIn(listOpenQuestions(tx, session));
    const change = changeFor(open, shown, tx.now);
    if (change === null) return;
    if (change.enrich !== undefined && open !== null) return enrichQuestion(tx, open, change.enrich);
    if (change.close !== undefined && open !== null) closeQuestion(tx, open, change.close);
    if (shown.kind !== 'asks') return;
    closeUnreadable(tx, session);
    const { terminal, source, found, at, drawsOn = false } = shown;
    insertQuestion(tx, { id: newId(), session, terminal, source, found, asked: at, drawsOn });
  });
}

const openIn = (open: readonly StoredQuestion[]): StoredQuestion | null => open[0] ?? null;

interface Change {
  readonly close?: Closing;
  readonly enrich?: Pick<StoredQuestion, 'source' | 'found' | 'asked' | 'drawsOn'>;
}

/** Null: all is as it should be. */
function changeFor(open: StoredQuestion | null, shown: ShownQuestion, now: number): Change | null {
  if (shown.kind === 'unknown' || (open !== null && isBeingAnswered(open, now))) return null;
  if (shown.kind === 'nothing') return open === null ? null : { close: { kind: shown.why } };
  if (open === null) return {};
  const wasTyped = shown.typedAt !== null && shown.typedAt > open.asked;
  const wasGivenUp = open.answering !== null;
  if (open.terminal !== shown.terminal || wasTyped || wasGivenUp) {
    return { close: { kind: wasTyped ? 'typed' : 'outdated' } };
  }
  const drawsOn = open.drawsOn || shown.drawsOn === true;
  if (isSameQuestion(open.found, shown.found) || isStillShown(open, shown)) {
    return drawsOn === open.drawsOn ? null : { enrich: { ...open, drawsOn } };
  }
  return isSaidAgain(open, shown)
    ? { enrich: { source: shown.source, found: shown.found, asked: shown.at, drawsOn } }
    : { close: { kind: 'outdated' } };
}

type Asks = Extract<ShownQuestion, { kind: 'asks' }>;

/** What a hook told of it is known, also when it tells of something else meanwhile. */
const isStillShown = (open: StoredQuestion, { source, found }: Asks): boolean =>
  open.source === 'both' && source === 'screen' && isAsked(open, found);

/** A hook told of it, and the screen shows how it can be answered, whichever came first. */
const isSaidAgain = ({ source, found }: StoredQuestion, shown: Asks): boolean =>
  shown.source === 'both' &&
  (source === 'hook' ? found.command === shown.found.command : joinQuestion(shown.found, found) !== null);

const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string(), at: z.number() });
/** Milliseconds after which an answer has come to its end, whatever became of it. */
const longest = 120_000;

/** By a process that lives, or of which nobody can tell. */
function isBeingAnswered({ answering }: StoredQuestion, now: number): boolean {
  if (answering === null) return false;
  const owner = ownerSchema.safeParse(answering);
  return owner.success && now - owner.data.at < longest && probeProcess(owner.data) !== 'gone';
}
