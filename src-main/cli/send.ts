import { readArguments, type Command } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';

const help = `athene send ID TEXT...   types the text into the agent's terminal and presses Enter`;

export const send: Command = {
  help,
  async run(args) {
    const { positionals } = readArguments(args, {}, help);
    const [id, ...words] = positionals;
    if (id === undefined || words.length === 0) {
      throw new CommandFailed({ code: 'usage', what: 'Expected ID and TEXT.', todo: help });
    }
    await withHost((host) => ask(host, 'session.send', { id, message: host.sessions.newId(), text: words.join(' ') }));
    process.stdout.write(`Sent to ${id}.\n`);
    return 0;
  },
};
