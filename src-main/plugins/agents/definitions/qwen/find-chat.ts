// Where Qwen Code keeps what it writes down of a conversation: in a directory for each project, named by its path in a way of its own.
import { join } from 'node:path';
import { isReallyInside, listDirectory, probePath } from '../../../../lib/files.ts';
import type { TranscriptLook } from '../../agent.ts';
import { isConversation } from '../transcript-line.ts';
import { conversationId } from './conversation-id.ts';

/** Null while there is none: it is written with the first turn. Throws when that can't be told. */
export function findChat({ conversation, login }: Pick<TranscriptLook, 'conversation' | 'login'>): string | null {
  if (!isConversation(conversation)) return null;
  const projects = join(
    login['QWEN_RUNTIME_DIR'] || login['QWEN_HOME'] || join(login['HOME'] ?? '', '.qwen'),
    'projects',
  );
  const named = listDirectory(projects).map((name) =>
    join(projects, name, 'chats', `${conversationId(conversation)}.jsonl`),
  );
  return named.find((path) => probePath(path).kind === 'file' && isReallyInside(path, projects)) ?? null;
}
