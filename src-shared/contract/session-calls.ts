// Members of the contract about what becomes of a session after its spawn.
import { z } from 'zod';
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;

export const sessionCalls = {
  /**
   * Starts an ended session again under its id and on its branch: its conversation is resumed by its exact id where the agent can, else
   * the agent starts anew without a prompt. A missing worktree is made again from its branch.
   */
  'session.restore': call({
    input: z.strictObject({ id: sessionIdSchema }),
    output: z.strictObject({
      session: sessionIdSchema,
      /** False: the agent started anew. */
      resumed: z.boolean(),
      /** The worktree was made again. */
      workspaceMade: z.boolean(),
    }),
    problems: [
      'session-unknown',
      'session-damaged',
      'session-running',
      'spawn-refused',
      'agent-unknown',
      'agent-missing',
      'workspace-missing',
      'conversation-live',
      'terminal-failed',
      'runtime-unreachable',
      'project-unknown',
      'restore-cancelled',
      'restore-queued',
      'limit-reached',
      'spawns-paused',
      ...storage,
    ],
  }),
};
