// Who runs this command, by its environment: an agent with its token, somebody who claims to be one, or the person.
import type { Caller, UnprovenCaller } from '#shared/domain/caller.ts';
import { ledBy } from '#shared/domain/caller.ts';
import { claimedSession } from '#shared/domain/environment.ts';
import { isOver } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { provesToken } from '../sessions/launch/agent-token.ts';
import { getSession } from '../storage/sessions.ts';
import { getTerminal, type TerminalRow } from '../storage/terminals.ts';
import { getTokenHash } from '../storage/tokens.ts';

/** Never throws: where nothing can be looked up, nothing is proven. */
export function findCaller(
  dependencies: Pick<SessionDependencies, 'store' | 'agents'>,
  env: NodeJS.ProcessEnv,
): Caller {
  const { session, token } = claimedSession(env);
  if (session === null) return token === null ? { kind: 'command' } : unproven(null, 'token-wrong');
  const known = lookUp(dependencies, session, env['ATHENE_TERMINAL'] ?? '');
  if (known === null) return unproven(session, 'cannot-tell');
  const { record, hash } = known;
  if (record === null) return unproven(session, 'token-wrong');
  if (isOver(record.lifecycle)) return unproven(session, 'session-ended');
  if (token === null && isPersonsShell(known.terminal, session)) return { kind: 'command' };
  if (token === null) return withoutToken(dependencies, record);
  return hash !== null && provesToken(token, hash) ? agentOf(record) : unproven(session, 'token-wrong');
}

/** Null: nobody can tell. The record is null when there is none, or none that can be read. */
function lookUp({ store }: Pick<SessionDependencies, 'store'>, session: string, terminal: string) {
  try {
    return store.read((tx) => {
      const stored = getSession(tx, session);
      const record = stored === null || 'damaged' in stored ? null : stored.record;
      return { record, hash: getTokenHash(tx, session), terminal: getTerminal(tx, terminal) };
    });
  } catch {
    // Locked, or of an older or damaged make: whatever it is, no token is proven by it, and the call itself will say what is wrong.
    return null;
  }
}

/** A shell that the person opened beside the agent; an agent's own processes carry the agent's terminal. */
const isPersonsShell = (terminal: TerminalRow | null, session: string): boolean =>
  terminal !== null && terminal.session === session && terminal.role === 'shell' && terminal.label === '';

/** The person's own shell has none. */
const withoutToken = ({ agents }: Pick<SessionDependencies, 'agents'>, { id, agent }: SessionRecord): Caller =>
  agents.definition(agent)?.actsForPerson === true ? { kind: 'command' } : unproven(id, 'token-missing');

const agentOf = (record: SessionRecord): Caller => ({
  ...{ kind: 'session', session: record.id, role: record.kind, project: record.project, owner: record.owner },
  leads: ledBy(record),
});

const unproven = (session: string | null, why: UnprovenCaller['why']): Caller => ({ kind: 'unproven', session, why });
