// What a session's screen asks, read with what is known of its agent's dialogs.
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import { questionOnScreen, withUnusual } from '#shared/domain/found-question.ts';
import { fittingLine, fittingText } from '#shared/domain/plain-line.ts';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import { redact } from '../../lib/log.ts';
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
  return found === null ? null : withoutSecrets(withUnusual(found, record?.workspace?.path ?? found.cwd));
}

/** It is stored, and shown in places that are not the terminal. */
const withoutSecrets = (found: FoundQuestion): FoundQuestion => ({
  ...found,
  text: fittingLine(clean(found.text), 300),
  command: found.command === null ? null : fittingText(clean(found.command), 2000),
  choices: found.choices.map((choice) => ({ ...choice, label: fittingLine(clean(choice.label), 200) })),
});

const clean = (text: string): string => redact(text, 0) as string;
