// The shell script that sets a workspace up in the agent's own terminal and then becomes the agent: what it does is seen and answered where
// the person works, whatever the runtime is.
import type { SetUpState } from '#shared/domain/set-up.ts';
import { quoted } from '../../lib/posix-word.ts';

export interface SetUpPlan {
  readonly commands: readonly string[];
  /** What was done before the script starts: files that were brought. */
  readonly lines: readonly string[];
  /** The person's shell, absolute. */
  readonly shell: string;
  readonly stateFile: string;
  readonly argv: readonly [string, ...string[]];
}

export function setUpScript({ commands, lines, shell, stateFile, argv }: SetUpPlan): string {
  const of = commands.length;
  const last = { step: of, of, command: commands.at(-1) ?? '', code: null };
  return [
    '#!/bin/sh',
    `file=${quoted(stateFile)}`,
    functions(shell),
    ...lines.map((line) => `printf '%s\\n' ${quoted(`[set-up] ${line}`)}`),
    // Ctrl+C ends the command, not the script.
    'trap : INT',
    ...commands.map((command, index) => attempt(command, { step: index + 1, of })),
    ...(of === 0 ? [] : [`[ "$go_on" = no ] || state ${quoted(asJson({ state: 'done', ...last }))}`]),
    'trap - INT',
    ...(of === 0 ? [] : [`[ "$go_on" = no ] || printf '%s\\n\\n' '[set-up] Done.'`]),
    `exec ${argv.map(quoted).join(' ')}`,
    '',
  ].join('\n');
}

/** `attempt N M COMMAND RUNNING REST`: two states as JSON, and what follows the word of any other state. */
function attempt(command: string, { step, of }: { readonly step: number; readonly of: number }): string {
  const words = [String(step), String(of), command, asJson({ state: 'running', step, of, command, code: null })];
  const rest = JSON.stringify({ step, of, command }).slice(1, -1);
  return `[ "$go_on" = no ] || attempt ${[...words, rest].map(quoted).join(' ')}`;
}

const asJson = (state: SetUpState): string => JSON.stringify(state);

/** POSIX sh only. The state is written whole or not at all, and before the line that makes a host look at it. */
const functions = (shell: string): string => `go_on=yes
state() {
  ( umask 077; printf '%s\\n' "$1" > "$file.new" && mv -f "$file.new" "$file" )
}
attempt() {
  while :; do
    state "$4"
    printf '[set-up %s of %s] %s\\n' "$1" "$2" "$3"
    ${quoted(shell)} -lc "$3"
    code=$?
    [ "$code" -eq 0 ] && return
    state "{\\"state\\":\\"failed\\",$5,\\"code\\":$code}"
    stty sane 2>/dev/null
    printf '\\n[set-up %s of %s] Failed with exit %s.\\n' "$1" "$2" "$code"
    answer=
    while [ -z "$answer" ]; do
      printf '\\a%s' 'Retry (r), start the agent anyway (a), or leave (l)? '
      read -r answer || answer=l
      case "$answer" in
        r | R | retry) answer=r ;;
        a | A | anyway) go_on=no; state "{\\"state\\":\\"passed-over\\",$5,\\"code\\":$code}"; return ;;
        l | L | leave) state "{\\"state\\":\\"left\\",$5,\\"code\\":$code}"; exit "$code" ;;
        *) answer= ;;
      esac
    done
  done
}`;
