// The door to a tmux server of our own: its socket lies in the home, so that nobody's own sessions are ever seen, named or ended.
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { TerminalSpec } from '#shared/domain/terminal-spec.ts';
import type { RuntimeProblem } from '#shared/domain/terminal-status.ts';
import { run } from '#main/lib/exec.ts';
import { ensureDirectory, probePath, writeFileAtomic } from '#main/lib/files.ts';
import { cleanPath, findProgram } from '#main/lib/find-program.ts';
import type { HomePaths } from '#main/storage/paths.ts';

export interface TmuxSession {
  /** The terminal that it was made for. */
  readonly terminal: string;
  readonly name: string;
  /** First process in it. */
  readonly pid: number;
}

export interface TmuxServer {
  /** Absolute path of the program; null when it is not installed. */
  readonly program: string | null;
  readonly socket: string;
  /** All sessions in one call; an absent server has none. */
  list(): Promise<Result<readonly TmuxSession[], RuntimeProblem>>;
  /** Starts the script in a session of this name, and the server when there is none. */
  start(spec: TerminalSpec, script: string): Promise<Result<null, RuntimeProblem>>;
  /** Ends the session; one that is not there is no problem. */
  end(name: string): Promise<Result<null, RuntimeProblem>>;
}

/** Milliseconds. */
const patience = 5000;

/** `find` looks for a program on a PATH. */
export function openTmux({
  paths,
  env,
  find = findProgram,
}: {
  readonly paths: HomePaths;
  readonly env: NodeJS.ProcessEnv;
  readonly find?: typeof findProgram;
}): TmuxServer {
  const search = cleanPath(env['PATH'] ?? '', [paths.home]);
  const program = find('tmux', search);
  const socket = paths.socketFor('tmux', 1);
  const directory = tmuxDirectory(paths);
  const call = (args: readonly string[]) =>
    run({
      file: program ?? '',
      args: ['-u', '-S', socket, ...args],
      cwd: paths.home,
      // Becomes the environment of the server: nothing of a session may be in it, least of all its marker.
      env: { PATH: search, HOME: env['HOME'] ?? '/', LANG: 'C.UTF-8', TERM: 'xterm-256color', SHELL: '/bin/sh' },
      timeoutMs: patience,
    });
  return {
    program,
    socket,
    async list() {
      if (program === null || probePath(socket).kind === 'absent') return ok([]);
      const told = await call(['-N', 'list-sessions', '-F', '#{@athene_terminal}\t#{session_name}\t#{pane_pid}']);
      if (told.kind === 'exited' && told.code === 0) return ok(told.stdout.split('\n').flatMap(readSession));
      if (told.kind === 'exited' && isAbsence(told.stderr)) return ok([]);
      return fail(unreachable(told.kind === 'could-not-start' ? told.why : told.stderr));
    },
    async start(spec, script) {
      if (program === null) return fail(missing);
      ensureDirectory(directory);
      const configuration = join(directory, 'tmux.conf');
      writeFileAtomic(configuration, settings);
      const { session, size, cwd, terminal } = spec;
      const extent = ['-x', String(size.cols), '-y', String(size.rows)];
      const made = await call([
        ...['-f', configuration, 'new-session', '-d', '-s', session, ...extent, '-c', cwd, '--', '/bin/sh', script],
        ...[';', 'set-option', '-t', `=${session}:`, '@athene_terminal', terminal],
      ]);
      if (made.kind === 'exited' && made.code === 0) return ok(null);
      return fail(notStarted(made.kind === 'could-not-start' ? made.why : made.stderr));
    },
    async end(name) {
      if (program === null || probePath(socket).kind === 'absent') return ok(null);
      const ended = await call(['-N', 'kill-session', '-t', `=${name}`]);
      if (
        ended.kind === 'exited' &&
        (ended.code === 0 || ended.stderr.includes("can't find session") || isAbsence(ended.stderr))
      )
        return ok(null);
      return fail(unreachable(ended.kind === 'could-not-start' ? ended.why : ended.stderr));
    },
  };
}

/** Of a server that could not be reached for another reason (no rights, too many files) nobody can tell. */
const isAbsence = (stderr: string): boolean =>
  /no server running|no sessions|error connecting to .*\((?:No such file or directory|Connection refused)\)/.test(
    stderr,
  );

export const tmuxDirectory = (paths: HomePaths): string => join(paths.run, 'tmux');

/** The view is Athene's: no line of tmux's own, no keys of its own, and lines that scroll out go to the viewer's history. */
const settings = `set -s escape-time 0
set -s set-clipboard off
set -g default-terminal screen-256color
set -ga terminal-overrides ',*:smcup@:rmcup@'
set -g status off
set -g prefix None
set -g prefix2 None
set -g history-limit 10000
set -g window-size latest
set -g focus-events on
unbind-key -a -T prefix
unbind-key -a -T root
`;

function readSession(line: string): readonly TmuxSession[] {
  const [terminal = '', name = '', pid = ''] = line.split('\t');
  return terminal === '' || !/^\d+$/.test(pid) ? [] : [{ terminal, name, pid: Number(pid) }];
}

const missing: RuntimeProblem = {
  code: 'terminal-not-started',
  what: 'tmux was not found on this machine.',
  kept: 'No process was started.',
  todo: 'Install tmux, or start the session without --runtime tmux.',
};

const notStarted = (details: string): RuntimeProblem => ({
  code: 'terminal-not-started',
  what: 'tmux could not start the session.',
  kept: 'No process was started.',
  details,
});

const unreachable = (details: string): RuntimeProblem => ({
  code: 'runtime-unreachable',
  what: "Athene's tmux server does not answer.",
  kept: 'Nothing was changed.',
  todo: 'Wait a moment and try again.',
  details,
});
