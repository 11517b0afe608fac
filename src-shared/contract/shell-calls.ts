// Members of the contract about the terminals beside the agent's: the project's run command, and shells to type in.
import { z } from 'zod';
import { sessionIdSchema, uuidSchema } from '#shared/domain/identifier.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;
const id = z.strictObject({ id: sessionIdSchema });
/** `already`: it was running. */
const opened = z.strictObject({ terminal: uuidSchema, already: z.boolean() });
const survivors = z.strictObject({ survivors: z.array(z.int()) });
const opening = [
  'session-unknown',
  'session-damaged',
  'project-unknown',
  'run-missing',
  'workspace-missing',
  'terminal-failed',
  ...storage,
] as const;
const closing = ['terminal-unknown', 'runtime-unreachable', 'processes-left', ...storage] as const;

export const shellCalls = {
  /** Starts the project's run command in the session's worktree, with its ports; there is one of it per session. */
  'session.run': call({ input: id, output: opened, problems: opening }),
  /** Ends it; what it printed stays to be read. */
  'session.stopRun': call({ input: id, output: survivors, problems: closing }),
  'session.openShell': call({ input: id, output: opened, problems: opening }),
  /** Ends a shell and forgets what it printed; never the agent's terminal. */
  'session.closeTerminal': call({ input: id.extend({ terminal: uuidSchema }), output: survivors, problems: closing }),
};
