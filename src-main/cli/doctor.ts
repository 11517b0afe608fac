import { defineCommand, jsonOption } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain } from './table.ts';

const signs = { fine: '✓', warning: '!', failure: '✗' } as const;

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'looks at Node, git, the home, the terminal service and the agents',
  options: jsonOption,
  async run({ values }) {
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
});
