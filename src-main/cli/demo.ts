import { ordinal } from '#shared/domain/waiting-line.ts';
import type { Host } from '../host/host.ts';
import { defineCommand } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { spawnOrCancel } from './spawn-or-cancel.ts';

const tasks = [
  'Add a greeting in another language and commit it',
  'Find the slow function and make it faster',
  'Write a test for the edge cases of the parser',
];

export const demo = defineCommand({
  name: 'demo',
  summary: 'starts three demo agents in a sandbox project: the whole loop without any account',
  async run() {
    return withHost(async (host) => {
      const project = await sandbox(host);
      for (const prompt of tasks) {
        const wanted = {
          ...{ project, agent: 'demo', prompt, issue: null, command: null, name: null, branch: null, base: null },
          permissions: 'ask' as const,
          model: null,
        };
        const made = await spawnOrCancel(host, wanted, { waits: false });
        process.stdout.write(`${made.kind === 'made' ? made.session : `${ordinal(made.place)} in line`}: ${prompt}\n`);
      }
      process.stdout.write('\nLook at them with `athene serve` (or `npm start`), or `athene status`.\n');
      return 0;
    });
  },
});

async function sandbox(host: Host): Promise<string> {
  const existing = host
    .projects()
    .find(({ path, state }) => state === 'ready' && path.startsWith(host.sessions.paths.sandbox));
  return (existing ?? (await ask(host, 'project.addSandbox', {}))).id;
}
