// An agent: a program called `parrot`, which repeats what it is told. Nothing of it runs in a session but the program itself.

/** @type {import('athene/plugin').PluginManifest} */
export const manifest = {
  name: 'parrot',
  slot: 'agent',
  description: 'A program that repeats what it is told',
  version: '1.0.0',
  port: 1,
};

/** @type {import('athene/plugin').CreateAgent} */
export const create = () => ({
  id: 'parrot',
  name: 'Parrot',
  program: { command: 'parrot', versionArguments: ['--version'], install: 'npm install -g parrot' },
  promptDelivery: 'argument',
  systemPrompt: 'first-words',
  assignsConversation: true,
  launch: ({ program, conversation, prompt }) => ({
    argv: [
      program ?? 'parrot',
      ...(conversation === null ? [] : [`--id=${conversation}`]),
      ...(prompt === null ? [] : ['--', prompt]),
    ],
    env: {},
  }),
  resume: ({ program, conversation }) => ({ argv: [program ?? 'parrot', `--resume=${conversation}`], env: {} }),
});
