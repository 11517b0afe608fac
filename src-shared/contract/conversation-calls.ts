// The member of the contract about the conversation of an agent that keeps its ids to itself.
import { z } from 'zod';
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import { call } from '#shared/rpc/define-contract.ts';

export const conversationCalls = {
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
};
