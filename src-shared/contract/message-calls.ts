// Members of the contract about texts on their way to an agent.
import { z } from 'zod';
import { sessionIdSchema, uuidSchema } from '#shared/domain/identifier.ts';
import { sendOutcomeSchema } from '#shared/domain/message.ts';
import { maximalPromptLength } from '#shared/domain/session.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;
const kept = z.strictObject({ session: sessionIdSchema, message: uuidSchema });
const sent = z.strictObject({
  outcome: sendOutcomeSchema,
  /** Why it is not confirmed; null when it is. */
  why: z.string().nullable(),
  /** The session had ended and was restored for it. */
  restored: z.boolean(),
});
const sendProblems = [
  'session-unknown',
  'session-ended',
  'runtime-unreachable',
  'message-refused',
  ...storage,
] as const;

export const messageCalls = {
  /**
   * Types the text into the agent's terminal and presses Enter, as soon as the agent listens. The same message id is typed once. Answers
   * with what became of it, at the latest after `timeout` seconds.
   */
  'session.send': call({
    input: z.strictObject({
      id: sessionIdSchema,
      message: uuidSchema,
      text: z.string().min(1).max(maximalPromptLength),
      /** Restore one that has ended. */
      restore: z.boolean().default(true),
      /** Type it also while a question stands on the screen. */
      anyway: z.boolean().default(false),
      timeout: z.number().min(0).max(3600).default(30),
    }),
    output: sent,
    problems: sendProblems,
  }),
  /** Once more, under the id `as`, one that failed or was not seen to arrive. */
  'message.sendAgain': call({ input: kept.extend({ as: uuidSchema }), output: sent, problems: sendProblems }),
  /** Type one that waits, whatever is on the screen. */
  'message.sendAnyway': call({ input: kept, output: z.null(), problems: ['message-unknown', ...storage] }),
  'message.discard': call({ input: kept, output: z.null(), problems: ['message-unknown', ...storage] }),
};
