// `athene session show|output|run ID`.
import { portsText } from '#shared/domain/ports.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { terminalOf } from './attach.ts';
import { defineCommand, jsonOption, usageError } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, plainLines } from './table.ts';

export const show = defineCommand({
  name: 'show',
  summary: 'all that is known of it',
  words: [{ name: 'ID', takes: 'session' }],
  options: jsonOption,
  run: ({ values, words: [id] }) =>
    withHost(async (host) => {
      await host.watch.refresh();
      const view = await ask(host, 'session.get', { id });
      process.stdout.write(values.json ? jsonLine(view) : `${facts(view)}\n`);
      return 0;
    }),
});

const facts = (view: SessionView): string =>
  Object.entries(view)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        `${name.padEnd(16)}${plain(typeof value === 'object' ? JSON.stringify(value) : String(value))}`,
    )
    .join('\n');

export const output = defineCommand({
  name: 'output',
  summary: 'the last lines of its terminal as plain text, of a removed session for 30 days',
  words: [{ name: 'ID', takes: 'session' }],
  options: {
    lines: { short: 'n', value: 'N', says: 'so many lines (50)' },
    terminal: { short: 't', value: 'T', says: 'of another of its terminals than that of its agent' },
  },
  run({ values, words: [id] }) {
    const lines = Number(values.lines ?? '50');
    if (!Number.isInteger(lines) || lines < 1 || lines > 100_000) {
      throw usageError('--lines takes a number from 1 to 100000.');
    }
    return withHost(async (host) => {
      const { terminalOfRemoved } = await import('../host/terminal-of-removed.ts');
      const removed = terminalOfRemoved(host.sessions, id);
      const terminal = removed ?? terminalOf(await ask(host, 'session.get', { id }), values.terminal ?? 'agent');
      const text = await host.sessions.runtime.output(terminal, lines);
      if (!text.ok) throw new CommandFailed(text.problem);
      const shown = plainLines(text.value);
      process.stdout.write(shown.endsWith('\n') || shown === '' ? shown : `${shown}\n`);
      return 0;
    });
  },
});

export const runCommand = defineCommand({
  name: 'run',
  summary: "the project's run command in its worktree, with its ports",
  words: [{ name: 'ID', takes: 'session' }],
  options: { stop: { says: 'stops it' } },
  run: ({ values, words: [id] }) =>
    withHost(async (host) => {
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
    }),
});
