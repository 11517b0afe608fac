// What a session asks, and the answers: each with exactly what it sends. The same card in the queue, under a terminal and in the quick reply.
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import { isGuessed, unusualWords } from '#shared/domain/answer-words.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Cancelable, Progress } from './answer-progress.tsx';
import { Answers, type AnswerPlace } from './answers.tsx';
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
}: AnswerPlace & {
  readonly answering: Answering;
  /** One of many: at most two lines of what it asks. */
  readonly brief?: boolean;
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
}: Pick<AnswerPlace, 'current' | 'onOpen'> & { readonly session: SessionView }) {
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
