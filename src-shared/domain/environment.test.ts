import { expect, it } from 'vitest';
import {
  claimedSession,
  isFlagSet,
  readVariable,
  sessionVariables,
  shellVariable,
  isFeatureOn,
  projectVariables,
  withAliases,
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

it('adds the other name of both unless it is there', () => {
  expect(withAliases({ ATHENE_A: '1', ATHENE_B: '2', AO_B: 'kept', AO_C: '3', PATH: '/bin' })).toEqual({
    ATHENE_C: '3',
    AO_C: '3',
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
    orchestrator: 'api-orchestrator',
    token: 'secret',
  });
  expect([
    told['ATHENE_SESSION'],
    told['AO_SESSION'],
    told['AO_ISSUE_ID'],
    told['AO_TOKEN'],
    told['AO_ORCHESTRATOR_SESSION_ID'],
    Object.keys(told).length,
  ]).toEqual(['api-1', 'api-1', '7', 'secret', 'api-orchestrator', 30]);
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

it.each([
  [{}, true],
  [{ ATHENE_ENABLE_PORTFOLIO: '0' }, false],
  [{ AO_ENABLE_PORTFOLIO: 'False' }, false],
  [{ ATHENE_ENABLE_PORTFOLIO: '' }, true],
  [{ ATHENE_ENABLE_PORTFOLIO: '1', AO_ENABLE_PORTFOLIO: '0' }, true],
])('reads the flag of %j as %s', (env, expected) => {
  expect(isFeatureOn(env, 'ENABLE_PORTFOLIO')).toBe(expected);
});

it('lets a project set no name that is not its own', () => {
  const [own, others] = [
    { NODE_OPTIONS: '1', AO_MINE: '2', ATHENE_SEED: '3' },
    {
      PATH: 'x',
      Path: 'x',
      GH_PATH: 'x',
      ATHENE_TOKEN: 'x',
      AO_SESSION: 'x',
      ATHENE_FAULT: 'x',
      AO_PORT_3: 'x',
      ATHENE_ISSUE_ID: 'x',
    },
  ];
  expect(projectVariables({ ...own, ...others })).toEqual(own);
});
