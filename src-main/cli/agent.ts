import type { AgentView } from '#shared/domain/agent.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { defineCommand, defineGroup, jsonOption } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

const list = defineCommand({
  name: 'ls',
  summary: 'all agents: which are installed, in which version, and where they are defined',
  options: jsonOption,
  async run({ values }) {
    const agents = await withHost((host) => ask(host, 'agent.list', { fresh: true }));
    process.stdout.write(values.json === true ? jsonLine({ data: agents }) : `${rows(agents)}\n`);
    return 0;
  },
});

const rows = (agents: readonly AgentView[]): string =>
  table([
    ['ID', 'NAME', 'STATE', 'VERSION', 'DEFINED'],
    ...agents.map(({ id, name, presence, definedIn }) => [
      ...[plain(id), plain(name), plain(stateOf(presence))],
      ...[presence.kind === 'found' ? (presence.version ?? '') : '', plain(definedIn ?? 'by Athene')],
    ]),
  ]);

function stateOf(presence: AgentView['presence']): string {
  switch (presence.kind) {
    case 'found':
      return presence.path === null ? 'built in' : 'installed';
    case 'missing':
      return 'missing';
    case 'unknown':
      return `unknown: ${presence.why}`;
    case 'broken':
      return `broken: ${presence.why}`;
    default:
      return assertNever(presence);
  }
}

export const agent = defineGroup({
  name: 'agent',
  summary: 'the agents that sessions can run',
  usual: 'ls',
  commands: [list],
});
