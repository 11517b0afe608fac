import { expect, it } from 'vitest';
import {
  claimedSession,
  isFlagSet,
  readVariable,
  sessionVariables,
  shellVariable,
  withLegacyAliases,
} from './environment.ts';

it.each([
  [{ ATHENE_X: 'new', AO_X: 'old' }, 'new'],
  [{ ATHENE_X: '', AO_X: 'old' }, 'old'],
  [{ AO_X: 'old' }, 'old'],
  [{ ATHENE_X: '' }, ''],
  [{ ATHENE_X: '', AO_X: '' }, ''],
  [{}, undefined],
])('reads %j as %j', (env, expected) => {
  expect(readVariable(env, 'X')).toBe(expected);
});

it('is read by a shell in the same order', () => {
  expect(shellVariable('SESSION')).toBe('${ATHENE_SESSION:-${AO_SESSION:-}}');
});

it('takes only 1 for a flag', () => {
  expect([isFlagSet({ AO_X: '1' }, 'X'), isFlagSet({ ATHENE_X: 'true' }, 'X')]).toEqual([true, false]);
});

it('adds the legacy name unless it is there', () => {
  expect(withLegacyAliases({ ATHENE_A: '1', ATHENE_B: '2', AO_B: 'kept', PATH: '/bin' })).toEqual({
    ATHENE_A: '1',
    AO_A: '1',
    ATHENE_B: '2',
    AO_B: 'kept',
    PATH: '/bin',
  });
});

it('tells an agent where it runs, in both dialects', () => {
  const told = sessionVariables({
    home: '/h',
    configPath: '/h/config.yaml',
    project: 'api',
    session: 'api-1',
    issue: '7',
    ports: { base: 21_000, count: 2 },
    callerType: 'agent',
    token: 'secret',
  });
  expect([
    told['ATHENE_SESSION'],
    told['AO_SESSION'],
    told['AO_ISSUE_ID'],
    told['AO_TOKEN'],
    Object.keys(told).length,
  ]).toEqual(['api-1', 'api-1', '7', 'secret', 28]);
  expect([told['ATHENE_PORT_BASE'], told['AO_PORT_1'], told['ATHENE_PORT']]).toEqual(['21000', '21001', undefined]);
});

it.each([
  [{}, { session: null, token: null }],
  [
    { ATHENE_SESSION: 'a-1', ATHENE_TOKEN: 't' },
    { session: 'a-1', token: 't' },
  ],
  [
    { AO_SESSION: 'a-1', AO_TOKEN: 't' },
    { session: 'a-1', token: 't' },
  ],
  [{ AO_SESSION_ID: 'a-1' }, { session: 'a-1', token: null }],
  [
    { ATHENE_SESSION: '', ATHENE_SESSION_NAME: 'a-2', ATHENE_TOKEN: '' },
    { session: 'a-2', token: null },
  ],
  [
    { ATHENE_HOME: '/h', ATHENE_CALLER_TYPE: 'orchestrator' },
    { session: null, token: null },
  ],
])('takes from %j who its process says that it is', (env, expected) => {
  expect(claimedSession(env)).toEqual(expected);
});
