// A host on a world's home in the test's own process: to look at everything, and to make quickly what a test only needs to be there.
import { usualPlace } from '#shared/domain/spawn.ts';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { openHost } from '#main/host/open-host.ts';
import { findSession } from '#main/sessions/session-record.ts';
import type { World } from './world.ts';

/** @param live as an app or server has it; else as one call of the command */
export async function hostOf({ env }: World, live = false): Promise<Host> {
  const opened = await openHost({ env, live });
  if (!opened.ok) throw new Error(opened.problem.what);
  return opened.value;
}

export interface StartedSession {
  readonly id: string;
  readonly worktree: string;
}

/** A session of the project `demo` whose agent is this command line. */
export async function startAgent(host: Host, command: string): Promise<StartedSession> {
  const nothing = { prompt: null, issue: null, name: null, branch: null, base: null, model: null };
  const spawned = await ask(host, 'session.spawn', {
    ...{ request: host.sessions.newId(), project: 'demo', agent: 'custom', command, permissions: 'ask' },
    ...{ ...nothing, ...usualPlace },
  });
  if (!spawned.ok) throw new Error(spawned.problem.what);
  const found = findSession(host.sessions, spawned.value.session);
  if (!found.ok) throw new Error(found.problem.what);
  return { id: found.value.id, worktree: found.value.workspace?.path ?? '' };
}
