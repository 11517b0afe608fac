// Conversations in the store of an agent that keeps its ids to itself: found and deleted, with a program that does both as opencode does.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { createAgentCatalogue } from '#main/plugins/agents/agent-catalogue.ts';
import { custom } from '#main/plugins/agents/definitions/custom/definition.ts';
import {
  deleteOpencodeConversation,
  listOpencodeConversations,
} from '#main/plugins/agents/definitions/opencode/conversations.ts';
import { usualPlace } from '#shared/domain/spawn.ts';
import { deleteConversation } from '#main/sessions/delete-conversation.ts';
import type { SessionDependencies } from '#main/sessions/dependencies.ts';
import { remapSession } from '#main/sessions/remap.ts';
import { changeSession, findSession } from '#main/sessions/session-record.ts';
import { hostOf } from './fixtures/host-of.ts';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: World;
let host: Host;
let dependencies: SessionDependencies;
let list: string;
const [first, second] = ['repo-1', 'repo-2'];

beforeAll(async () => {
  world = createWorld();
  const programs = dirname(world.repository);
  list = join(programs, 'list.json');
  writeFileSync(join(programs, 'opencode'), opencode(list), { mode: 0o755 });
  writeFileSync(join(world.env['HOME'] ?? '', '.profile'), `PATH='${programs}':"$PATH"\n`);
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  host = await hostOf(world);
  for (const name of [first, second]) {
    const spawned = await ask(host, 'session.spawn', {
      ...{ request: host.sessions.newId(), project: 'demo', agent: 'custom', command: 'sleep 600', name },
      ...{ prompt: null, issue: null, branch: null, base: null, model: null, permissions: 'ask', ...usualPlace },
    });
    if (!spawned.ok) throw new Error(spawned.problem.what);
    await changeSession(host.sessions, 'test', name, (record) => ({ ...record, agent: 'listing' }));
  }
  const program = { command: 'opencode', versionArguments: [], install: 'nowhere' };
  const listing = {
    ...{ ...custom, id: 'listing', program, discoverConversation: listOpencodeConversations },
    deleteConversation: deleteOpencodeConversation,
  };
  const agents = createAgentCatalogue({ login: host.sessions.login, now: Date.now, definitions: [listing, custom] });
  dependencies = { ...host.sessions, agents };
});
afterAll(async () => {
  await host.close();
  await world.close();
});

/** One that it does not know it calls so, as the real one does. */
const opencode = (file: string): string => `#!/bin/sh
case "$*" in
'session list --format json') cat '${file}' ;;
'session delete ses_locked') echo 'Error: database is locked' >&2; exit 1 ;;
'session delete ses_'*)
  grep -q "\\"$3\\"" '${file}' || { echo "Error: Session not found: $3" >&2; exit 1; }
  echo "$3" >> '${file}.deleted' ;;
*) exit 2 ;;
esac
`;

const worktreeOf = (id: string): string => {
  const found = findSession(host.sessions, id);
  return found.ok ? (found.value.workspace?.path ?? '') : '';
};
const entry = (id: string, updated: number, of: string, title = 'A talk') => ({
  ...{ id, title, updated, created: 1, directory: worktreeOf(of) },
});
const answers = (...entries: readonly object[]): void => writeFileSync(list, JSON.stringify(entries));
const remap = (id: string, force = false) => remapSession(dependencies, { id, force });

it('finds the conversation of the worktree, keeps what it has unless forced, and never takes that of another session', async () => {
  answers(entry('ses_old', 1, first), entry('ses_new', 2, first), entry('ses_other', 9, second));
  expect(await remap(first)).toEqual({ ok: true, value: { session: first, conversation: 'ses_new', changed: true } });
  answers(entry('ses_newer', 3, first), entry('ses_new', 2, first));
  expect(await remap(first)).toMatchObject({ ok: true, value: { conversation: 'ses_new', changed: false } });
  expect(await remap(first, true)).toMatchObject({ ok: true, value: { conversation: 'ses_newer', changed: true } });
  answers(entry('ses_newer', 3, first, `AO:${second}`));
  expect(await remap(second)).toMatchObject({ ok: false, problem: { code: 'conversation-missing' } });
  const both = await Promise.all([first, second].map((id) => remap(id, true)));
  expect(both.map(({ ok }) => ok)).toEqual([true, false]);
});

it('says when there is none, when nobody can tell, and when there is nothing to look in', async () => {
  writeFileSync(list, '');
  expect(await remap(second)).toMatchObject({ ok: false, problem: { code: 'conversation-missing' } });
  writeFileSync(list, 'Error: database is locked');
  expect(await remap(second)).toMatchObject({ ok: false, problem: { code: 'cannot-tell' } });
  expect(findSession(host.sessions, second)).toMatchObject({ value: { conversation: null } });
  await changeSession(host.sessions, 'test', second, (record) => ({ ...record, agent: 'custom' }));
  const refused = await world.athene('session', 'remap', second);
  expect([refused.code, refused.stderr.split('\n')[0]]).toEqual([
    1,
    `Custom command has no list in which the conversation of ${second} could be looked up.`,
  ]);
});

it('is deleted by its agent once the session has ended, exactly that one, and never with a word of doubt', async () => {
  const bears = (id: string, conversation: string) =>
    changeSession(host.sessions, 'test', id, (record) => ({ ...record, agent: 'listing', conversation }));
  const conversationOf = (id: string) => {
    const found = findSession(host.sessions, id);
    return found.ok ? found.value.conversation : 'no session';
  };
  const deleted = () => (existsSync(`${list}.deleted`) ? readFileSync(`${list}.deleted`, 'utf8') : '');
  answers(entry('ses_mine', 1, first), entry('ses_theirs', 2, second));
  await bears(first, 'ses_mine');
  expect(await deleteConversation(dependencies, first)).toMatchObject({ problem: { code: 'session-running' } });
  await ask(host, 'session.kill', { id: first });
  await bears(second, 'ses_mine');
  expect(await deleteConversation(dependencies, first)).toMatchObject({ problem: { code: 'conversation-kept' } });
  await bears(second, 'ses_theirs');
  await bears(first, 'ses_locked');
  expect(await deleteConversation(dependencies, first)).toMatchObject({
    problem: { code: 'cannot-tell', details: expect.stringContaining('database is locked') as unknown },
  });
  expect([conversationOf(first), deleted()]).toEqual(['ses_locked', '']);

  await bears(first, 'ses_mine');
  expect(await deleteConversation(dependencies, first)).toEqual({ ok: true, value: { conversation: 'ses_mine' } });
  expect([conversationOf(first), conversationOf(second), deleted()]).toEqual([null, 'ses_theirs', 'ses_mine\n']);
  const told = await ask(host, 'event.list', {
    ...{ session: first, project: null, kinds: ['session.conversation_deleted'], sources: [], priorities: [] },
    ...{ since: null, search: null, before: null, after: null, limit: 10 },
  });
  expect(told).toMatchObject({ ok: true, value: { events: [{ session: first, source: 'person' }] } });
  expect(await deleteConversation(dependencies, first)).toEqual({ ok: true, value: { conversation: null } });
  await bears(first, 'ses_gone');
  expect(await deleteConversation(dependencies, first)).toEqual({ ok: true, value: { conversation: null } });
  expect(conversationOf(first)).toBeNull();
});

it('is deleted together with a stop, where its agent can, and the stop holds all the same', async () => {
  await changeSession(host.sessions, 'test', second, (record) => ({
    ...record,
    agent: 'custom',
    conversation: 'ses_2',
  }));
  const stopped = await world.athene('session', 'kill', second, '--purge-session');
  expect([stopped.code, stopped.stdout]).toEqual([1, `${second} is stopped. Its worktree and branch are kept.\n`]);
  expect(stopped.stderr.split('\n').slice(0, 2)).toEqual([
    'Custom command has no command that deletes a single conversation.',
    'The conversation is kept.',
  ]);
  await changeSession(host.sessions, 'test', second, (record) => ({ ...record, conversation: null }));
  const again = await world.athene('session', 'kill', second, '--purge-session');
  expect([again.code, again.stdout.split('\n')]).toEqual([
    0,
    [`${second} had ended already.`, 'Its agent has no conversation of it.', ''],
  ]);
});
