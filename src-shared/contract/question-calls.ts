// Members of the contract about what a waiting agent asks.
import { z } from 'zod';
import { askedQuestionSchema, choiceNumberSchema, textAnswerSchema } from '#shared/domain/asked-question.ts';
import { sessionIdSchema, uuidSchema } from '#shared/domain/identifier.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;

const asked = z.strictObject({ id: sessionIdSchema, question: uuidSchema });

export const questionCalls = {
  /** Looks at the session's screen now; null when it asks nothing. */
  'session.question': call({
    input: z.strictObject({ id: sessionIdSchema }),
    output: askedQuestionSchema.nullable(),
    problems: ['session-unknown', 'runtime-unreachable', ...storage],
  }),
  /**
   * Types the keys of an answer, once and only while that very question stands on the screen, and waits up to five seconds for the agent to
   * go on. `question-outdated`: nothing was typed.
   */
  'session.answer': call({
    input: z.union([asked.extend({ choice: choiceNumberSchema }), asked.extend({ text: textAnswerSchema })]),
    output: z.strictObject({
      outcome: z.enum(['confirmed', 'not-confirmed']),
      /** Why it is not confirmed; null when it is. */
      why: z.string().nullable(),
      /** What was typed. */
      sent: z.string(),
    }),
    problems: [
      'session-unknown',
      'question-unknown',
      'question-outdated',
      'answer-not-possible',
      'runtime-unreachable',
      ...storage,
    ],
  }),
};
