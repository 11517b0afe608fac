// What a session's screen asks, read with what is known of its agent's dialogs.
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import { questionOnScreen, withUnusual } from '#shared/domain/found-question.ts';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import type { AgentCatalogue } from '../../plugins/agents/agent-catalogue.ts';
import { getSession } from '../../storage/sessions.ts';
import type { Store } from '../../storage/store.ts';

export interface QuestionReading {
  readonly store: Pick<Store, 'read'>;
  readonly agents: Pick<AgentCatalogue, 'definition'>;
}

export function readQuestion(
  { store, agents }: QuestionReading,
  session: string,
  screen: Pick<TerminalScreen, 'rows' | 'cursor' | 'alternate'>,
): FoundQuestion | null {
  const stored = store.read((tx) => getSession(tx, session));
  // One whose record can't be read has a screen all the same.
  const record = stored === null || 'damaged' in stored ? null : stored.record;
  const signs = record === null ? undefined : agents.definition(record.agent)?.questionSigns;
  const found = questionOnScreen(screen, signs);
  return found === null ? null : withUnusual(found, record?.workspace?.path ?? found.cwd);
}
