// What a card does with the question of its session: give one answer, once, and say what became of it.
import { useEffect, useRef } from 'react';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Answer, AnswerProgress } from '../../state/answers.ts';
import { useApp, useStore } from '../app-context.tsx';

/** Milliseconds in which a question that has just come up takes no answer: keys on their way were meant for something else. */
const settling = 350;

export interface Answering {
  readonly question: AskedQuestion | null;
  readonly progress: AnswerProgress | null;
  readonly canAnswer: boolean;
  give(answer: Answer): void;
  /** Nothing is sent of what waits to be sent. */
  cancel(): void;
  /** False when no choice has this number. */
  giveNumber(number: number): boolean;
}

/** @param told when an answer is on its way, and then what became of it */
export function useAnswering(
  session: SessionView,
  told?: { readonly onGive: () => void; readonly onGiven: (progress: AnswerProgress) => void },
): Answering {
  const { answers } = useApp();
  const { question } = session;
  const progress = useStore(answers.progress).get(question?.id ?? '') ?? null;
  const id = question?.id ?? null;
  const shown = useRef({ id, at: 0 });
  useEffect(() => {
    shown.current = { id, at: performance.now() };
  }, [id]);
  const canAnswer = question !== null && (progress === null || progress.kind === 'refused');
  const give = (answer: Answer): void => {
    if (question === null || !canAnswer || performance.now() - shown.current.at < settling) return;
    told?.onGive();
    void answers.give(session.id, question, answer).then((became) => told?.onGiven(became));
  };
  return {
    question,
    progress,
    canAnswer,
    give,
    cancel: () => answers.cancel(question?.id ?? ''),
    giveNumber(number) {
      const choice = question?.choices.find((each) => each.number === number);
      if (choice === undefined) return false;
      give({ kind: 'choice', choice });
      return true;
    },
  };
}
