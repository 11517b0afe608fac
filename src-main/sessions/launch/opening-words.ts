// The first words that an agent hears: its task, behind what Athene tells it where the agent has no other place for that.
import { join } from 'node:path';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { readTextIfThere } from '../../lib/files.ts';
import type { AgentDefinition } from '../../plugins/agents/agent.ts';
import type { HomePaths } from '../../storage/paths.ts';
import { composePrompt } from './compose-prompt.ts';

export const systemPromptFile = (paths: HomePaths, session: string): string =>
  join(paths.sessionDirectory(session), 'system-prompt.md');

/**
 * A worker without a task hears nothing: words of ours alone would make it begin. A coordinator begins with them.
 * The file of its system prompt must be written.
 */
export function openingWords(
  { paths }: { readonly paths: HomePaths },
  record: SessionRecord,
  definition: AgentDefinition,
): string | null {
  const prompt = composePrompt(record, definition);
  const goesFirst = definition.systemPrompt === 'first-words' && (prompt !== null || isCoordinator(record.kind));
  if (!goesFirst) return prompt;
  const told = readTextIfThere(systemPromptFile(paths, record.id));
  if (told === null || prompt === null) return told ?? prompt;
  return `${told}\n# Your task\n\n${prompt}`;
}
