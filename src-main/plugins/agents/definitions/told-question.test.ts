// What hooks tell of a question, in shapes that no agent was seen to tell: never more than the contract takes, and no secrets.
import { describe, expect, it } from 'vitest';
import { foundQuestionSchema } from '#shared/domain/asked-question.ts';
import { agentDefinitions } from '../agent-catalogue.ts';

const asked = (agent: string, kind: string, told: unknown) => {
  const claims = agentDefinitions.find(({ id }) => id === agent)?.hooks?.facts({ kind, data: { told } }) ?? [];
  return claims.flatMap((claim) => (claim.kind === 'asks' ? [claim.question] : []));
};

describe.each(['claude-code', 'codex', 'opencode', 'gemini'])('%s', (agent) => {
  it.each([
    ['nothing', null],
    ['a text', 'x'],
    ['a tool that is a number', { tool_name: 7, tool_input: { command: 7 }, permission: 7, patterns: 7 }],
    ['endless texts', { tool_name: 'x'.repeat(900), tool_input: { command: 'y'.repeat(9000) }, cwd: '/'.repeat(5000) }],
    ['controls', { tool_name: 'Ba\u001b[31msh\n', tool_input: { command: 'a\u202eb\u0007\nc' }, cwd: '/w\n' }],
    ['questions that are none', { tool_input: { questions: [null, 7] }, questions: [[]] }],
    ['wide characters', { tool_name: '🦉'.repeat(80), permission: '🦉'.repeat(80), patterns: ['🦉'.repeat(2000)] }],
  ])('takes %s', (_, told) => {
    for (const kind of ['PermissionRequest', 'Question', 'Notification']) {
      for (const question of asked(agent, kind, told)) expect(foundQuestionSchema.parse(question)).toEqual(question);
    }
  });
});

it('tells a command with its directory, what is unusual about it, and none of its secrets', () => {
  const told = {
    tool_name: 'Bash',
    tool_input: { command: 'TOKEN=abcdefgh npm publish\nrm -rf /tmp/x', description: 'Publish' },
    cwd: '/w',
  };
  expect(asked('claude-code', 'PermissionRequest', told)).toEqual([
    {
      ...{ kind: 'permission', text: 'It asks for permission: Bash', tool: 'Bash', cwd: '/w' },
      command: 'TOKEN=[secret] npm publish\nrm -rf /tmp/x',
      unusual: ['deletes', 'network', 'outside-worktree'],
      ...{ choices: [], takesText: false },
    },
  ]);
});

it.each([
  ['a file', 'codex', { tool_name: 'apply_patch', tool_input: { path: 'a.ts' }, cwd: '/w' }, 'a.ts'],
  [
    'the line of a shell',
    'codex',
    { tool_name: 'shell', tool_input: { command: ['bash', '-lc', 'npm test'] } },
    'npm test',
  ],
  ['patterns of opencode', 'opencode', { permission: 'bash', patterns: ['ls', 'rm x'] }, 'ls\nrm x'],
])('tells %s', (_, agent, told, command) => {
  expect(asked(agent, 'PermissionRequest', told)).toMatchObject([{ command }]);
});
