// Members of the contract about the conversations of agents, which are their own: what was said, which one it is where an agent keeps its ids to itself, and its end.
import { z } from 'zod';
import { besideSchema, conversationPageSchema } from '#shared/domain/conversation.ts';
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import { call } from '#shared/rpc/define-contract.ts';

export const conversationCalls = {
  /** A page of what was said, as the agent wrote it down: the last one, or one beside a place of an earlier page. */
  'session.conversation': call({
    input: z.strictObject({ id: sessionIdSchema, beside: besideSchema.nullable().default(null) }),
    output: conversationPageSchema,
    problems: ['session-unknown', 'session-damaged', 'cannot-tell', 'storage-busy', 'storage-newer'],
  }),
  /** Finds the session's conversation in its agent's own store, and remembers it. One that is known already stays, unless `force`. */
  'session.remap': call({
    input: z.strictObject({ id: sessionIdSchema, force: z.boolean() }),
    output: z.strictObject({ session: sessionIdSchema, conversation: z.string(), changed: z.boolean() }),
    problems: [
      'session-unknown',
      'session-damaged',
      'project-unknown',
      'agent-unknown',
      'agent-missing',
      'remap-refused',
      'conversation-missing',
      'cannot-tell',
      'storage-busy',
      'storage-newer',
    ],
  }),
  /** The agent of an ended session deletes their conversation, for good. Null: there was none any more. */
  'session.deleteConversation': call({
    input: z.strictObject({ id: sessionIdSchema }),
    output: z.strictObject({ conversation: z.string().nullable() }),
    problems: [
      'session-unknown',
      'session-damaged',
      'session-running',
      'removal-running',
      'agent-unknown',
      'agent-missing',
      'conversation-kept',
      'cannot-tell',
      'storage-busy',
      'storage-newer',
    ],
  }),
};
