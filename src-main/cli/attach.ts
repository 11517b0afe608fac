// An agent's terminal in this one. Ctrl+\ leaves; everything else goes to the agent.
import { encodeSize, flowControl, terminalExitSchema, terminalFrame } from '#shared/domain/terminal.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { runLabel } from '#shared/domain/session-terminal.ts';
import type { Host } from '../host/host.ts';
import type { TerminalAttachment } from '../plugins/runtimes/runtime.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, mustBeAllowed, withHost } from './open-local-host.ts';

/** Ctrl+\ as a byte, and as programs get it that asked for the Kitty or the xterm way of keys. */
const leaveKeys = ['\u001c', '\u001b[92;5u', '\u001b[27;5;92~'];
const empty = new Uint8Array(0);

/** @param name as `athene session show` lists its terminals, `shell` for its first shell, or an id */
export const attach = (id: string, name = 'agent'): Promise<number> =>
  withHost(async (host) => {
    const terminal = terminalOf(await ask(host, 'session.get', { id }), name);
    // A shell beside the agent is the person's.
    mustBeAllowed(host, name === 'agent' || name === runLabel ? 'session.attach' : 'session.openShell', { id });
    if (!process.stdin.isTTY || !process.stdout.isTTY) {
      throw new CommandFailed({
        code: 'no-terminal',
        what: 'Attaching needs a terminal on both ends.',
        todo: `For its text: athene session output ${id}`,
      });
    }
    process.stderr.write(`Attached to ${id}. Ctrl+\\ leaves; the agent goes on.\r\n`);
    const why = await runAttached(host, terminal);
    process.stderr.write(`\r\n${why}\n`);
    return 0;
  });

export function terminalOf({ id, terminal, terminals }: SessionView, name: string): string {
  const wanted = name === 'shell' ? 'shell 1' : name;
  const found = name === 'agent' ? terminal : terminals.find((each) => each.name === wanted || each.id === name)?.id;
  if (found) return found;
  const others = terminals.map((each) => each.name).filter((each) => each !== 'agent');
  throw new CommandFailed({
    code: 'terminal-unknown',
    what: name === 'agent' ? `${id} has no terminal yet.` : `${id} has no terminal called ${JSON.stringify(name)}.`,
    todo: others.length === 0 ? 'It has none beside that of its agent.' : `There are: agent, ${others.join(', ')}.`,
  });
}

/** Resolves with the reason for the end. Restores the terminal's mode and switches off what the program had switched on. */
async function runAttached(host: Host, terminal: string): Promise<string> {
  let acknowledged = 0;
  let attachment: TerminalAttachment | null = null;
  const ended = Promise.withResolvers<string>();
  const acknowledge = (offset: number) => {
    if (offset - acknowledged < flowControl.acknowledgeEvery) return;
    acknowledged = offset;
    attachment?.send({ type: terminalFrame.acknowledge, offset, payload: empty });
  };
  const opened = await host.sessions.runtime.attach(
    terminal,
    { from: 'screen', lease: true },
    {
      onFrame({ type, offset, payload }) {
        if (type === terminalFrame.output) {
          process.stdout.write(payload, () => acknowledge(offset + payload.length));
        } else if (type === terminalFrame.snapshot) {
          acknowledged = offset;
          process.stdout.write(Buffer.concat([Buffer.from('\u001bc'), payload.subarray(5)]));
        } else if (type === terminalFrame.exit) ended.resolve(exitText(payload));
      },
      onClose: (why) => ended.resolve(`The connection ended: ${why}`),
    },
  );
  if (!opened.ok) throw new CommandFailed(opened.problem);
  attachment = opened.value;
  const stop = passKeys(attachment, () => ended.resolve('Left; the agent goes on.'));
  const why = await ended.promise;
  stop();
  attachment.close();
  process.stdout.write(resetModes);
  return why;
}

/** Alternate screen, mouse, bracketed paste, focus, cursor keys, hidden cursor, scroll region, key protocols; then the last line. */
const resetModes = [
  ...[
    '?1047l',
    '?1000l',
    '?1002l',
    '?1003l',
    '?1006l',
    '?2004l',
    '?1004l',
    '?1l',
    '?25h',
    'r',
    '<99u',
    '>4m',
    '0m',
    '999H',
  ],
]
  .map((sequence) => `\u001b[${sequence}`)
  .join('');

function exitText(payload: Uint8Array): string {
  const exit = terminalExitSchema.safeParse(JSON.parse(Buffer.from(payload).toString('utf8')));
  if (!exit.success) return 'The agent ended.';
  return exit.data.signal
    ? `The agent ended by signal ${exit.data.signal}.`
    : `The agent ended with exit ${exit.data.code}.`;
}

function passKeys(attachment: TerminalAttachment, leave: () => void): () => void {
  let typed = 0;
  const onData = (bytes: Buffer) => {
    const at = Math.min(...leaveKeys.map((key) => bytes.indexOf(key)).filter((index) => index !== -1), Infinity);
    const own = bytes.subarray(0, at);
    if (own.length > 0) attachment.send({ type: terminalFrame.input, offset: typed, payload: own });
    typed += own.length;
    if (at < bytes.length) leave();
  };
  const onResize = () => {
    const { columns, rows } = process.stdout;
    // A terminal that was never told its size says 0.
    if (!(columns > 0 && rows > 0)) return;
    attachment.send({ type: terminalFrame.resizeRequest, offset: 0, payload: encodeSize({ cols: columns, rows }) });
  };
  process.stdin.setRawMode(true);
  process.stdin.on('data', onData);
  process.stdout.on('resize', onResize);
  process.stdin.resume();
  onResize();
  return () => {
    process.stdin.off('data', onData);
    process.stdout.off('resize', onResize);
    process.stdin.setRawMode(false);
    process.stdin.pause();
  };
}
