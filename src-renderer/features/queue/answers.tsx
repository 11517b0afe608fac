// The answers that a question takes: its numbered choices, a reason with the no, and a reply.
import { CornerDownLeft } from 'lucide-react';
import { useId, useState } from 'react';
import type { AskedQuestion, Choice } from '#shared/domain/asked-question.ts';
import { choiceEffect, defaultChoice, deniedWithReason, isGuessed, keysText } from '#shared/domain/answer-words.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { TextAnswer } from './text-answer.tsx';
import type { Answering } from './use-answering.ts';

export interface AnswerPlace {
  readonly session: SessionView;
  /** It has the keyboard: its first answer may be filled, and its buttons are in the tab order. */
  readonly current: boolean;
  /** One of several that have it: no answer is filled. */
  readonly calm?: boolean;
  readonly replying: boolean;
  readonly onReply: (on: boolean) => void;
  readonly onOpen: () => void;
}

export function Answers({
  session,
  question,
  answering,
  current,
  calm = false,
  replying,
  onReply,
  onOpen,
}: AnswerPlace & { readonly question: AskedQuestion; readonly answering: Answering }) {
  const [pointed, setPointed] = useState<Choice | null>(null);
  const [reasoning, setReasoning] = useState(false);
  const denying = deniedWithReason(question);
  const isReplying = replying || answering.draft('text') !== '';
  const note = useId();
  const preferred = defaultChoice(question);
  const [first] = question.choices;
  const told = pointed ?? preferred ?? first ?? null;
  const tabIndex = current ? 0 : -1;
  return (
    <>
      <div className="flex min-w-0 flex-wrap items-center gap-1.5" role="group" aria-label="Answers">
        {question.choices.map((choice) => (
          <ChoiceButton
            key={choice.number}
            choice={choice}
            question={question}
            filled={current && !calm && choice === preferred}
            tabIndex={tabIndex}
            describedBy={note}
            onPoint={setPointed}
            onChoose={() => answering.give({ kind: 'choice', choice })}
          />
        ))}
        {denying !== null && !reasoning && answering.draft('reason') === '' ? (
          <Button size={28} kind="quiet" tabIndex={tabIndex} onClick={() => setReasoning(true)}>
            Deny with reason
          </Button>
        ) : null}
        {question.takesText && !isReplying ? (
          <Button size={28} kind="quiet" tabIndex={tabIndex} onClick={() => onReply(true)}>
            <CornerDownLeft size={14} strokeWidth={1.5} aria-hidden="true" /> Reply
          </Button>
        ) : null}
        <span id={note} className="min-w-0 truncate ps-1 text-caption text-faint">
          {told === null ? 'Not known what could be typed.' : `sends ${keysText(told.keys)}`}
        </span>
        <span className="ms-auto">
          <Button size={28} kind="quiet" tabIndex={tabIndex} onClick={onOpen}>
            Open
          </Button>
        </span>
      </div>
      {denying !== null && (reasoning || answering.draft('reason') !== '') ? (
        <TextAnswer
          kind="reason"
          {...{ answering, project: session.project, wanted: reasoning }}
          label="Reason"
          placeholder="Why not, and what to do instead"
          onSend={(text) => answering.give({ kind: 'reason', choice: denying, text })}
          onDone={() => setReasoning(false)}
        />
      ) : null}
      {question.takesText && isReplying ? (
        <TextAnswer
          kind="text"
          {...{ answering, project: session.project, wanted: replying }}
          label="Reply"
          placeholder="Type a reply"
          onSend={(text) => answering.give({ kind: 'text', text })}
          onDone={() => onReply(false)}
        />
      ) : null}
    </>
  );
}

/** `allow once: npm run migrate · sends 1⏎` */
const sendsText = (question: AskedQuestion, choice: Choice): string =>
  `${choiceEffect(question, choice)} · sends ${keysText(choice.keys)}`;

function ChoiceButton({
  choice,
  question,
  filled,
  tabIndex,
  describedBy,
  onPoint,
  onChoose,
}: {
  readonly choice: Choice;
  readonly question: AskedQuestion;
  readonly filled: boolean;
  readonly tabIndex: number;
  readonly describedBy: string;
  readonly onPoint: (choice: Choice | null) => void;
  readonly onChoose: () => void;
}) {
  const guessed = isGuessed(question);
  return (
    <Button
      size={28}
      kind={filled ? 'primary' : guessed ? 'outline' : 'normal'}
      tabIndex={tabIndex}
      title={sendsText(question, choice)}
      aria-describedby={describedBy}
      className="max-w-full"
      onClick={onChoose}
      onFocus={() => onPoint(choice)}
      onBlur={() => onPoint(null)}
      onMouseEnter={() => onPoint(choice)}
      onMouseLeave={() => onPoint(null)}
    >
      <kbd
        className={`tabular inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-[3px] px-1 font-sans text-micro font-medium ${filled ? 'bg-accent-deep text-white' : 'bg-raised text-soft'}`}
      >
        {guessed ? keysText(choice.keys) : choice.number}
      </kbd>
      <span className="truncate">{choice.label}</span>
    </Button>
  );
}
