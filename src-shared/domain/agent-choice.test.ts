import { expect, it } from 'vitest';
import { agentChoice, leaderPermissions } from './agent-choice.ts';

const defaults = {
  agent: 'codex',
  agentConfig: { model: 'small', orchestratorModel: 'large' },
  worker: { agentConfig: { permissions: 'permissionless' as const } },
};

it.each([
  ['nobody', {}, {}, 'worker', { agent: null, model: null, permissions: 'ask' }],
  ['the defaults', {}, defaults, 'worker', { agent: 'codex', model: 'small', permissions: 'permissionless' }],
  [
    'the defaults of coordinators',
    {},
    defaults,
    'orchestrator',
    { agent: 'codex', model: 'large', permissions: 'ask' },
  ],
  [
    'the project',
    { agent: 'aider', agentConfig: { permissions: 'ask' as const } },
    defaults,
    'worker',
    { agent: 'aider', model: 'small', permissions: 'ask' },
  ],
  [
    "the project's role",
    { agent: 'aider', worker: { agent: 'gemini', agentConfig: { model: 'pro' } } },
    defaults,
    'worker',
    { agent: 'gemini', model: 'pro', permissions: 'permissionless' },
  ],
] as const)('takes it from %s', (_from, project, usual, role, expected) => {
  expect(agentChoice(project, usual, role)).toEqual(expected);
});

it.each([
  ['nobody says it', {}, {}, 'permissionless'],
  ['the project asks', { agentConfig: { permissions: 'ask' } }, {}, 'permissionless'],
  ['those that lead in the project ask', { orchestrator: { agentConfig: { permissions: 'ask' } } }, {}, 'ask'],
  ['those that lead ask everywhere', {}, { orchestrator: { agentConfig: { permissions: 'ask' } } }, 'ask'],
  [
    'those that lead ask, but for the project',
    { orchestrator: { agentConfig: { permissions: 'permissionless' } } },
    { orchestrator: { agentConfig: { permissions: 'ask' } } },
    'permissionless',
  ],
] as const)(
  'whoever leads acts without asking, unless it was written of those that lead: %s',
  (_, project, usual, is) => {
    expect(leaderPermissions(project, usual)).toBe(is);
  },
);
