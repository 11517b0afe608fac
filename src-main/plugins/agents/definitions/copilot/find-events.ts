// Where Copilot CLI keeps what it writes down of a conversation: a directory for each, named by its id.
import { join } from 'node:path';
import { isReallyInside, probePath } from '../../../../lib/files.ts';
import type { TranscriptLook } from '../../agent.ts';
import { isConversation } from '../transcript-line.ts';

/** Null while there is none: it is written with the first turn. Throws when that can't be told. */
export function findEvents({ conversation, login }: Pick<TranscriptLook, 'conversation' | 'login'>): string | null {
  if (!isConversation(conversation)) return null;
  const states = join(login['COPILOT_HOME'] || join(login['HOME'] ?? '', '.copilot'), 'session-state');
  const events = join(states, conversation, 'events.jsonl');
  return probePath(events).kind === 'file' && isReallyInside(events, states) ? events : null;
}
