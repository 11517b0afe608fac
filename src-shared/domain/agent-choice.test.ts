import { expect, it } from 'vitest';
import { agentChoice } from './agent-choice.ts';

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
