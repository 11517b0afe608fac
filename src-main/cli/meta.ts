import type { CoordinatorView } from '#shared/domain/coordinator-view.ts';
import { CommandFailed } from './command-failed.ts';
import { defineCommand, defineGroup, jsonOption, usageError } from './command.ts';
import { consentOption, withConsent } from './consent.ts';
import { metaLines, scopeText } from './coordinator-text.ts';
import { printStarted } from './coordinator-started.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, table } from './table.ts';

export const metaStart = defineCommand({
  name: 'meta-start',
  summary: 'starts a meta orchestrator that config.yaml names, or finds the one that runs',
  words: [{ name: 'NAME' }],
  options: {
    agent: { short: 'a', value: 'A', takes: 'agent', says: 'another agent than the configured one' },
    command: { value: 'LINE', says: 'command line of a custom agent' },
    ...consentOption,
    ...jsonOption,
  },
  async run({ values, words: [name] }) {
    const wish = { name, agent: values.agent ?? null, command: values.command ?? null };
    return withHost(async (host) => {
      const started = await withConsent(values['allow-permissionless'] === true, (allowPermissionless) =>
        ask(host, 'coordinator.startMeta', { ...wish, allowPermissionless }),
      );
      return printStarted(host, started, values.json === true);
    });
  },
});

export const metaStatus = defineCommand({
  name: 'meta-status',
  summary: 'what a meta orchestrator leads, its live workers, and others in its projects',
  words: [{ name: 'NAME', optional: true }],
  options: jsonOption,
  async run({ values, words: [name] }) {
    const meta = await withHost(async (host) => {
      await host.watch.refresh();
      return chosen(metasIn((await ask(host, 'coordinator.list', {})).coordinators), name);
    });
    process.stdout.write(values.json ? jsonLine(meta) : `${metaLines(meta).join('\n')}\n`);
    return 0;
  },
});

const list = defineCommand({
  name: 'ls',
  summary: 'those that config.yaml names, and those that run without',
  options: jsonOption,
  async run({ values }) {
    const metas = await withHost(async (host) => metasIn((await ask(host, 'coordinator.list', {})).coordinators));
    if (values.json) process.stdout.write(jsonLine({ data: metas }));
    else if (metas.length === 0) process.stdout.write('None is configured. Add one: athene meta add NAME --all\n');
    else process.stdout.write(`${table(metas.map(rowOf))}\n`);
    return 0;
  },
});

const rowOf = ({ id, session, scope, workers }: CoordinatorView): readonly string[] => [
  id,
  session === null ? 'not started' : session.state,
  scopeText(scope),
  `${workers.length} workers`,
];

const add = defineCommand({
  name: 'add',
  summary: 'writes one into config.yaml; what stands there of it besides stays',
  words: [{ name: 'NAME' }],
  options: {
    projects: { value: 'A,B', says: 'the projects that it leads' },
    all: { says: 'all registered projects' },
    agent: { short: 'a', value: 'A', takes: 'agent', says: 'its agent' },
  },
  async run({ values, words: [name] }) {
    const projects = values.projects?.split(',').map((id) => id.trim());
    if ((projects === undefined) === (values.all !== true)) throw usageError('Either --projects A,B or --all.');
    const scope = projects === undefined ? 'all' : { projects };
    await withHost((host) => ask(host, 'coordinator.addMeta', { name, scope, agent: values.agent ?? null }));
    process.stdout.write(`${name} is in config.yaml. Start it: athene meta-start ${name}\n`);
    return 0;
  },
});

const remove = defineCommand({
  name: 'rm',
  summary: 'takes one out of config.yaml; its session goes on, if it runs',
  words: [{ name: 'NAME' }],
  async run({ words: [name] }) {
    await withHost((host) => ask(host, 'coordinator.removeMeta', { name }));
    process.stdout.write(`${name} is in config.yaml no more. If it runs: athene orchestrator stop ${name}\n`);
    return 0;
  },
});

export const meta = defineGroup({
  name: 'meta',
  summary: 'agents that lead over several projects',
  commands: [list, add, remove],
});

const metasIn = (coordinators: readonly CoordinatorView[]): readonly CoordinatorView[] =>
  coordinators.filter(({ kind }) => kind === 'meta-orchestrator');

function chosen(metas: readonly CoordinatorView[], name: string | undefined): CoordinatorView {
  const names = metas.map(({ id }) => id).join(', ');
  if (name !== undefined) {
    const found = metas.find(({ id }) => id === name);
    if (found !== undefined) return found;
    throw new CommandFailed({
      code: 'meta-unknown',
      what: `Unknown meta orchestrator: ${name}`,
      todo: names === '' ? addOne : `Those that there are: ${names}`,
    });
  }
  const [only, ...more] = metas;
  if (only === undefined) {
    throw new CommandFailed({ code: 'meta-unknown', what: 'No meta orchestrator is configured.', todo: addOne });
  }
  if (more.length === 0) return only;
  throw new CommandFailed({ code: 'usage', what: 'Which meta orchestrator is meant?', todo: `Name one: ${names}` });
}

const addOne = 'Add one: athene meta add NAME --projects a,b, or --all';
