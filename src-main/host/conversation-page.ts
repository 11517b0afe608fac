// What was said in a session, for whoever looks on.
import type { Beside, ConversationPage } from '#shared/domain/conversation.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { Result } from '#shared/lib/result.ts';
import { findSession } from '../sessions/session-record.ts';
import type { HostParts } from './host.ts';

type Answer = Result<ConversationPage, Problem<'session-unknown' | 'session-damaged' | 'cannot-tell'>>;

export async function conversationPage(
  { sessions, conversations }: Pick<HostParts, 'sessions' | 'conversations'>,
  id: string,
  beside: Beside | null,
): Promise<Answer> {
  const found = findSession(sessions, id);
  return found.ok ? conversations.read(found.value, beside) : found;
}
