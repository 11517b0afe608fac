// The terminals of a session: its agent's, and shells beside it.
import { z } from 'zod';
import { uuidSchema } from './identifier.ts';
import { terminalExitSchema } from './terminal.ts';

/** Label of the shell that runs the project's run command. */
export const runLabel = 'run';

export const sessionTerminalSchema = z.strictObject({
  id: uuidSchema,
  role: z.enum(['agent', 'shell']),
  /** `agent`, `run`, `shell 1`, …: what it is called on the screen and in the command. */
  name: z.string(),
  state: z.enum(['starting', 'alive', 'exited', 'lost']),
  exit: terminalExitSchema.nullable(),
});
export type SessionTerminal = z.infer<typeof sessionTerminalSchema>;

type Row = Omit<SessionTerminal, 'name'> & { readonly label: string };

/** The agent's present one first, then the run command's, then shells by age. Those of earlier launches are not shown. */
export function sessionTerminals(rows: readonly Row[], agent: string | null): readonly SessionTerminal[] {
  const shells = rows.filter(({ role }) => role === 'shell');
  const plain = shells.filter(({ label }) => label !== runLabel);
  return [
    ...rows.filter(({ id }) => id === agent).map((row) => named(row, 'agent')),
    ...shells.filter(({ label }) => label === runLabel).map((row) => named(row, runLabel)),
    ...plain.map((row, index) => named(row, `shell ${index + 1}`)),
  ];
}

const named = ({ id, role, state, exit }: Row, name: string): SessionTerminal => ({ id, role, name, state, exit });
