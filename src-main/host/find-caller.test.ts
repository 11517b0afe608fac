import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialLifecycle, withKilled, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { AgentCatalogue } from '../plugins/agents/agent-catalogue.ts';
import { custom } from '../plugins/agents/definitions/custom/definition.ts';
import { shell } from '../plugins/agents/definitions/shell/definition.ts';
import { newToken } from '../sessions/launch/agent-token.ts';
import { ScratchHome, sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { insertSession } from '../storage/sessions.ts';
import type { Store } from '../storage/store.ts';
import { insertTerminal } from '../storage/terminals.ts';
import { setTokenHash } from '../storage/tokens.ts';
import { findCaller } from './find-caller.ts';

const home = new ScratchHome();
const alive = withRuntimeStarted(initialLifecycle(1), 2);
const mergedYetAtWork = { ...alive, pullRequest: { ...alive.pullRequest, state: 'merged' } } as const;
const records: readonly SessionRecord[] = [
  sampleRecord('app-1', { agent: 'custom', lifecycle: alive }),
  sampleRecord('app-2', { agent: 'custom', lifecycle: withKilled(alive, 3) }),
  sampleRecord('app-3', { agent: 'shell', lifecycle: alive }),
  sampleRecord('app-4', { agent: 'shell', lifecycle: withKilled(alive, 3) }),
  sampleRecord('app-5', { agent: 'custom', kind: 'orchestrator', lifecycle: alive }),
  sampleRecord('app-6', { agent: 'custom', lifecycle: mergedYetAtWork, owner: { kind: 'meta', name: 'chief' } }),
  sampleRecord('app-7', { agent: 'custom' }),
];
const token = newToken();
const agents: Pick<AgentCatalogue, 'definition'> = {
  definition: (id) => [custom, shell].find((each) => each.id === id) ?? null,
};
let store: Store;

beforeAll(async () => {
  store = await home.openFully();
  await store.write('test', (tx) => {
    for (const record of records) {
      insertSession(tx, record);
      if (record.agent !== 'shell') setTokenHash(tx, record.id, token.hash);
    }
    const shellOf = { session: 'app-1', role: 'shell', runtime: 'pty', state: 'alive' } as const;
    for (const label of ['', 'run']) {
      insertTerminal(tx, { ...shellOf, id: `t-${label || 'shell'}`, label, size: { cols: 80, rows: 24 } });
    }
  });
});
afterAll(() => home.remove());

const who = (env: Record<string, string>, from: Pick<Store, 'read'> = store) =>
  findCaller({ store: from as Store, agents: agents as AgentCatalogue }, env);
const agent = (id: string) => ({ ATHENE_SESSION: id, ATHENE_TOKEN: token.text });

describe('who runs a command', () => {
  it.each([
    ['a terminal of the person', { PATH: '/bin' }],
    ['a terminal in which only the home is named', { ATHENE_HOME: '/h', ATHENE_CALLER_TYPE: 'agent' }],
    ["the person's own shell", { ATHENE_SESSION: 'app-3' }],
    ['a shell that the person opened beside an agent', { ATHENE_SESSION: 'app-1', ATHENE_TERMINAL: 't-shell' }],
  ])('is the person: %s', (_, env) => {
    expect(who(env)).toEqual({ kind: 'command' });
  });

  it.each([
    ['a worker', 'app-1', 'worker', { kind: 'project' }, []],
    ['an orchestrator, which leads its project', 'app-5', 'orchestrator', { kind: 'project' }, ['app']],
    ['one whose work was merged and who goes on', 'app-6', 'worker', { kind: 'meta', name: 'chief' }, []],
    ['one that is so early that its spawn is not through', 'app-7', 'worker', { kind: 'project' }, []],
  ])('is what the record says: %s', (_, session, role, owner, leads) => {
    const claims = { ATHENE_CALLER_TYPE: 'meta-orchestrator', ATHENE_PROJECT_ID: 'another' };
    expect(who({ ...agent(session), ...claims })).toEqual({
      ...{ kind: 'session', session, role, project: 'app', owner, leads },
    });
  });

  it('is told by the old names too', () => {
    expect(who({ AO_SESSION: 'app-1', AO_TOKEN: token.text })).toMatchObject({ kind: 'session', session: 'app-1' });
  });

  it.each([
    ['no token', { ATHENE_SESSION: 'app-1' }, 'token-missing'],
    ["the run command's terminal", { ATHENE_SESSION: 'app-1', ATHENE_TERMINAL: 't-run' }, 'token-missing'],
    ["another session's shell", { ATHENE_SESSION: 'app-5', ATHENE_TERMINAL: 't-shell' }, 'token-missing'],
    ["another's token", { ATHENE_SESSION: 'app-1', ATHENE_TOKEN: newToken().text }, 'token-wrong'],
    ['the hash', { ATHENE_SESSION: 'app-1', ATHENE_TOKEN: token.hash }, 'token-wrong'],
    ['a session that is not there', agent('app-99'), 'token-wrong'],
    ['a name that is none', agent("app-1' OR 1=1 --"), 'token-wrong'],
    ['a session that has ended', agent('app-2'), 'session-ended'],
    ['a shell that has ended', { ATHENE_SESSION: 'app-4' }, 'session-ended'],
    ['a token that a shell never had', agent('app-3'), 'token-wrong'],
  ])('is not proven: %s', (_, env, why) => {
    expect(who(env)).toEqual({ kind: 'unproven', session: env.ATHENE_SESSION, why });
  });

  it('is not proven by a token that names nobody', () => {
    expect(who({ ATHENE_TOKEN: token.text })).toEqual({ kind: 'unproven', session: null, why: 'token-wrong' });
  });

  it('is not proven where nothing can be read', () => {
    const unreadable = {
      read() {
        throw new Error('no such table: tokens');
      },
    };
    expect(who(agent('app-1'), unreadable)).toEqual({ kind: 'unproven', session: 'app-1', why: 'cannot-tell' });
    expect(who({}, unreadable)).toEqual({ kind: 'command' });
  });
});
