// The card of the question that a notice tells of, in the notice centre: it answers what its session asks at that moment, by the question's id.
import { useState } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { stateWords } from '../../text.ts';
import { AnswerCard } from '../queue/answer-card.tsx';
import { answerByKey } from '../queue/answer-keys.ts';
import { useAnswering } from '../queue/use-answering.ts';
import type { Held } from '../queue/use-held.ts';

export function NoticeAnswer({
  session,
  held,
  onOpen,
}: {
  readonly session: SessionView;
  readonly held: Held;
  readonly onOpen: () => void;
}) {
  const [replying, setReplying] = useState(false);
  const answering = useAnswering(session, {
    onTyping: (on) => held.type(session, on),
    onGive: () => held.hold(session),
    onGiven: (progress) => held.settle(session.id, progress),
  });
  return (
    <div
      tabIndex={0}
      role="group"
      aria-label={`${session.name} ${stateWords[session.state].toLowerCase()}`}
      onKeyDown={(event) => void answerByKey(event, answering, () => setReplying(true))}
      className="mt-1 rounded-control"
    >
      <AnswerCard {...{ session, answering, replying, onOpen }} current calm onReply={setReplying} />
    </div>
  );
}
