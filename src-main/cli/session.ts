import { ordinal } from '#shared/domain/waiting-line.ts';
import type { Host } from '../host/host.ts';
import { portsText } from '#shared/domain/ports.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { terminalOfRemoved } from '../host/terminal-of-removed.ts';
import { attach, terminalOf } from './attach.ts';
import { claimPullRequest } from './claim-pull-request.ts';
import { readArguments, readPositionals, type PlainCommand } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { previewText } from './removal-text.ts';
import { resources } from './resources.ts';
import { freezeFromCommand, isFreezeVerb } from './session-freeze.ts';
import { isMarkVerb, markFromCommand } from './session-marks.ts';
import { snooze, unsnooze } from './session-snooze.ts';
import { muteFromCommand } from './session-mute.ts';
import { refreshing } from './spawn-or-cancel.ts';
import { sessionList } from './status.ts';
import { jsonLine, plain, plainLines } from './table.ts';

const help = `athene session ls [--project P] [-a] [--json]
                                       those that have not ended; -a: all, archived ones too
athene session show ID [--json]
athene session resources [ID] [--json] what its processes use: processor, memory, ports
athene session output ID [--lines N] [--terminal T]
                                       the last lines of its terminal as plain text, of a removed
                                       session for 30 days
athene session attach ID [TERMINAL]    its terminal, here; Ctrl+\\ leaves it running
athene session run ID [--stop]         the project's run command in its worktree, with its ports
athene session shell ID                a shell in its worktree, here
athene session kill ID                 ends its processes; worktree and branch stay
athene session freeze ID|--all         pauses it: its processes stand still where they are
athene session thaw ID|--all           continues it
athene session restore ID [--json]     starts an ended session again, with its own conversation
                                       where the agent can go on with it
athene session rename ID NAME          its name on the screen
athene session claim-pr PR [ID] [--assign-on-github] [--json]
                                       makes an open pull request the session's own; without ID the one
                                       in whose terminal this runs
athene session remap ID [--force] [--json]
                                       finds the conversation of an agent that keeps its ids to itself
athene session pin|unpin ID            on top of the sidebar; cleanup leaves it alone
athene session archive|unarchive ID    out of sight; it comes back when it begins to ask
athene session read|unread ID          seen as it stands, or not: what has ended and was not read is in the queue
athene session snooze [ID 15m|1h|change|tomorrow] [--json]
                                       out of the queue until then; without ID: which are
athene session unsnooze ID             in the queue again
athene session mute ID [--for 1h] | unmute ID
                                       nobody is notified of it
athene session cleanup [--project P] [--dry-run] [--json]
                                       removes sessions that are over, like remove does
athene session remove ID [--dry-run] [--discard-large] [--no-tear-down] [--json]
                                       removes the worktree of an ended session; the branch stays,
                                       and what was not committed is kept under refs/athene/rescue`;

export const session: PlainCommand = {
  help,
  async run([verb, ...rest]) {
    if (verb === 'ls') return sessionList.run(rest);
    if (isFreezeVerb(verb)) return freezeFromCommand(verb, rest, help);
    if (isMarkVerb(verb)) return markFromCommand(verb, rest, help);
    if (verb === 'snooze') return snooze(rest, help);
    if (verb === 'unsnooze') return unsnooze(rest, help);
    if (verb === 'mute' || verb === 'unmute') return muteFromCommand(verb, rest, help);
    if (verb === 'show') return show(rest);
    if (verb === 'resources') return resources.run(rest);
    if (verb === 'output') return output(rest);
    if (verb === 'attach') return attachTo(rest);
    if (verb === 'run') return runCommand(rest);
    if (verb === 'shell') return openShell(rest);
    if (verb === 'kill') return kill(rest);
    if (verb === 'restore') return restore(rest);
    if (verb === 'rename') return rename(rest);
    if (verb === 'claim-pr') return claimPullRequest(rest, help);
    if (verb === 'remap') return remap(rest);
    if (verb === 'cleanup') return cleanup(rest);
    if (verb === 'remove') return remove(rest);
    throw new CommandFailed({
      code: 'usage',
      what: 'Which of ls, show, resources, output, attach, run, shell, kill, freeze, thaw, restore, rename, claim-pr, remap, pin, unpin, archive, unarchive, read, unread, snooze, unsnooze, mute, unmute, cleanup, remove?',
      todo: help,
    });
  },
};

async function show(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  return withHost(async (host) => {
    await host.watch.refresh();
    const view = await ask(host, 'session.get', { id });
    process.stdout.write(values.json ? jsonLine(view) : `${facts(view)}\n`);
    return 0;
  });
}

const facts = (view: SessionView): string =>
  Object.entries(view)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        `${name.padEnd(16)}${plain(typeof value === 'object' ? JSON.stringify(value) : String(value))}`,
    )
    .join('\n');

async function output(args: readonly string[]): Promise<number> {
  const options = { lines: { type: 'string', short: 'n' }, terminal: { type: 'string', short: 't' } } as const;
  const { values, positionals } = readArguments(args, options, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  const lines = Number(values.lines ?? '50');
  if (!Number.isInteger(lines) || lines < 1 || lines > 100_000) {
    throw new CommandFailed({ code: 'usage', what: '--lines takes a number from 1 to 100000.', todo: help });
  }
  return withHost(async (host) => {
    const removed = terminalOfRemoved(host.sessions, id);
    const terminal = removed ?? terminalOf(await ask(host, 'session.get', { id }), values.terminal ?? 'agent');
    const text = await host.sessions.runtime.output(terminal, lines);
    if (!text.ok) throw new CommandFailed(text.problem);
    const shown = plainLines(text.value);
    process.stdout.write(shown.endsWith('\n') || shown === '' ? shown : `${shown}\n`);
    return 0;
  });
}

function attachTo(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, {}, help);
  const [id = '', terminal = 'agent', ...more] = positionals;
  if (id === '' || more.length > 0) throw new CommandFailed({ code: 'usage', what: 'Expected ID.', todo: help });
  return attach(id, terminal);
}

async function openShell(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, {}, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  const { terminal } = await withHost((host) => ask(host, 'session.openShell', { id }));
  return attach(id, terminal);
}

async function runCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { stop: { type: 'boolean' } }, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  return withHost(async (host) => {
    if (values.stop) {
      const { survivors } = await ask(host, 'session.stopRun', { id });
      if (survivors.length > 0)
        throw new CommandFailed({ code: 'processes-left', what: `Left: ${survivors.join(', ')}.` });
      process.stdout.write(`The run command of ${id} is stopped.\n`);
      return 0;
    }
    const { already } = await ask(host, 'session.run', { id });
    const { ports } = await ask(host, 'session.get', { id });
    const where = ports === null ? '' : ` with ports ${portsText(ports)}`;
    process.stdout.write(`The run command of ${id} ${already ? 'runs already' : 'is started'}${where}.\n`);
    process.stdout.write(`Its output: athene session output ${id} --terminal run\n`);
    return 0;
  });
}

async function kill(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, {}, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  const { alreadyEnded, survivors, remains } = await withHost(async (host) => ({
    ...(await ask(host, 'session.kill', { id })),
    remains: host.listSessions().some((each) => each.id === id),
  }));
  if (survivors.length > 0) {
    throw new CommandFailed({
      code: 'processes-left',
      what: `These processes of ${id} could not be ended: ${survivors.join(', ')}.`,
      kept: 'Its worktree and branch are kept.',
    });
  }
  if (!remains) process.stdout.write(`${id} was still being made; it was taken back.\n`);
  else
    process.stdout.write(
      alreadyEnded ? `${id} had ended already.\n` : `${id} is stopped. Its worktree and branch are kept.\n`,
    );
  return 0;
}

async function restore(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  const restored = await withHost((host) => restoreInTurn(host, id));
  if (values.json) process.stdout.write(jsonLine(restored));
  else {
    const how = restored.resumed ? 'goes on with its conversation' : 'started anew, without a prompt';
    process.stdout.write(`${id} runs again: its agent ${how}.\n`);
    if (restored.workspaceMade) process.stdout.write('Its worktree was made again from its branch.\n');
  }
  return 0;
}

/** Says once that it waits until fewer agents run. */
async function restoreInTurn(host: Host, id: string) {
  let told = false;
  const stop = host.sessions.store.onChange(() => {
    const place = told ? null : (host.listSessions().find((each) => each.id === id)?.inLine?.place ?? null);
    if (place === null) return;
    told = true;
    process.stderr.write(`As many agents run as may: ${id} is ${ordinal(place)} in line.\n`);
  });
  try {
    return await refreshing(host, true, () => ask(host, 'session.restore', { id }));
  } finally {
    stop();
  }
}

async function remove(args: readonly string[]): Promise<number> {
  const options = {
    'dry-run': { type: 'boolean' },
    'discard-large': { type: 'boolean' },
    'no-tear-down': { type: 'boolean' },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = readArguments(args, options, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  const discardLarge = values['discard-large'] === true;
  if (values['dry-run']) {
    const preview = await withHost((host) => ask(host, 'session.removalPreview', { id }));
    process.stdout.write(values.json ? jsonLine(preview) : previewText(preview));
    return 0;
  }
  const tearDown = values['no-tear-down'] !== true;
  const removed = await withHost((host) => ask(host, 'session.remove', { id, discardLarge, tearDown }));
  const { branch, rescueRef } = removed;
  if (values.json) process.stdout.write(jsonLine(removed));
  else {
    process.stdout.write(`${id} is removed.${branch === null ? '' : ` Its branch ${plain(branch)} is kept.`}\n`);
    if (rescueRef !== null) process.stdout.write(`What was not committed is kept under ${rescueRef}\n`);
  }
  return 0;
}

async function cleanup(args: readonly string[]): Promise<number> {
  const options = {
    project: { type: 'string', short: 'p' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = readArguments(args, options, help);
  readPositionals(positionals, [], help);
  const dryRun = values['dry-run'] === true;
  const done = await withHost((host) => ask(host, 'session.cleanup', { project: values.project ?? null, dryRun }));
  if (values.json) process.stdout.write(jsonLine(done));
  else {
    for (const id of done.killed) process.stdout.write(`${id} ${dryRun ? 'would be removed' : 'is removed'}\n`);
    for (const ref of done.rescued) process.stdout.write(`What was not committed is kept under ${ref}\n`);
    for (const { session: id, error } of done.errors) process.stderr.write(`${id} stays: ${plain(error)}\n`);
    if (done.killed.length + done.errors.length === 0) process.stdout.write('Nothing is over.\n');
  }
  return done.errors.length === 0 ? 0 : 1;
}

async function remap(args: readonly string[]): Promise<number> {
  const options = { force: { type: 'boolean', short: 'f' }, json: { type: 'boolean' } } as const;
  const { values, positionals } = readArguments(args, options, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  const found = await withHost((host) => ask(host, 'session.remap', { id, force: values.force === true }));
  if (values.json) process.stdout.write(jsonLine(found));
  else {
    const how = found.changed ? 'has' : 'has already';
    process.stdout.write(`${id} ${how} the conversation ${plain(found.conversation)}.\n`);
  }
  return 0;
}

async function rename(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, {}, help);
  const [id, name] = readPositionals(positionals, ['ID', 'NAME'], help);
  await withHost((host) => ask(host, 'session.rename', { id, name }));
  process.stdout.write(`${id} is called ${plain(name.trim())} now.\n`);
  return 0;
}
