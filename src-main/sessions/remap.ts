// Finds a session's conversation in its agent's own store, for agents whose ids nobody else knows.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { probePath } from '../lib/files.ts';
import { getSession, listSessions, updateSession } from '../storage/sessions.ts';
import type { SessionDependencies } from './dependencies.ts';
import { findAgent } from './launch/find-agent.ts';
import { findSession, unknownSession } from './session-record.ts';

type RemapProblem = Problem<CodeOf<AtheneContract, 'session.remap'>>;

export interface Remapped {
  readonly session: string;
  readonly conversation: string;
  readonly changed: boolean;
}

export async function remapSession(
  dependencies: SessionDependencies,
  { id, force }: { readonly id: string; readonly force: boolean },
): Promise<Result<Remapped, RemapProblem>> {
  const found = findSession(dependencies, id);
  if (!found.ok) return found;
  const record = found.value;
  const listed = await listConversations(dependencies, record, force);
  if (!listed.ok) return listed;
  if (listed.value === 'known') return ok({ session: id, conversation: record.conversation ?? '', changed: false });
  return remember(dependencies, id, listed.value);
}

/** `known`: there is nothing to look for. */
async function listConversations(
  dependencies: SessionDependencies,
  record: SessionRecord,
  force: boolean,
): Promise<Result<readonly string[] | 'known', RemapProblem>> {
  const agent = await findAgent(dependencies, record.agent, kept);
  if (!agent.ok) return agent;
  const { definition, program, login } = agent.value;
  if (definition.discoverConversation === undefined) return fail(nothingToFind(record.id, definition.name));
  if (record.conversation !== null && !force) return ok('known');
  const project = dependencies.projects.find(record.project);
  if (!project.ok) return project;
  const worktree = record.workspace?.path ?? project.value.path;
  const cwd = probePath(worktree).kind === 'directory' ? worktree : project.value.path;
  const workspacePath = record.workspace?.kind === 'worktree' ? worktree : null;
  const look = { session: record.id, workspacePath, cwd, program, login: login.env };
  const told = await definition.discoverConversation(look);
  return told.kind === 'listed' ? ok(told.conversations) : fail(cannotTell(definition.name, told.why));
}

/** In one transaction with the look at all others: two sessions never have one conversation. */
const remember = (
  { store }: SessionDependencies,
  id: string,
  conversations: readonly string[],
): Promise<Result<Remapped, RemapProblem>> =>
  store.write('remap', (tx) => {
    const stored = getSession(tx, id);
    if (stored === null || 'damaged' in stored) return fail(unknownSession(id));
    const others = listSessions(tx).sessions.filter(({ record }) => record.id !== id);
    const taken = new Set(others.map(({ record }) => record.conversation));
    const conversation = conversations.find((each) => !taken.has(each));
    if (conversation === undefined) return fail(noneFound(id, conversations.length > 0));
    const changed = stored.record.conversation !== conversation;
    if (changed) updateSession(tx, id, stored.rev, { ...stored.record, conversation });
    return ok({ session: id, conversation, changed });
  });

const kept = 'Nothing was changed.';

const nothingToFind = (id: string, agent: string): RemapProblem => ({
  code: 'remap-refused',
  what: `${agent} has no list in which the conversation of ${id} could be looked up.`,
  kept,
});

const noneFound = (id: string, ofOthers: boolean): RemapProblem => ({
  code: 'conversation-missing',
  what: ofOthers
    ? `The conversations that could be of ${id} belong to other sessions.`
    : `Its agent knows no conversation of ${id}.`,
  kept,
  todo: 'A restore starts the agent anew.',
});

const cannotTell = (agent: string, details: string): RemapProblem => ({
  code: 'cannot-tell',
  what: `${agent} did not tell its conversations.`,
  kept,
  todo: 'Try again.',
  details,
});
