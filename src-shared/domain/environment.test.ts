import { expect, it } from 'vitest';
import { isFlagSet, readVariable, sessionVariables, withLegacyAliases } from './environment.ts';

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
    callerType: 'agent',
  });
  expect([told['ATHENE_SESSION'], told['AO_SESSION'], told['AO_ISSUE_ID'], Object.keys(told).length]).toEqual([
    'api-1',
    'api-1',
    '7',
    18,
  ]);
});
