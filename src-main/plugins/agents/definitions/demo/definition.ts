import { entryPath } from '../../../../lib/entries.ts';
import { resolveNode } from '../../../../lib/resolve-node.ts';
import type { AgentDefinition } from '../../agent.ts';
import { demoQuestions } from './questions.ts';

/** The built program beside a bundle, else the source. */
export const demoProgram = (): string => entryPath('demo');

/** A scripted program that Athene ships: the whole loop without an account. */
export const demo: AgentDefinition = {
  id: 'demo',
  name: 'Demo',
  icon: { name: 'flask' },
  program: null,
  promptDelivery: 'argument',
  takesCommand: false,
  assignsConversation: false,
  questionSigns: demoQuestions,
  launch: ({ prompt }) => ({
    argv: [resolveNode().path, demoProgram(), ...(prompt === null ? [] : [`--prompt=${prompt}`])],
    env: {},
  }),
};
