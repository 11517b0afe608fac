// Has Codex delete one of its conversations, archived or not.
import { run } from '../../../../lib/exec.ts';
import type { DeletedConversation, DeletionLook } from '../../agent.ts';

/** Milliseconds: on a busy machine the program alone takes long to start. */
const cap = 60_000;

/** As codex 0.171.0 does it: `--force`, without which it asks, takes nothing but an id. */
export async function deleteCodexConversation(look: DeletionLook): Promise<DeletedConversation> {
  if (look.program === null) return { kind: 'unknown', why: 'its program was not found' };
  const args = ['delete', '--force', '--', look.conversation];
  const told = await run({ file: look.program, args, cwd: look.cwd, env: { ...look.login }, timeoutMs: cap });
  if (told.kind === 'exited' && told.code === 0) return { kind: 'deleted' };
  // It says the same of one that it does not know and of one that it could not delete.
  const said = told.kind === 'exited' ? told.stderr : '';
  return { kind: 'unknown', why: `codex delete: ${told.kind} ${said.trim().slice(-200)}`.trim() };
}
