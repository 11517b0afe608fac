// Which conversations of opencode are of a session: those that bear its name, else those that were held in its worktree.
import { z } from 'zod';
import { run } from '../../../../lib/exec.ts';
import type { ConversationLook, DeletedConversation, DeletionLook, FoundConversations } from '../../agent.ts';

/** Milliseconds. */
const cap = 10_000;
/** A deletion can't be asked for again and again as a list can: on a busy machine the program alone takes long to start. */
const deletionCap = 60_000;

const idForm = /^ses_[A-Za-z0-9_-]{1,190}$/;

/** As opencode 1.18.33 lists them; it prints nothing at all when there is none. */
const listSchema = z.array(
  z.object({
    id: z.string().regex(idForm),
    title: z.string(),
    updated: z.number(),
    directory: z.string().optional(),
  }),
);

export async function listOpencodeConversations(look: ConversationLook): Promise<FoundConversations> {
  if (look.program === null) return { kind: 'unknown', why: 'its program was not found' };
  const args = ['session', 'list', '--format', 'json'];
  const told = await run({ file: look.program, args, cwd: look.cwd, env: { ...look.login }, timeoutMs: cap });
  if (told.kind !== 'exited' || told.code !== 0) return { kind: 'unknown', why: `opencode session list: ${told.kind}` };
  return conversationsIn(told.stdout, look);
}

/** As opencode 1.18.33 does it, which takes nothing after `--`. */
export async function deleteOpencodeConversation(look: DeletionLook): Promise<DeletedConversation> {
  if (look.program === null) return { kind: 'unknown', why: 'its program was not found' };
  if (!idForm.test(look.conversation)) return { kind: 'unknown', why: 'it is no id of opencode' };
  const args = ['session', 'delete', look.conversation];
  const told = await run({ file: look.program, args, cwd: look.cwd, env: { ...look.login }, timeoutMs: deletionCap });
  if (told.kind === 'exited' && told.code === 0) return { kind: 'deleted' };
  const said = told.kind === 'exited' ? told.stderr : '';
  if (/\bSession not found\b/i.test(said)) return { kind: 'missing' };
  return { kind: 'unknown', why: `opencode session delete: ${told.kind} ${said.trim().slice(0, 200)}`.trim() };
}

export function conversationsIn(
  printed: string,
  { session, workspacePath }: Pick<ConversationLook, 'session' | 'workspacePath'>,
): FoundConversations {
  const list = parse(printed);
  if (list === null) return { kind: 'unknown', why: `opencode printed ${JSON.stringify(printed.slice(0, 200))}` };
  const newestFirst = list.toSorted((a, b) => b.updated - a.updated);
  const named = newestFirst.filter(({ title }) => title === `AO:${session}`);
  const there = newestFirst.filter(({ directory }) => workspacePath !== null && directory === workspacePath);
  return { kind: 'listed', conversations: [...new Set([...named, ...there].map(({ id }) => id))] };
}

function parse(printed: string): z.infer<typeof listSchema> | null {
  if (printed.trim() === '') return [];
  try {
    return listSchema.safeParse(JSON.parse(printed)).data ?? null;
  } catch {
    return null; // Not JSON: whoever asked hears that nobody can tell.
  }
}
