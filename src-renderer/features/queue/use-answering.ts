// What a card does with the question of its session: give one answer, once, and say what became of it.
import { useEffect, useRef } from 'react';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { draftOf, type Answer, type AnswerProgress } from '../../state/answers.ts';
import { useApp, useStore } from '../app-context.tsx';

/** Milliseconds in which a question that has just come up takes no answer: keys on their way were meant for something else. */
const settling = 350;

export interface Answering {
  readonly question: AskedQuestion | null;
  readonly progress: AnswerProgress | null;
  readonly canAnswer: boolean;
  /** False when it takes none now: it has only just come up, or was answered. */
  give(answer: Answer): boolean;
  /** Nothing is sent of what waits to be sent. */
  cancel(): void;
  /** False when no choice has this number. */
  giveNumber(number: number): boolean;
  draft(kind: DraftKind): string;
  write(kind: DraftKind, text: string): void;
  /** Somebody types an answer, and goes on with this question, whatever the session asks by then. */
  typing(on: boolean): void;
}

type DraftKind = 'text' | 'reason';

export interface AnsweringTold {
  /** An answer is on its way, and then what became of it. */
  readonly onGive: () => void;
  readonly onGiven: (progress: AnswerProgress) => void;
  readonly onTyping: (on: boolean) => void;
}

export function useAnswering(session: SessionView, told: AnsweringTold): Answering {
  const { answers } = useApp();
  const { question } = session;
  const progress = useStore(answers.progress).get(question?.id ?? '') ?? null;
  const id = question?.id ?? null;
  const shown = useRef({ id, at: 0 });
  useEffect(() => {
    shown.current = { id, at: performance.now() };
  }, [id]);
  const canAnswer = question !== null && (progress === null || progress.kind === 'refused');
  const drafts = useStore(answers.drafts);
  const give = (answer: Answer): boolean => {
    if (question === null || !canAnswer || performance.now() - shown.current.at < settling) return false;
    told.onGive();
    void answers.give(session.id, question, answer).then((became) => told.onGiven(became));
    return true;
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
    draft: (kind) => drafts.get(draftOf(id ?? '', kind)) ?? '',
    write: (kind, text) => answers.write(draftOf(id ?? '', kind), text),
    typing: told.onTyping,
  };
}
