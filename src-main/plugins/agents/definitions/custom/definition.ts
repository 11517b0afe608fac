import { quoted } from '../../../../lib/posix-word.ts';
import type { AgentDefinition } from '../../agent.ts';

/** Any command line, in the person's login shell: the one place where a shell reads what somebody typed. */
export const custom: AgentDefinition = {
  id: 'custom',
  name: 'Custom command',
  icon: { name: 'code' },
  program: null,
  promptDelivery: 'typed',
  takesCommand: true,
  assignsConversation: false,
  launch({ shell, command, firstOnPath }) {
    if (command === null) throw new Error('A custom agent needs a command line');
    return {
      argv:
        process.platform === 'win32'
          ? [shell, '/d', '/s', '/c', command]
          : [shell, '-lc', withPath(shell, command, firstOnPath)],
      env: {},
    };
  },
};

/** After the profile, which may have put other directories first. Shells of another language go without. */
function withPath(shell: string, command: string, first: string | undefined): string {
  if (first === undefined || !/(^|\/)(ba|da|k|z)?sh$/.test(shell)) return command;
  return `PATH=${quoted(first)}:"$PATH"; export PATH\n${command}`;
}
