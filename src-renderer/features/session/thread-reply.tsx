// Saying something in a thread, as the person who is signed in at the code host. What was typed stays until it is there.
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { Button } from '../../components/button.tsx';
import { inputLook } from '../../components/field.tsx';
import { useApp } from '../app-context.tsx';

type Thread = PullRequestFacts['threads'][number];

interface Sent {
  readonly text: string;
  /** The last comment when it was sent: it stands there by itself once that is another. */
  readonly after: string | undefined;
  readonly arrived: boolean;
}

export function ThreadReply({
  session,
  thread,
  place,
  children,
}: {
  readonly session: string;
  readonly thread: Thread;
  readonly place: string;
  /** What else can be done about it. */
  readonly children: ReactNode;
}) {
  const { connection } = useApp();
  const [text, setText] = useState('');
  const [writing, setWriting] = useState(false);
  const [sent, setSent] = useState<Sent | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const last = thread.comments.at(-1)?.id;
  const send = async (): Promise<void> => {
    setSent({ text, after: last, arrived: false });
    setWriting(false);
    setProblem(null);
    const done = await connection.call('pullRequest.reply', { id: session, thread: thread.id, text: text.trim() });
    if (done.ok) {
      setText('');
      setSent({ text, after: last, arrived: true });
      return;
    }
    setSent(null);
    setWriting(true);
    setProblem([done.problem.what, done.problem.todo].filter(Boolean).join(' '));
  };
  const isOnItsWay = sent !== null && sent.after === last;
  return (
    <>
      {isOnItsWay ? (
        <div className="mt-1.5 border-s-2 border-line ps-2.5" role="status">
          <p className="text-caption text-faint">
            <span className="font-medium text-soft">you</span> · {sent.arrived ? 'sent' : 'being sent'}
          </p>
          <p className="line-clamp-6 break-words whitespace-pre-wrap text-faint">{sent.text}</p>
        </div>
      ) : null}
      {writing ? (
        <ReplyField
          label={`Reply in the thread at ${place}`}
          text={text}
          problem={problem}
          onChange={setText}
          onSend={() => void send()}
          onCancel={() => setWriting(false)}
        />
      ) : (
        <div className="mt-1.5 -ms-2 flex gap-1">
          <Button
            size={24}
            kind="quiet"
            disabled={isOnItsWay}
            aria-label={`Reply in the thread at ${place}`}
            onClick={() => setWriting(true)}
          >
            Reply
          </Button>
          {children}
        </div>
      )}
    </>
  );
}

function ReplyField({
  label,
  text,
  problem,
  onChange,
  onSend,
  onCancel,
}: {
  readonly label: string;
  readonly text: string;
  readonly problem: string | null;
  readonly onChange: (text: string) => void;
  readonly onSend: () => void;
  readonly onCancel: () => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const isEmpty = text.trim() === '';
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onCancel();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!isEmpty) onSend();
  };
  return (
    <div className="mt-1.5 flex flex-col gap-1.5">
      <textarea
        ref={field}
        rows={3}
        aria-label={label}
        maxLength={8000}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className={`${inputLook} resize-y py-1`}
      />
      {problem === null ? null : (
        <p role="alert" className="text-caption break-words" style={{ color: 'var(--state-fail)' }}>
          Not sent: {problem}
        </p>
      )}
      <div className="flex gap-1.5">
        <Button size={24} disabled={isEmpty} onClick={onSend}>
          Send reply
        </Button>
        <Button size={24} kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
