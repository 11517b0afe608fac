// What an agent says of itself in the title of its terminal, as far as its definition knows how to read it.
import type { TerminalStatus } from '#shared/domain/terminal-status.ts';
import type { TitleSigns } from '../plugins/agents/agent.ts';
import type { QuestionReading } from '../sessions/questions/read-question.ts';
import { getSession } from '../storage/sessions.ts';

/** Null: its agent has none. Undefined: nobody can tell which agent it is, yet. */
export function readTitleSigns({ store, agents }: QuestionReading, session: string): TitleSigns | null | undefined {
  const stored = store.read((tx) => getSession(tx, session));
  if (stored === null || 'damaged' in stored) return undefined;
  return agents.definition(stored.record.agent)?.titleSigns ?? null;
}

type Said = Pick<TerminalStatus, 'worksAt' | 'restsAt'>;

/** A title has no time: what it says is as old as the last output. One that says nothing leaves what the terminal's marks say. */
export function saidByTitle({ title, lastOutputAt, worksAt, restsAt }: TerminalStatus, signs: TitleSigns | null): Said {
  if (signs !== null && title !== null && lastOutputAt !== null) {
    if (signs.works.test(title)) return { worksAt: lastOutputAt, restsAt: null };
    if (signs.rests?.test(title) === true) return { worksAt: null, restsAt: lastOutputAt };
  }
  return { worksAt, restsAt };
}
