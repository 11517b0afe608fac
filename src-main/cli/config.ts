// `athene config`: what is configured, where it comes from, what of it is wrong; and one value changed.
import { join } from 'node:path';
import { isFeatureOn, readVariable } from '#shared/domain/environment.ts';
import { featureFlags, variableNames } from '#shared/domain/environment-names.ts';
import type { ConfigTrouble, ConfigValue } from '#shared/domain/configuration.ts';
import { readTextIfThere } from '../lib/files.ts';
import { programRoot } from '../lib/program-root.ts';
import { homePaths } from '../storage/paths.ts';
import { CommandFailed } from './command-failed.ts';
import { defineCommand, defineGroup, jsonOption, usageError } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

const show = defineCommand({
  name: 'show',
  summary: 'what counts and where it comes from, of all projects together or of one',
  words: [{ name: 'PROJECT', optional: true, takes: 'project' }],
  options: jsonOption,
  notes: 'Secrets are hidden: addresses of notifiers, values of environments.',
  async run({ values, words: [project = null] }) {
    const [told, view] = await withHost(async (host) => {
      const explained = await ask(host, 'config.explain', { project });
      return [explained, host.projects().find(({ id }) => id === project)] as const;
    });
    const file = view?.file ?? null;
    if (values.json === true) return print(jsonLine({ ...told, repositoryFile: file }).trimEnd());
    const waits = file === null || file.hash === null || file.accepted ? [] : ['', ...asksFor(file, project ?? '')];
    return print([table(told.values.map(row)), ...waits].join('\n'));
  },
});

const row = ({ field, value, from }: ConfigValue): readonly string[] => [field, plain(textOf(value)), plain(from)];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

interface Asking {
  readonly path: string;
  readonly changes: readonly { readonly field: string; readonly from: string | null; readonly to: string }[];
}

const asksFor = ({ path, changes }: Asking, project: string): readonly string[] => [
  `${plain(path)} asks for what counts only once you accept it (athene config accept ${project}):`,
  table(changes.map(({ field, from, to }) => [`  ${field}`, plain(from ?? '-'), '->', plain(to)])),
];

const accept = defineCommand({
  name: 'accept',
  summary: "accepts what the repository's own file asks for, exactly as it is now",
  words: [{ name: 'PROJECT', takes: 'project' }],
  options: {
    hash: { value: 'HASH', says: 'of what you saw, without which it is only shown' },
    revoke: { says: 'takes it back' },
  },
  async run({ values, words: [id] }) {
    return withHost(async (host) => {
      if (values.revoke === true) {
        await ask(host, 'project.acceptFile', { id, hash: null });
        return print(`What the file of ${id} asks for counts no longer.`);
      }
      if (values.hash === undefined) {
        const project = host.projects().find((each) => each.id === id);
        if (project === undefined)
          throw new CommandFailed({ code: 'project-unknown', what: `There is no project ${id}.` });
        const { file } = project;
        if (file === null || file.hash === null) return print(`The repository of ${id} asks for nothing.`);
        if (file.accepted) return print('It is accepted.');
        return print(
          [...asksFor(file, id), '', `Accept it: athene config accept ${id} --hash ${file.hash}`].join('\n'),
        );
      }
      await ask(host, 'project.acceptFile', { id, hash: values.hash });
      return print(`Accepted: what the file of ${id} asks for counts from now on.`);
    });
  },
});

const check = defineCommand({
  name: 'check',
  summary: 'what can not be read: file, line, field; exit code 1 when there is something',
  options: jsonOption,
  async run({ values }) {
    const { troubles, file } = await withHost((host) => ask(host, 'config.explain', { project: null }));
    if (values.json === true) process.stdout.write(jsonLine({ data: troubles }));
    else print(troubles.length === 0 ? `${file} is right.` : troubles.map(lines).join('\n'));
    return troubles.length === 0 ? 0 : 1;
  },
});

const lines = ({ file, line, field, what, todo }: ConfigTrouble): string =>
  `${plain(file)}:${line}: ${field === null ? '' : `${field}: `}${plain(what)}\n  ${plain(todo)}`;

const path = defineCommand({
  name: 'path',
  summary: 'where config.yaml is',
  run: async () => print(homePaths(process.env).config),
});

const get = defineCommand({
  name: 'get',
  summary: 'what config.yaml says at a key; exit code 1 when it says nothing',
  words: [{ name: 'KEY' }],
  options: jsonOption,
  async run({ values, words: [key] }) {
    const { value } = await withHost((host) => ask(host, 'config.read', { key }));
    if (values.json === true) process.stdout.write(jsonLine({ key, value }));
    else if (value !== null) print(plain(textOf(value)));
    return value === null ? 1 : 0;
  },
});

const set = defineCommand({
  name: 'set',
  summary: 'writes one value, if the file is right with it; comments are kept',
  words: [{ name: 'KEY' }, { name: 'VALUE', optional: true }],
  options: { unset: { says: 'takes it out instead' } },
  notes: 'VALUE is YAML: true, 5, [a, b], words. KEY is like defaults.agent or projects.api.agentConfig.model.',
  async run({ values, words: [key, value] }) {
    if ((value === undefined) !== (values.unset === true)) throw usageError('Either VALUE or --unset.');
    await withHost((host) => ask(host, 'config.set', { key, value: value ?? null }));
    return print(value === undefined ? `Took out ${key}.` : `Set ${key}.`);
  },
});

const schema = defineCommand({
  name: 'schema',
  summary: "the JSON Schema of config.yaml, or of a repository's own file",
  options: {
    repository: { says: 'that of athene.yaml' },
    path: { says: 'where it is, for `# yaml-language-server: $schema=`' },
  },
  async run({ values }) {
    const file = join(programRoot(), 'schema', `athene${values.repository === true ? '-repository' : ''}.schema.json`);
    if (values.path === true) return print(file);
    const text = readTextIfThere(file);
    if (text === null) throw new Error(`${file} is missing`);
    return print(text.trimEnd());
  },
});

const env = defineCommand({
  name: 'env',
  summary: 'environment variables and feature flags, as they are now',
  options: jsonOption,
  async run({ values }) {
    const variables = variableNames
      .filter(({ group, suffix }) => group === 'person' || (group === 'agents' && readVariable(process.env, suffix)))
      .map(({ suffix, group, says, secret }) => {
        const value = readVariable(process.env, suffix) ?? null;
        return {
          name: `ATHENE_${suffix}`,
          legacy: `AO_${suffix}`,
          group,
          value: secret && value ? '(hidden)' : value,
          says,
        };
      });
    const flags = featureFlags.map(({ suffix, says }) => ({
      name: `ATHENE_${suffix}`,
      on: isFeatureOn(process.env, suffix),
      says,
    }));
    if (values.json === true) return print(jsonLine({ variables, flags }).trimEnd());
    const rows = variables.map(({ name, group, value, says }) => [name, group, plain(value ?? '-'), says]);
    return print(
      [table(rows), '', table(flags.map(({ name, on, says }) => [name, on ? 'on' : 'off', says]))].join('\n'),
    );
  },
});

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

export const config = defineGroup({
  name: 'config',
  summary: 'what is configured, where it comes from, what is wrong with it; and one value changed',
  commands: [show, check, path, get, set, accept, schema, env],
  usual: 'show',
});
