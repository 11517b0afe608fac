import { resolve } from 'node:path';
import { rescueRetention, type Rescue } from '#shared/domain/rescue.ts';
import type { Host } from '../host/host.ts';
import { defineCommand, defineGroup, jsonOption, usageError } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { age, jsonLine, plain, plainLines, table } from './table.ts';

const list = defineCommand({
  name: 'ls',
  summary: 'the snapshots',
  options: {
    project: { short: 'p', value: 'P', takes: 'project', says: 'of one project' },
    session: { short: 's', value: 'ID', takes: 'session', says: 'of one session' },
    ...jsonOption,
  },
  async run({ values }) {
    const wanted = { project: values.project ?? null, session: values.session ?? null };
    const rescues = await withHost((host) => ask(host, 'rescue.list', wanted));
    if (values.json) process.stdout.write(jsonLine({ data: rescues }));
    else if (rescues.length === 0) process.stdout.write('Nothing was put aside.\n');
    else process.stdout.write(`${table(rescues.map(row))}\n`);
    return 0;
  },
});

const row = ({ ref, project, at, files }: Rescue): readonly string[] => [
  nameOf(ref),
  project,
  at === 0 ? '?' : age(Date.now() - at),
  files === 1 ? '1 file' : `${files} files`,
];

const nameOf = (ref: string): string => ref.replace('refs/athene/rescue/', '');

const show = defineCommand({
  name: 'show',
  summary: 'what a snapshot holds',
  words: [{ name: 'SESSION/N' }],
  options: jsonOption,
  async run({ values, words: [name] }) {
    const shown = await withHost(async (host) => ask(host, 'rescue.show', await find(host, name)));
    if (values.json) process.stdout.write(jsonLine(shown));
    else {
      for (const commit of shown.commits) process.stdout.write(`Commit that no branch held: ${plain(commit)}\n`);
      process.stdout.write(
        `${shown.files.map((line) => plain(line.replace('\t', '  '))).join('\n')}\n\n${plainLines(shown.patch)}`,
      );
    }
    return 0;
  },
});

const restore = defineCommand({
  name: 'restore',
  summary: 'a worktree at PATH with its files as they were; the snapshot stays',
  words: [{ name: 'SESSION/N' }, { name: 'PATH', takes: 'directory' }],
  async run({ words: [name, place] }) {
    const { path, branch } = await withHost(async (host) =>
      ask(host, 'rescue.restore', { ...(await find(host, name)), path: resolve(place) }),
    );
    process.stdout.write(`${plain(path)} has the files as they were, on the new branch ${branch}.\n`);
    return 0;
  },
});

const prune = defineCommand({
  name: 'prune',
  summary: 'forgets old snapshots',
  options: {
    days: { value: 'N', says: `those older than N days (${rescueRetention})` },
    'dry-run': { says: 'tells which, and forgets none' },
    ...jsonOption,
  },
  async run({ values }) {
    const days = Number(values.days ?? rescueRetention);
    if (!Number.isInteger(days) || days < 0) {
      throw usageError('--days takes a whole number.');
    }
    const dryRun = values['dry-run'] === true;
    const done = await withHost((host) => ask(host, 'rescue.prune', { days, dryRun }));
    if (values.json) process.stdout.write(jsonLine(done));
    else {
      const verb = dryRun ? 'would be forgotten' : 'forgotten';
      process.stdout.write(done.pruned.map(({ ref }) => `${nameOf(ref)}\n`).join(''));
      process.stdout.write(`${done.pruned.length} ${verb}, ${done.kept} kept.\n`);
    }
    return 0;
  },
});

/** `api-3/1` or the whole ref; the project is the one that has it. */
async function find(host: Host, name: string): Promise<{ readonly project: string; readonly ref: string }> {
  const ref = name.startsWith('refs/') ? name : `refs/athene/rescue/${name}`;
  const found = (await ask(host, 'rescue.list', { project: null, session: null })).find((each) => each.ref === ref);
  if (found !== undefined) return { project: found.project, ref };
  throw new CommandFailed({
    code: 'rescue-unknown',
    what: `There is no snapshot ${name}.`,
    todo: 'See `athene rescue ls`.',
  });
}

export const rescue = defineGroup({
  name: 'rescue',
  summary: 'what was not committed in worktrees that were removed',
  commands: [list, show, restore, prune],
});
