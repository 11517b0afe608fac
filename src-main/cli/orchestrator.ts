import { orchestratorStrategySchema, type OrchestratorStrategy } from '#shared/domain/coordinator.ts';
import { defineCommand, defineGroup, jsonOption, usageError } from './command.ts';
import { consentOption, withConsent } from './consent.ts';
import { coordinatorRows, limitLines } from './coordinator-text.ts';
import { printStarted } from './coordinator-started.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';
import { whichCoordinator, whichProject } from './which-coordinator.ts';

const project = { name: 'PROJECT', optional: true, takes: 'project' } as const;
const which = { name: 'PROJECT|ID', optional: true, takes: 'session' } as const;
const howOptions = {
  agent: { short: 'a', value: 'A', takes: 'agent', says: 'another agent than the configured one' },
  command: { value: 'LINE', says: 'command line of a custom agent' },
  ...consentOption,
  ...jsonOption,
} as const;

const strategies = Object.keys(orchestratorStrategySchema.in.enum);

const start = defineCommand({
  name: 'start',
  summary: 'the one of the project: the one that runs, the last one again, or a new one',
  words: [project],
  options: {
    strategy: {
      value: 'S',
      takes: strategies,
      says: 'reuse the one that is there; delete or ignore it and begin anew',
    },
    ...howOptions,
  },
  async run({ values, words: [word] }) {
    const strategy = readStrategy(values.strategy);
    return withHost(async (host) => {
      const of = await whichProject(host, word);
      const started = await withConsent(values['allow-permissionless'] === true, (allowPermissionless) =>
        ask(host, 'coordinator.start', { project: of, strategy, ...wish(values), allowPermissionless }),
      );
      return printStarted(host, started, values.json === true);
    });
  },
});

const relaunch = defineCommand({
  name: 'relaunch',
  summary: 'ends the one that is there, and starts a fresh agent with a fresh prompt',
  words: [which],
  options: howOptions,
  async run({ values, words: [word] }) {
    return withHost(async (host) => {
      const id = await whichCoordinator(host, word);
      const started = await withConsent(values['allow-permissionless'] === true, (allowPermissionless) =>
        ask(host, 'coordinator.relaunch', { id, ...wish(values), allowPermissionless }),
      );
      return printStarted(host, started, values.json === true);
    });
  },
});

const stop = defineCommand({
  name: 'stop',
  summary: 'ends it; worktrees and branches stay, and its workers go on',
  words: [which],
  options: { 'with-workers': { says: 'its workers are ended too' }, ...jsonOption },
  async run({ values, words: [word] }) {
    return withHost(async (host) => {
      const id = await whichCoordinator(host, word);
      const report = await ask(host, 'coordinator.stop', { id, withWorkers: values['with-workers'] === true });
      if (values.json) process.stdout.write(jsonLine(report));
      else if (report.stopped.length > 0) process.stdout.write(`Stopped: ${report.stopped.join(', ')}\n`);
      for (const { session, why } of report.failed) process.stderr.write(`${session} goes on: ${plain(why)}\n`);
      return report.failed.length === 0 ? 0 : 1;
    });
  },
});

const pausing = (on: boolean) =>
  defineCommand({
    name: on ? 'pause' : 'resume',
    summary: on ? 'lets it start no more sessions; those that there are go on' : 'lets it start sessions again',
    words: [which],
    async run({ words: [word] }) {
      return withHost(async (host) => {
        const id = await whichCoordinator(host, word);
        await ask(host, 'coordinator.pause', { id, on });
        process.stdout.write(on ? `${id} starts no more sessions.\n` : `${id} may start sessions again.\n`);
        return 0;
      });
    },
  });

const list = defineCommand({
  name: 'ls',
  summary: 'all that lead, what they lead, and how much they may',
  options: jsonOption,
  async run({ values }) {
    return withHost(async (host) => {
      await host.watch.refresh();
      const all = await ask(host, 'coordinator.list', {});
      if (values.json) process.stdout.write(jsonLine(all));
      else process.stdout.write(`${[table(coordinatorRows(all.coordinators)), ...limitLines(all)].join('\n')}\n`);
      return 0;
    });
  },
});

const consent = defineCommand({
  name: 'consent',
  summary: 'you agree that whoever leads acts without asking',
  options: { revoke: { says: 'takes it back: none is started any more; those that run go on' } },
  async run({ values }) {
    const permissionlessCoordinators = values.revoke !== true;
    await withHost((host) => ask(host, 'settings.set', { permissionlessCoordinators }));
    process.stdout.write(
      permissionlessCoordinators
        ? 'Whoever leads may act without asking.\n'
        : 'Taken back: none is started any more.\n',
    );
    return 0;
  },
});

export const orchestrator = defineGroup({
  name: 'orchestrator',
  summary: 'the agent that leads the workers of a project',
  commands: [start, relaunch, stop, pausing(true), pausing(false), list, consent],
});

const wish = ({ agent, command }: { readonly agent?: string | undefined; readonly command?: string | undefined }) => ({
  agent: agent ?? null,
  command: command ?? null,
});

function readStrategy(word: string | undefined): OrchestratorStrategy | null {
  if (word === undefined) return null;
  const read = orchestratorStrategySchema.safeParse(word);
  if (read.success) return read.data;
  throw usageError(`There is no strategy ${JSON.stringify(word)}: ${strategies.join(', ')}.`);
}
