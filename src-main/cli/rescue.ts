import { resolve } from 'node:path';
import { rescueRetention, type Rescue } from '#shared/domain/rescue.ts';
import type { Host } from '../host/host.ts';
import { readArguments, readPositionals, type PlainCommand } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { age, jsonLine, plain, plainLines, table } from './table.ts';

const help = `athene rescue ls [--project P] [--session S] [--json]
athene rescue show SESSION/N [--json]   what the snapshot holds
athene rescue restore SESSION/N PATH    a worktree at PATH with its files as they were; the snapshot stays
athene rescue prune [--days N] [--dry-run] [--json]
                                        forgets snapshots older than N days (${rescueRetention})

A snapshot keeps what was not committed in a worktree that was removed.`;

export const rescue: PlainCommand = {
  help,
  async run([verb, ...rest]) {
    if (verb === 'ls') return list(rest);
    if (verb === 'show') return show(rest);
    if (verb === 'restore') return restore(rest);
    if (verb === 'prune') return prune(rest);
    throw new CommandFailed({ code: 'usage', what: 'Which of ls, show, restore, prune?', todo: help });
  },
};

async function list(args: readonly string[]): Promise<number> {
  const options = { project: { type: 'string' }, session: { type: 'string' }, json: { type: 'boolean' } } as const;
  const { values, positionals } = readArguments(args, options, help);
  readPositionals(positionals, [], help);
  const wanted = { project: values.project ?? null, session: values.session ?? null };
  const rescues = await withHost((host) => ask(host, 'rescue.list', wanted));
  if (values.json) process.stdout.write(jsonLine({ data: rescues }));
  else if (rescues.length === 0) process.stdout.write('Nothing was put aside.\n');
  else process.stdout.write(`${table(rescues.map(row))}\n`);
  return 0;
}

const row = ({ ref, project, at, files }: Rescue): readonly string[] => [
  nameOf(ref),
  project,
  at === 0 ? '?' : age(Date.now() - at),
  files === 1 ? '1 file' : `${files} files`,
];

const nameOf = (ref: string): string => ref.replace('refs/athene/rescue/', '');

async function show(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, help);
  const [name] = readPositionals(positionals, ['SESSION/N'], help);
  const shown = await withHost(async (host) => ask(host, 'rescue.show', await find(host, name)));
  if (values.json) process.stdout.write(jsonLine(shown));
  else {
    for (const commit of shown.commits) process.stdout.write(`Commit that no branch held: ${plain(commit)}\n`);
    process.stdout.write(
      `${shown.files.map((line) => plain(line.replace('\t', '  '))).join('\n')}\n\n${plainLines(shown.patch)}`,
    );
  }
  return 0;
}

async function restore(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, {}, help);
  const [name, place] = readPositionals(positionals, ['SESSION/N', 'PATH'], help);
  const { path, branch } = await withHost(async (host) =>
    ask(host, 'rescue.restore', { ...(await find(host, name)), path: resolve(place) }),
  );
  process.stdout.write(`${plain(path)} has the files as they were, on the new branch ${branch}.\n`);
  return 0;
}

async function prune(args: readonly string[]): Promise<number> {
  const options = { days: { type: 'string' }, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } } as const;
  const { values, positionals } = readArguments(args, options, help);
  readPositionals(positionals, [], help);
  const days = Number(values.days ?? rescueRetention);
  if (!Number.isInteger(days) || days < 0) {
    throw new CommandFailed({ code: 'usage', what: '--days takes a whole number.', todo: help });
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
}

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
