// Has the agent of an ended session delete their conversation, for good: what a person asks for, and Athene never does by itself.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { probePath } from '../lib/files.ts';
import { recordEvent } from '../storage/events.ts';
import { getSession, hasConversation, updateSession } from '../storage/sessions.ts';
import type { SessionDependencies } from './dependencies.ts';
import { findAgent } from './launch/find-agent.ts';
import { findSession } from './session-record.ts';
import { whileAlone } from './sole-work.ts';

type DeleteProblem = Problem<CodeOf<AtheneContract, 'session.deleteConversation'>>;

interface Deleted {
  /** Null: there was none, or its agent had none of that name any more. */
  readonly conversation: string | null;
}

/** As at a removal, nobody restores it meanwhile: it would go on with what is just being deleted. */
export async function deleteConversation(
  dependencies: SessionDependencies,
  id: string,
): Promise<Result<Deleted, DeleteProblem>> {
  const deleted = await whileAlone(dependencies, { kind: 'remove', session: id }, () => deleteNow(dependencies, id));
  return deleted ?? fail(busy(id));
}

async function deleteNow(dependencies: SessionDependencies, id: string): Promise<Result<Deleted, DeleteProblem>> {
  const found = findSession(dependencies, id);
  if (!found.ok) return found;
  const record = found.value;
  const { lifecycle, conversation } = record;
  if (!isTerminal(lifecycle) || lifecycle.session.state === 'detecting') return fail(running(id));
  if (conversation === null) return ok({ conversation: null });
  if (dependencies.store.read((tx) => hasConversation(tx, conversation, id))) return fail(ofAnother(id));
  const agent = await findAgent(dependencies, record.agent, kept);
  if (!agent.ok) return agent;
  const { definition, program, login } = agent.value;
  if (definition.deleteConversation === undefined) return fail(noWay(definition.name));
  const look = { conversation, cwd: placeFor(dependencies, record), program, login: login.env };
  const told = await definition.deleteConversation(look);
  if (told.kind === 'unknown') return fail(cannotTell(definition.name, told.why));
  await forget(dependencies, record);
  return ok({ conversation: told.kind === 'deleted' ? conversation : null });
}

/** A directory that is there. */
function placeFor({ projects, paths }: SessionDependencies, { project, workspace }: SessionRecord): string {
  if (workspace !== null && probePath(workspace.path).kind === 'directory') return workspace.path;
  const known = projects.find(project);
  return known.ok && probePath(known.value.path).kind === 'directory' ? known.value.path : paths.home;
}

/** A restore starts the agent anew from here on. */
const forget = ({ store }: SessionDependencies, { id, conversation }: SessionRecord): Promise<void> =>
  store.write('session: conversation deleted', (tx) => {
    const stored = getSession(tx, id);
    if (stored === null || 'damaged' in stored || stored.record.conversation !== conversation) return;
    updateSession(tx, id, stored.rev, { ...stored.record, conversation: null });
    recordEvent(tx, {
      ...{ kind: 'session.conversation_deleted', session: id, source: 'person', data: { conversation } },
      text: 'Its agent was told to delete their conversation.',
    });
  });

const kept = 'The conversation is kept.';

const running = (id: string): DeleteProblem => ({
  code: 'session-running',
  what: `${id} still runs, or can't be seen to have ended.`,
  kept,
  todo: `Stop it first: athene session kill ${id}`,
});

const busy = (id: string): DeleteProblem => ({
  code: 'removal-running',
  what: `${id} is being removed just now, or that can't be told.`,
  kept,
  todo: 'See `athene status`.',
});

const ofAnother = (id: string): DeleteProblem => ({
  code: 'conversation-kept',
  what: `Another session goes on with the conversation of ${id}.`,
  kept,
});

const noWay = (agent: string): DeleteProblem => ({
  code: 'conversation-kept',
  what: `${agent} has no command that deletes a single conversation.`,
  kept,
  todo: 'Delete it in its own files, if you want to.',
});

const cannotTell = (agent: string, details: string): DeleteProblem => ({
  code: 'cannot-tell',
  what: `${agent} did not delete the conversation.`,
  kept: 'It may still be there.',
  todo: 'Try again.',
  details,
});
