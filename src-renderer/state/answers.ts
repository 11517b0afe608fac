// Answers on their way: one for each question, wherever it was given, so that every card of the question tells the same.
import type { AskedQuestion, Choice } from '#shared/domain/asked-question.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createStore, type Readable } from '../lib/store.ts';

export type Answer =
  | { readonly kind: 'choice'; readonly choice: Choice }
  | { readonly kind: 'text'; readonly text: string };

export type AnswerProgress =
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
}

export const answerLabel = (answer: Answer): string =>
  answer.kind === 'choice' ? answer.choice.label : `“${answer.text}”`;

/** Questions whose answers are remembered: more than wait at once. */
const remembered = 200;

export function createAnswers(connection: HostConnection): Answers {
  const progress = createStore<ReadonlyMap<string, AnswerProgress>>(new Map());
  const note = (question: string, now: AnswerProgress): AnswerProgress => {
    progress.update((before) => new Map([...before, [question, now] as const].slice(-remembered)));
    return now;
  };
  return {
    progress,
    async give(session, question, answer) {
      const before = progress.get().get(question.id);
      if (before !== undefined && before.kind !== 'refused') return before;
      const label = answerLabel(answer);
      note(question.id, { kind: 'sending', label });
      return note(question.id, await deliver(connection, { session, question: question.id, answer, label }));
    },
  };
}

async function deliver(
  connection: HostConnection,
  { session, question, answer, label }: { session: string; question: string; answer: Answer; label: string },
): Promise<AnswerProgress> {
  const given = answer.kind === 'choice' ? { choice: answer.choice.number } : { text: answer.text };
  const answered = await connection.call('session.answer', { id: session, question, ...given });
  if (answered.ok) {
    const { outcome, why } = answered.value;
    return outcome === 'confirmed' ? { kind: 'sent', label } : { kind: 'not-confirmed', label, why };
  }
  const { code, what } = answered.problem;
  const gone = code === 'question-outdated' || code === 'question-unknown';
  return gone ? { kind: 'outdated', what: `Nothing was sent. ${what}` } : { kind: 'refused', what };
}
