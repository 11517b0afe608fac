// Agents that a person defines: what is read, what is refused and how it is told, and how they are launched.
import { expect, describe, it } from 'vitest';
import { parseYaml } from '../../../projects/yaml-file.ts';
import type { LaunchContext } from '../agent.ts';
import { readOwnAgents, type DefinedAgent } from './read-own-agents.ts';

const read = (text: string): readonly DefinedAgent[] =>
  readOwnAgents('/h/config.yaml', parseYaml(text).below('agents'), ['codex', 'shell']);
const definition = (text: string) => {
  const [agent] = read(text);
  if (agent?.kind !== 'ready') throw new Error(JSON.stringify(agent));
  return agent.definition;
};
const context: LaunchContext = {
  ...{
    session: 'web-1',
    project: 'web',
    workspacePath: '/w',
    sessionDirectory: '/s',
    systemPromptFile: '/s/system.md',
  },
  ...{ command: null, permissions: 'ask', model: 'm', program: '/usr/bin/fixer', shell: '/bin/zsh', login: {} },
  ...{ prompt: '-x $(touch y); "{model}" $&', conversation: 'c-1' },
};

const whole = `agents:
  fixer:
    name: Fixer
    command: fixer --tty 'two words'
    promptDelivery: argument
    promptArguments: ['--say={prompt}']
    permissionlessArguments: [--yes]
    askArguments: [--careful]
    modelArguments: [--model, '{model}']
    systemPromptArguments: ['--system={file}']
    conversationArguments: ['--id={conversation}']
    resumeArguments: [--resume, '{conversation}']
    env: { FIXER_COLOUR: '1' }
    titles: { works: '^\\* ', rests: '^- ' }
    inputRow: '^>> '
    questions: { digits: take, command: '^\\$ (.+)$' }
    icon: { letters: FX, colour: blue }
`;

describe('an agent of config.yaml', () => {
  it('is launched by words alone, each value within its own', () => {
    const { launch, resume, ...fixer } = definition(whole);
    expect(launch(context)).toEqual({
      argv: [
        ...['/usr/bin/fixer', '--tty', 'two words', '--careful', '--model', 'm', '--system=/s/system.md', '--id=c-1'],
        `--say=${context.prompt}`,
      ],
      env: { FIXER_COLOUR: '1' },
    });
    const bare = {
      ...context,
      permissions: 'permissionless',
      model: null,
      systemPromptFile: null,
      prompt: null,
    } as const;
    expect(resume?.({ ...bare, conversation: 'c-1' })?.argv).toEqual([
      ...['/usr/bin/fixer', '--tty', 'two words', '--yes', '--resume', 'c-1'],
    ]);
    expect(fixer).toMatchObject({ systemPrompt: 'file', assignsConversation: true, promptDelivery: 'argument' });
  });

  it('is read by its own patterns', () => {
    const { titleSigns, screenSigns, questionSigns } = definition(whole);
    expect([
      titleSigns?.works.test('* busy'),
      titleSigns?.rests?.test('* busy'),
      screenSigns?.inputRow.test('>> x'),
    ]).toEqual([...[true, false, true]]);
    expect(screenSigns && '>> text'.replace(screenSigns.inputRow, '')).toBe('text');
    expect(questionSigns?.wants?.(['Fixer asks', '$ rm -rf /', 'text', '$ ls'], 'May I?')).toEqual({
      ...{ tool: null, command: 'rm -rf /\nls' },
    });
  });

  it('needs no more than a command: the prompt is typed, and nothing is claimed of its screen', () => {
    const simple = definition('agents:\n  simple:\n    command: [simple]\n');
    expect(simple.launch(context).argv).toEqual(['/usr/bin/fixer']);
    expect(simple).toMatchObject({ name: 'simple', promptDelivery: 'typed', systemPrompt: 'first-words' });
    expect([simple.resume, simple.screenSigns, simple.titleSigns, simple.questionSigns]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('can not make its patterns slow', () => {
    const { titleSigns } = definition(`agents: { a: { command: [a], titles: { works: '^(a+)+$' } } }`);
    expect(titleSigns?.works.test(`${'a'.repeat(1900)}!`)).toBe(false);
  });
});

it.each([
  ['codex:\n    command: [x]', 2, 'agents.codex: Athene has an agent of that name'],
  ['Bad_Id:\n    command: [x]', 2, 'agents.Bad_Id: must have 1-40 small letters, digits and -'],
  ['a:\n    name: A', 2, 'agents.a.command: must be a list of words, or one line'],
  ['a:\n    command: ./relative', 3, 'agents.a.command: must be a name on the PATH or an absolute path'],
  ['a:\n    command: x | tee log', 3, 'agents.a.command: no shell reads it: write it as a list of words'],
  ['a:\n    command: x $HOME', 3, 'agents.a.command: no shell reads it: write it as a list of words'],
  [
    'a:\n    command: [x]\n    promptArguments: [hello]',
    4,
    'agents.a.promptArguments: must have {prompt} in one of its words',
  ],
  [
    "a:\n    command: [x]\n    modelArguments: ['{modell}']",
    4,
    'agents.a.modelArguments: knows no {modell}, only {model}',
  ],
  [
    'a:\n    command: [x]\n    env: { ATHENE_TOKEN: x }',
    4,
    'agents.a.env.ATHENE_TOKEN: is not set by an agent’s definition',
  ],
  ["a:\n    command: [x]\n    inputRow: '('", 4, 'agents.a.inputRow: error parsing regexp: missing closing ): `(`'],
  [
    "a:\n    command: [x]\n    titles: { works: '(a)\\1' }",
    4,
    'agents.a.titles.works: error parsing regexp: invalid escape sequence: `\\1`',
  ],
  ['a:\n    command: [x]\n    icon: { name: virus }', 4, 'agents.a.icon.name: Invalid option'],
  [
    "a:\n    command: [x]\n    conversationArguments: ['{conversation}']",
    2,
    'agents.a.resumeArguments: is missing: how does it go on with the conversation whose id it was told?',
  ],
])('one that is wrong is told with line and field, and hides no other: %j', (text, line, why) => {
  const [broken, other] = read(`agents:\n  ${text}\n  good:\n    command: [good]\n`);
  expect(broken).toMatchObject({ kind: 'broken', where: `/h/config.yaml, line ${line}` });
  expect(broken?.kind === 'broken' ? broken.why : '').toContain(why.split(': Invalid')[0]);
  expect(other).toMatchObject({ kind: 'ready', id: 'good' });
});
