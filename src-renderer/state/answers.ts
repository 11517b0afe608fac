// Answers on their way: one for each question, wherever it was given, so that every card of the question tells the same.
import type { AskedQuestion, Choice } from '#shared/domain/asked-question.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createStore, type Readable } from '../lib/store.ts';
import { uuidv7 } from '../lib/uuid.ts';

export type Answer =
  | { readonly kind: 'choice'; readonly choice: Choice }
  | { readonly kind: 'text'; readonly text: string }
  /** A no, and then as a message what to do instead. */
  | { readonly kind: 'reason'; readonly choice: Choice; readonly text: string };

export type AnswerProgress =
  /** It can still be cancelled. `until`: when it is sent. */
  | { readonly kind: 'waiting'; readonly label: string; readonly until: number }
  | { readonly kind: 'sending'; readonly label: string }
  /** Seen to arrive. */
  | { readonly kind: 'sent'; readonly label: string }
  /** Typed; nothing shows that the agent took it. */
  | { readonly kind: 'not-confirmed'; readonly label: string; readonly why: string | null }
  /** Nothing was sent: the question is not there any more. */
  | { readonly kind: 'outdated'; readonly what: string }
  /** Nothing was sent. */
  | { readonly kind: 'refused'; readonly what: string };

export interface Answers {
  /** By the question's id. */
  readonly progress: Readable<ReadonlyMap<string, AnswerProgress>>;
  /** A question that was answered, or is being answered, is not answered again. */
  give(session: string, question: AskedQuestion, answer: Answer): Promise<AnswerProgress>;
  /** Of one that waits to be sent: nothing is sent, and the question can be answered anew. */
  cancel(question: string): void;
  /** What was typed and is not sent yet, by `draftOf`. */
  readonly drafts: Readable<ReadonlyMap<string, string>>;
  write(draft: string, text: string): void;
}

/** What is typed for one question is for no other. */
export const draftOf = (question: string, kind: 'text' | 'reason'): string => `${question} ${kind}`;

export function answerLabel(answer: Answer): string {
  if (answer.kind === 'choice') return answer.choice.label;
  return answer.kind === 'text' ? `“${answer.text}”` : `${answer.choice.label}: “${answer.text}”`;
}

/** Questions whose answers are remembered: more than wait at once. */
const remembered = 200;

/**
 * @param delay seconds for which an answer waits before it is sent
 * @param keep takes what was typed for a question that is not there any more, and what could not be said after a no
 */
export function createAnswers(
  connection: HostConnection,
  delay: () => number,
  keep: (session: string, text: string) => void,
): Answers {
  const progress = createStore<ReadonlyMap<string, AnswerProgress>>(new Map());
  const drafts = createStore<ReadonlyMap<string, string>>(new Map());
  const write = (draft: string, text: string): void =>
    drafts.update((before) => {
      const others = [...before].filter(([one]) => one !== draft);
      return new Map(text === '' ? others : [...others, [draft, text] as const].slice(-remembered));
    });
  const cancels = new Map<string, () => void>();
  const note = (question: string, now: AnswerProgress): AnswerProgress => {
    progress.update((before) => new Map([...before, [question, now] as const].slice(-remembered)));
    return now;
  };
  /** False when it was cancelled. */
  const wait = async (question: string, label: string, length: number): Promise<boolean> => {
    note(question, { kind: 'waiting', label, until: Date.now() + length });
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, length, true);
    cancels.set(question, () => resolve(false));
    return promise.finally(() => {
      clearTimeout(timer);
      cancels.delete(question);
    });
  };
  return {
    progress,
    drafts,
    write,
    async give(session, question, answer) {
      const before = progress.get().get(question.id);
      if (before !== undefined && before.kind !== 'refused') return before;
      const label = answerLabel(answer);
      const length = delay() * 1000;
      if (length > 0 && !(await wait(question.id, label, length))) {
        progress.update((all) => new Map([...all].filter(([id]) => id !== question.id)));
        return { kind: 'refused', what: 'Cancelled. Nothing was sent.' };
      }
      note(question.id, { kind: 'sending', label });
      const { became, unsent } = await deliver(connection, { session, question: question.id, answer, label });
      if (became.kind !== 'refused')
        for (const kind of ['text', 'reason'] as const) write(draftOf(question.id, kind), '');
      if (unsent !== null) keep(session, unsent);
      return note(question.id, became);
    },
    cancel: (question) => cancels.get(question)?.(),
  };
}

interface Delivering {
  readonly session: string;
  readonly question: string;
  readonly answer: Answer;
  readonly label: string;
}

interface Delivered {
  readonly became: AnswerProgress;
  /** What was typed and can't be sent as it was meant; null when there is none. */
  readonly unsent: string | null;
}

async function deliver(
  connection: HostConnection,
  { session, question, answer, label }: Delivering,
): Promise<Delivered> {
  const given = answer.kind === 'text' ? { text: answer.text } : { choice: answer.choice.number };
  const typed = answer.kind === 'choice' ? null : answer.text;
  const answered = await connection.call('session.answer', { id: session, question, ...given });
  if (answered.ok) {
    const { outcome, why } = answered.value;
    const failed = answer.kind === 'reason' ? await sendReason(connection, session, answer.text) : null;
    return outcome === 'confirmed' && failed === null
      ? { became: { kind: 'sent', label }, unsent: null }
      : { became: { kind: 'not-confirmed', label, why: failed ?? why }, unsent: failed === null ? null : typed };
  }
  const { code, what } = answered.problem;
  if (code !== 'question-outdated' && code !== 'question-unknown')
    return { became: { kind: 'refused', what }, unsent: null };
  const kept = typed === null ? '' : ' What was typed stands in the message bar.';
  return { became: { kind: 'outdated', what: `Nothing was sent. ${what}${kept}` }, unsent: typed };
}

/** It is typed as soon as the agent listens. Why it is not, or null. */
async function sendReason(connection: HostConnection, id: string, text: string): Promise<string | null> {
  const message = { id, message: uuidv7(), text, restore: false, timeout: 0 };
  const sent = await connection.call('session.send', message);
  return sent.ok ? null : `The reason was not sent: ${sent.problem.what}`;
}
