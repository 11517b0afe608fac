// Where Claude Code keeps what it writes down of a conversation.
import { join } from 'node:path';
import { isReallyInside, listDirectory, probePath } from '../../../../lib/files.ts';
import type { TranscriptLook } from '../../agent.ts';
import { isConversation } from '../transcript-line.ts';

type Look = Pick<TranscriptLook, 'conversation' | 'login'>;

/** Null while there is none; throws when that can't be told. Each of its projects has a directory, named by its path in a way of its own. */
export function findTranscript({ conversation, login }: Look): string | null {
  if (!isConversation(conversation)) return null;
  const projects = projectsDirectory(login);
  const found = listDirectory(projects)
    .map((name) => join(projects, name, `${conversation}.jsonl`))
    .filter((path) => probePath(path).kind === 'file' && isReallyInside(path, projects));
  return newest(found);
}

export const projectsDirectory = (login: Look['login']): string =>
  join(login['CLAUDE_CONFIG_DIR'] || join(login['HOME'] ?? '', '.claude'), 'projects');

/** One that went on in another directory is written on there. */
const newest = (paths: readonly string[]): string | null =>
  paths.toSorted((a, b) => modifiedAt(b) - modifiedAt(a))[0] ?? null;

function modifiedAt(path: string): number {
  const probe = probePath(path);
  return 'modifiedAt' in probe ? probe.modifiedAt : 0;
}
