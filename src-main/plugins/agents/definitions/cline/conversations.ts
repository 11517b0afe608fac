// Which conversations of Cline were held in a worktree: each has a directory with a file that says where. It can list them itself, but would start its
// background server for that.
import { join } from 'node:path';
import { isReallyInside, listDirectory, probePath, readHeadIfThere } from '../../../../lib/files.ts';
import type { ConversationLook, FoundConversations } from '../../agent.ts';
import { dataDirectory } from './data-directory.ts';

/** Bytes; where it was held stands near the beginning. */
const headLength = 16 * 1024;

export async function findClineConversations(look: ConversationLook): Promise<FoundConversations> {
  try {
    return { kind: 'listed', conversations: conversationsAt(look) };
  } catch {
    return { kind: 'unknown', why: 'its directory of conversations can’t be read' };
  }
}

function conversationsAt({ workspacePath, login }: ConversationLook): readonly string[] {
  const sessions = join(dataDirectory(login), 'sessions');
  const held = listDirectory(sessions)
    .filter((id) => /^\d{10,16}_\w{1,20}$/.test(id))
    .filter((id) => workspacePath !== null && heldIn(join(sessions, id, `${id}.json`), sessions) === workspacePath);
  // Each is named by the time when it began, in milliseconds.
  return held.toSorted((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10));
}

function heldIn(file: string, sessions: string): string | null {
  if (probePath(file).kind !== 'file' || !isReallyInside(file, sessions)) return null;
  const [, written = null] = /"cwd": ?("(?:[^"\\]|\\.){1,4000}")/.exec(readHeadIfThere(file, headLength) ?? '') ?? [];
  return written === null ? null : (JSON.parse(written) as string);
}
