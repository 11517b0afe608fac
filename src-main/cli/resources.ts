import { cpuText, memoryText, totalUsage, type Listening, type SessionUsage } from '#shared/domain/usage.ts';
import { defineCommand, jsonOption } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

export const resources = defineCommand({
  name: 'resources',
  summary: 'processes, processor time, memory and ports of sessions',
  words: [{ name: 'ID', optional: true, takes: 'session' }],
  options: jsonOption,
  notes: `CPU is the share of one core within the last second, so 200 % are two cores. Memory is what is
resident (RSS): what processes share is counted in each. "?": there may be more ports.`,
  async run({ values, words: [id = null] }) {
    const { usages, cannotTell } = await withHost((host) => ask(host, 'session.resources', { id }));
    if (values.json === true) process.stdout.write(jsonLine({ data: usages, meta: { cannotTell } }));
    else if (cannotTell === null) process.stdout.write(`${listed(usages)}\n`);
    else throw new CommandFailed({ code: 'cannot-tell', what: cannotTell });
    return cannotTell === null ? 0 : 1;
  },
});

function listed(usages: readonly SessionUsage[]): string {
  if (usages.length === 0) return 'Nothing runs.';
  const busiest = usages.toSorted((a, b) => (b.cpu ?? 0) - (a.cpu ?? 0) || b.memory - a.memory);
  const rows = busiest.map(({ session, processes, cpu, memory, listening }) => [
    ...[session, String(processes), cpuText(cpu), memoryText(memory), portsOf(listening)],
  ]);
  const all = totalUsage(usages);
  const sum = ['all', String(all.processes), cpuText(all.cpu), memoryText(all.memory), ''];
  const head = ['SESSION', 'PROCESSES', 'CPU', 'MEMORY', 'LISTENS ON'];
  return table([head, ...rows, ...(usages.length > 1 ? [sum] : [])]);
}

function portsOf({ ports, cannotTell }: Listening): string {
  const named = [...new Set(ports.map(({ port }) => port))].join(' ');
  return plain(cannotTell === null ? named : `${named} ?`.trim());
}
