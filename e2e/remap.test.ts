// Finds conversations in the store of an agent that keeps its ids to itself, with a program that lists them as opencode does.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { createAgentCatalogue } from '#main/plugins/agents/agent-catalogue.ts';
import { custom } from '#main/plugins/agents/definitions/custom/definition.ts';
import { listOpencodeConversations } from '#main/plugins/agents/definitions/opencode/conversations.ts';
import { usualPlace } from '#shared/domain/spawn.ts';
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
  writeFileSync(join(programs, 'opencode'), `#!/bin/sh\n[ "$*" = 'session list --format json' ] && cat '${list}'\n`, {
    mode: 0o755,
  });
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
  const listing = { ...custom, id: 'listing', program, discoverConversation: listOpencodeConversations };
  const agents = createAgentCatalogue({ login: host.sessions.login, now: Date.now, definitions: [listing, custom] });
  dependencies = { ...host.sessions, agents };
});
afterAll(async () => {
  await host.close();
  await world.close();
});

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
