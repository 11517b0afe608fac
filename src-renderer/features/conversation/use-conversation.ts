import { useEffect, useMemo } from 'react';
import { createConversation, type Conversation } from '../../state/conversation.ts';
import { whileVisible } from '../../state/while-visible.ts';
import { useApp } from '../app-context.tsx';

/** Milliseconds between two looks: an agent writes a message down when it is whole. */
const lookEvery = 1_000;

/** One of its own for each session, which goes on while somebody can see it. */
export function useConversation(session: string): Conversation {
  const { connection } = useApp();
  const conversation = useMemo(() => createConversation(connection, session), [connection, session]);
  useEffect(
    () =>
      whileVisible(() => {
        void conversation.look();
        const timer = setInterval(() => void conversation.look(), lookEvery);
        return () => clearInterval(timer);
      }),
    [conversation],
  );
  return conversation;
}
