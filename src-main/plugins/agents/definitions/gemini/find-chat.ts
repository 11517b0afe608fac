// Where Gemini CLI keeps what it writes down of a conversation: in a directory for each project, in a file named by the first letters of its id.
import { join } from 'node:path';
import { isReallyInside, listDirectory, probePath, readHeadIfThere } from '../../../../lib/files.ts';
import type { TranscriptLook } from '../../agent.ts';
import { isConversation } from '../transcript-line.ts';

type Look = Pick<TranscriptLook, 'conversation' | 'login'>;

/** Bytes; the id stands in the first line. */
const headLength = 4096;

/** Null while there is none: it is written with the first turn. Throws when that can't be told. */
export function findChat({ conversation, login }: Look): string | null {
  if (!isConversation(conversation)) return null;
  const projects = join(login['GEMINI_CLI_HOME'] || login['HOME'] || '', '.gemini', 'tmp');
  const short = `-${conversation.slice(0, 8)}.jsonl`;
  const named = listDirectory(projects)
    .map((name) => join(projects, name, 'chats'))
    .flatMap((chats) => listDirectory(chats).map((name) => join(chats, name)))
    .filter((path) => path.endsWith(short) && probePath(path).kind === 'file' && isReallyInside(path, projects));
  return (
    named.find((path) => (readHeadIfThere(path, headLength) ?? '').includes(`"sessionId":"${conversation}"`)) ?? null
  );
}
