import { readArguments, type Command } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain } from './table.ts';

const help = `athene doctor [--json]   looks at Node, git, the home, the terminal service and the agents`;
const signs = { fine: '✓', warning: '!', failure: '✗' } as const;

export const doctor: Command = {
  help,
  async run(args) {
    const { values } = readArguments(args, { json: { type: 'boolean' } }, help);
    const checks = await withHost((host) => ask(host, 'system.doctor', {}));
    if (values.json) process.stdout.write(jsonLine({ data: checks }));
    else {
      for (const { name, state, what, todo } of checks) {
        process.stdout.write(`${signs[state]} ${name.padEnd(18)} ${plain(what)}\n`);
        if (todo !== null) process.stdout.write(`  ${''.padEnd(18)} ${plain(todo)}\n`);
      }
    }
    return checks.some(({ state }) => state === 'failure') ? 1 : 0;
  },
};
