// What a session asks, and the answers: each with exactly what it sends. The same card in the queue, under a terminal and in the quick reply.
import { CornerDownLeft, TriangleAlert } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { AskedQuestion, Choice } from '#shared/domain/asked-question.ts';
import {
  choiceEffect,
  defaultChoice,
  deniedWithReason,
  isGuessed,
  keysText,
  unusualWords,
} from '#shared/domain/answer-words.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import type { AnswerProgress } from '../../state/answers.ts';
import { SavedReplyList, useSavedReplies } from '../session/saved-replies.tsx';
import type { Answering } from './use-answering.ts';

export function AnswerCard({
  session,
  answering,
  current,
  calm = false,
  brief = false,
  replying,
  onReply,
  onOpen,
}: {
  readonly session: SessionView;
  readonly answering: Answering;
  /** It has the keyboard: its first answer may be filled, and its buttons are in the tab order. */
  readonly current: boolean;
  /** One of several that have it: no answer is filled. */
  readonly calm?: boolean;
  /** One of many: at most two lines of what it asks. */
  readonly brief?: boolean;
  readonly replying: boolean;
  readonly onReply: (on: boolean) => void;
  readonly onOpen: () => void;
}) {
  const { question, progress } = answering;
  if (progress?.kind === 'waiting') return <Cancelable progress={progress} onCancel={answering.cancel} />;
  if (progress !== null && (progress.kind === 'sending' || progress.kind === 'sent'))
    return <Progress progress={progress} onOpen={onOpen} />;
  if (question === null) return <Untold session={session} current={current} onOpen={onOpen} />;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Asked question={question} brief={brief} />
      {progress === null || progress.kind === 'refused' ? (
        <>
          {progress === null ? null : <Progress progress={progress} onOpen={onOpen} />}
          <Answers {...{ session, question, answering, current, calm, replying, onReply, onOpen }} />
        </>
      ) : (
        <Progress progress={progress} onOpen={onOpen} />
      )}
    </div>
  );
}

/** It asks, and only its terminal shows what. */
function Untold({
  session,
  current,
  onOpen,
}: Pick<Parameters<typeof AnswerCard>[0], 'session' | 'current' | 'onOpen'>) {
  return (
    <div className="flex min-w-0 items-center gap-3">
      <p className="line-clamp-2 min-w-0 flex-1 break-words text-soft">{session.because}</p>
      <Button size={28} tabIndex={current ? 0 : -1} onClick={onOpen}>
        Open
      </Button>
    </div>
  );
}

function Asked({ question, brief }: { readonly question: AskedQuestion; readonly brief: boolean }) {
  const { command, cwd, unusual, text, kind } = question;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {command === null || kind !== 'permission' ? (
        <p className={`break-words ${brief ? 'line-clamp-2' : ''}`}>
          {isGuessed(question) ? <Guessed /> : null}
          {text}
        </p>
      ) : null}
      <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 empty:hidden">
        {command === null ? null : (
          <code
            className={`max-h-40 max-w-full rounded-control border border-line bg-term px-2 py-0.5 font-mono text-[12.5px] break-all whitespace-pre-wrap ${brief ? 'line-clamp-2' : 'overflow-y-auto'}`}
            title={command}
          >
            {command}
          </code>
        )}
        {cwd === null ? null : (
          <span className="min-w-0 text-caption break-all text-faint">
            in <span className="font-mono text-[11.5px]">{cwd}</span>
          </span>
        )}
        {unusual.length === 0 ? null : (
          <span className="text-caption font-medium text-ask">
            {unusual.map((each) => unusualWords[each]).join(' · ')}
          </span>
        )}
      </div>
    </div>
  );
}

/** Nobody told of it: it was read from the screen. */
const Guessed = () => (
  <span className="me-2 inline-flex align-middle" title="Read from the screen; nobody told of it">
    <Chip small>guessed</Chip>
  </span>
);

function Answers({
  session,
  question,
  answering,
  current,
  calm,
  replying,
  onReply,
  onOpen,
}: Omit<Parameters<typeof AnswerCard>[0], 'brief' | 'calm'> & {
  readonly question: AskedQuestion;
  readonly calm: boolean;
}) {
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

/** What was typed stays until something was sent. */
function TextAnswer({
  kind,
  answering: { draft, write, typing },
  project,
  wanted,
  label,
  placeholder,
  onSend,
  onDone,
}: {
  readonly kind: 'text' | 'reason';
  readonly answering: Answering;
  /** Whose saved replies stand behind a slash. */
  readonly project: string;
  /** Somebody asked for it, and has the keyboard there. */
  readonly wanted: boolean;
  readonly label: string;
  readonly placeholder: string;
  /** False: nothing is sent now. */
  readonly onSend: (text: string) => boolean;
  readonly onDone: () => void;
}) {
  const text = draft(kind);
  const setText = (next: string): void => write(kind, next);
  const field = useRef<HTMLInputElement>(null);
  const typed = useTyping(field, wanted, typing);
  const send = (): void => {
    if (text.trim() !== '' && onSend(text)) onDone();
  };
  const discard = (): void => {
    setText('');
    onDone();
  };
  const replies = useSavedReplies(project, text, setText);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing || replies.onKeyDown(event)) return;
    if (event.key === 'Enter') send();
    if (event.key === 'Escape') discard();
  };
  return (
    <div className="flex flex-wrap gap-1.5">
      <input
        ref={field}
        type="text"
        {...replies.wired}
        {...typed}
        autoComplete="off"
        aria-label={label}
        placeholder={placeholder}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-7 min-w-0 flex-1 rounded-control border border-control bg-raised px-2"
      />
      <Button size={28} disabled={text.trim() === ''} onClick={send}>
        Send <span className="text-caption font-normal text-faint">{text.trim() === '' ? '' : '⏎'}</span>
      </Button>
      <SavedReplyList replies={replies} className="w-full" />
    </div>
  );
}

/** @param tell whether somebody types in the field; one in another window comes back to it */
function useTyping(field: RefObject<HTMLInputElement | null>, wanted: boolean, tell: (on: boolean) => void) {
  const told = useRef(tell);
  useEffect(() => {
    told.current = tell;
  });
  useEffect(() => {
    if (wanted) field.current?.focus();
  }, [field, wanted]);
  useEffect(() => () => told.current(false), []);
  return {
    onFocus: () => tell(true),
    onBlur: () => {
      if (document.activeElement !== field.current) tell(false);
    },
  };
}

/** What was given waits a moment: only then can it be taken back. */
function Cancelable({
  progress: { label, until },
  onCancel,
}: {
  readonly progress: Extract<AnswerProgress, { kind: 'waiting' }>;
  readonly onCancel: () => void;
}) {
  const left = useSecondsUntil(until);
  return (
    <div className="flex min-w-0 items-center gap-2">
      <p role="status" className="min-w-0 truncate text-soft">
        Sending in <span className="tabular">{left}</span> · {label}
      </p>
      <Button size={28} onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

function useSecondsUntil(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.max(1, Math.ceil((until - now) / 1000));
}

/** What became of the answer. A sent one can't be taken back, so nothing here pretends it could. */
function Progress({
  progress,
  onOpen,
}: {
  readonly progress: Exclude<AnswerProgress, { kind: 'waiting' }>;
  readonly onOpen: () => void;
}) {
  switch (progress.kind) {
    case 'sending':
      return (
        <p role="status" className="text-soft">
          Sending: {progress.label} <span className="text-faint">· waiting for the agent</span>
        </p>
      );
    case 'sent':
      return (
        <p role="status" className="font-medium text-ready">
          Sent: {progress.label}
        </p>
      );
    case 'not-confirmed':
      return (
        <Warning
          text={`Sent: ${progress.label}. Not confirmed${progress.why === null ? '' : `: ${progress.why}`}`}
          onOpen={onOpen}
        />
      );
    case 'outdated':
    case 'refused':
      return <Warning text={progress.what} onOpen={onOpen} />;
  }
}

const Warning = ({ text, onOpen }: { readonly text: string; readonly onOpen: () => void }) => (
  <div role="alert" className="flex min-w-0 items-center gap-2">
    <TriangleAlert size={15} className="shrink-0 text-ask" aria-hidden="true" />
    <span className="min-w-0 flex-1 break-words">{text}</span>
    <Button size={28} onClick={onOpen}>
      Open terminal
    </Button>
  </div>
);
