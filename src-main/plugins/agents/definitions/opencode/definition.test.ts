import { expect, it } from 'vitest';
import type { LaunchContext } from '../../agent.ts';
import { opencode } from './definition.ts';

const context: LaunchContext = {
  session: 'web-1',
  project: 'web',
  workspacePath: '/w',
  sessionDirectory: '/s',
  prompt: '-x $(touch y); "\n`z`',
  systemPromptFile: '/s/system "prompt".md',
  command: null,
  conversation: null,
  permissions: 'ask',
  model: 'some/model',
  program: '/usr/bin/opencode',
  shell: '/bin/zsh',
  login: {},
};
const configured = (change: Partial<LaunchContext>): unknown => {
  const text = opencode.launch({ ...context, ...change }).env['OPENCODE_CONFIG_CONTENT'];
  return text === undefined ? null : JSON.parse(text);
};
const asking = { edit: 'ask', bash: 'ask', webfetch: 'ask' };

it('gets its prompt and model as arguments that nothing reads as something else', () => {
  expect(opencode.launch(context).argv).toEqual([
    ...['/usr/bin/opencode', '--model=some/model', '--prompt=-x $(touch y); "\n`z`'],
  ]);
  expect(opencode.launch({ ...context, prompt: null, model: null, permissions: 'permissionless' }).argv).toEqual([
    ...['/usr/bin/opencode', '--auto'],
  ]);
});

it('goes on with exactly the conversation that is named', () => {
  const resumed = opencode.resume?.({ ...context, prompt: null, conversation: 'ses_1' });
  expect(resumed?.argv).toEqual(['/usr/bin/opencode', '--session=ses_1', '--model=some/model']);
});

it('asks unless permissionless was chosen, and reads our instructions from where they lie', () => {
  expect(configured({})).toEqual({ instructions: [context.systemPromptFile], permission: asking });
  expect(configured({ systemPromptFile: null })).toEqual({ instructions: [], permission: asking });
  expect(configured({ systemPromptFile: null, permissions: 'permissionless' })).toBe(null);
});

it('leaves what the person has put into the same variable', () => {
  const own = { theme: 'night', instructions: ['own.md'], permission: { bash: 'allow', read: 'deny' } };
  expect(configured({ login: { OPENCODE_CONFIG_CONTENT: JSON.stringify(own) } })).toEqual({
    theme: 'night',
    instructions: ['own.md', context.systemPromptFile],
    permission: { ...asking, read: 'deny' },
  });
  expect(configured({ login: { OPENCODE_CONFIG_CONTENT: 'no {json' }, systemPromptFile: null })).toEqual({
    instructions: [],
    permission: asking,
  });
});
