// The two shell scripts around an agent in tmux: one starts it there, the other shows it in a terminal of the pty host.
import type { TerminalSpec } from '#shared/domain/terminal-spec.ts';
import { quoted } from '#main/lib/posix-word.ts';

/**
 * Starts the agent with exactly its environment and writes down how it ended. A file instead of arguments, since a token in an argument
 * could be read by everybody on the machine; it removes itself first.
 */
export function launchScript({ argv, env, session, terminal }: TerminalSpec, exitFile: string): string {
  const whole = { ...env, ATHENE_SESSION: session, ATHENE_TERMINAL: terminal };
  const exports = Object.entries(whole)
    // tmux has told what kind of terminal it is; PWD is the shell's.
    .filter(([name]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !['TERM', 'PWD', 'SHLVL', '_'].includes(name))
    .map(([name, value]) => `${exportOf(name)} ${name}=${quoted(value)}`);
  return [
    '#!/bin/sh',
    'rm -f -- "$0"',
    // Its own tmux commands are not meant for this server.
    'unset TMUX TMUX_PANE',
    ...exports,
    argv.map(quoted).join(' '),
    'code=$?',
    'umask 077',
    `printf %s "$code" > ${quoted(exitFile)}`,
    '',
  ].join('\n');
}

/** In bash these can't be set, and to try ends a script; they then are what they are. */
const ofTheShell = new Set(['UID', 'EUID', 'PPID', 'SHELLOPTS', 'BASHOPTS']);
const exportOf = (name: string): string => (ofTheShell.has(name) ? 'command export 2>/dev/null' : 'export');

/** Goes on until the session is over, also when somebody detaches it; ends with the agent's own exit code. */
export const viewerArguments = (view: {
  readonly program: string;
  readonly socket: string;
  readonly session: string;
  readonly exitFile: string;
}): readonly [string, ...string[]] => [
  '/bin/sh',
  '-c',
  `while "$1" -N -S "$2" has-session -t "=$3" 2>/dev/null; do
  "$1" -N -u -S "$2" attach-session -t "=$3" || sleep 0.2
done
if [ -f "$4" ]; then exit "$(cat "$4")"; fi
exit 129`,
  'athene-tmux',
  view.program,
  view.socket,
  view.session,
  view.exitFile,
];
