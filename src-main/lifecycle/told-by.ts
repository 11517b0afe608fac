// Who told an agent a text that stands in its transcript, where that was another agent: a message that was sent, or the prompt of whoever had it made.
import { plainLine } from '#shared/domain/plain-line.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { redact } from '../lib/log.ts';
import type { AgentMessage } from '../storage/events.ts';

/** Code points that are compared: more than an event keeps. */
const compared = 2000;
/** A shorter beginning could be that of any text. */
const shortestBeginning = 40;

/** Null: a person, Athene, or nobody knows. */
export function senderIn(
  text: string,
  { prompt, spawnedBy }: Pick<SessionRecord, 'prompt' | 'spawnedBy'>,
  messages: readonly AgentMessage[],
): string | null {
  const line = lineOf(text);
  const sent = messages.find(({ text: told }) => isBeginning(told, line));
  if (sent !== undefined) return sent.from;
  const first = prompt === null || spawnedBy === 'person' ? '' : lineOf(prompt);
  return first !== '' && line.endsWith(first) ? spawnedBy : null;
}

/** As an event has it. */
const lineOf = (text: string): string => plainLine(String(redact(text, 0)), compared);

function isBeginning(told: string, line: string): boolean {
  if (told === line) return true;
  const beginning = told.endsWith('…') ? told.slice(0, -1) : '';
  return beginning.length >= shortestBeginning && line.startsWith(beginning);
}
