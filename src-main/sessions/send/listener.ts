// The terminal to which a text is typed, with what is known of the agent in it.
import type { SessionRecord } from '#shared/domain/session.ts';
import type { ScreenSigns } from '../../plugins/agents/agent.ts';
import { getTerminal } from '../../storage/terminals.ts';
import type { SessionDependencies } from '../dependencies.ts';

export interface Listener {
  readonly terminal: string;
  /** When it was started. */
  readonly createdAt: number;
  readonly signs: ScreenSigns | null;
}

export function listenerOf(
  { store, agents }: Pick<SessionDependencies, 'store' | 'agents'>,
  record: SessionRecord,
  terminal: string,
): Listener {
  const row = store.read((tx) => getTerminal(tx, terminal));
  const signs = agents.definition(record.agent)?.screenSigns ?? null;
  return { terminal, createdAt: row?.created ?? record.createdAt, signs };
}
