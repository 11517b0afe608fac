// What becomes of an answer: a moment in which it can be taken back, then whether it arrived.
import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import type { AnswerProgress } from '../../state/answers.ts';

/** What was given waits a moment: only then can it be taken back. */
export function Cancelable({
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
export function Progress({
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
