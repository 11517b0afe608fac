// The runtime on tmux: the agent lives in a tmux session of our own server, and a terminal of the pty host shows it. So it outlives
// the pty host as well: whoever comes next opens a new view of the same session.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { TerminalSpec } from '#shared/domain/terminal-spec.ts';
import type {
  KillReport,
  RunningTerminal,
  RuntimeProblem,
  TerminalProbe,
  TerminalStatus,
} from '#shared/domain/terminal-status.ts';
import { ensureDirectory, probePath, removeFile, renameFile, writeFileAtomic } from '#main/lib/files.ts';
import { terminalMarker } from '#main/pty-host/terminal-record.ts';
import { endTree } from '#main/lib/process-tree.ts';
import type { HomePaths } from '#main/storage/paths.ts';
import type { Runtime } from '../runtime.ts';
import { launchScript, viewerArguments } from './scripts.ts';
import { tmuxDirectory, type TmuxServer, type TmuxSession } from './tmux-server.ts';

export interface TmuxPlace {
  readonly paths: HomePaths;
  readonly tmux: TmuxServer;
  /** Shows it. */
  readonly pty: Runtime;
}

/** What a tmux runtime does by itself; for the rest its terminals are those of the pty host. */
export type TmuxRuntime = Pick<Runtime, 'create' | 'kill' | 'probe' | 'forget' | 'running' | 'origin'> & {
  /** All living sessions, in one call. */
  sessions(): Promise<Result<readonly TmuxSession[], RuntimeProblem>>;
  /** Opens a view of each of these that has none in `known`. True when it opened one. */
  revive(sessions: readonly TmuxSession[], known: readonly TerminalStatus[]): Promise<Result<boolean, RuntimeProblem>>;
};

/** Until a viewer says how large it is. */
const firstSize = { cols: 110, rows: 34 };

export function createTmuxRuntime(place: TmuxPlace): TmuxRuntime {
  const { tmux, pty, paths } = place;
  return {
    async create(spec) {
      const found = await sessionOf(tmux, spec.terminal);
      if (!found.ok) return found;
      if (found.value === null) {
        const script = writeLaunch(paths, spec);
        const started = await tmux.start(spec, script);
        if (!started.ok) {
          // Nobody was there to remove it, and the agent's secrets are in it.
          removeFile(script);
          return started;
        }
      }
      const viewed = await pty.create(viewOf(place, spec));
      // Without a view nobody could see or answer it.
      if (!viewed.ok && found.value === null) await tmux.end(spec.session);
      return viewed;
    },
    kill: (terminal) => killThere(place, terminal),
    async probe(terminal): Promise<TerminalProbe> {
      const seen = await pty.probe(terminal);
      if (seen.kind === 'alive') return seen;
      const found = await sessionOf(tmux, terminal);
      if (!found.ok) return { kind: 'unknown', why: found.problem.what };
      return found.value === null ? seen : { kind: 'alive', pid: found.value.pid };
    },
    async forget(terminal, options) {
      const found = await sessionOf(tmux, terminal);
      if (!found.ok) return found;
      if (found.value !== null) return fail(stillRuns);
      const forgotten = await pty.forget(terminal, options);
      if (forgotten.ok) for (const file of filesOf(paths, terminal)) removeFile(file);
      return forgotten;
    },
    running: () => tmux.list().then((listed) => (listed.ok ? ok(listed.value.map(asRunning)) : listed)),
    origin(terminal) {
      const view = pty.origin(terminal);
      return view === null ? null : { ...view, onlyShows: true };
    },
    sessions: () => tmux.list(),
    async revive(sessions, known) {
      const shown = new Set(known.filter(({ exit }) => exit === null).map(({ terminal }) => terminal));
      const unseen = sessions.filter(({ terminal }) => !shown.has(terminal));
      for (const session of unseen) {
        const opened = await showAgain(place, session);
        if (!opened.ok) return opened;
      }
      return ok(unseen.length > 0);
    },
  };
}

const asRunning = ({ terminal, name, pid }: TmuxSession): RunningTerminal => ({ terminal, session: name, pid });

async function sessionOf(tmux: TmuxServer, terminal: string): Promise<Result<TmuxSession | null, RuntimeProblem>> {
  const sessions = await tmux.list();
  return sessions.ok ? ok(sessions.value.find((session) => session.terminal === terminal) ?? null) : sessions;
}

function writeLaunch(paths: HomePaths, spec: TerminalSpec): string {
  ensureDirectory(tmuxDirectory(paths));
  const [script, exitFile] = filesOf(paths, spec.terminal);
  removeFile(exitFile);
  writeFileAtomic(script, launchScript(spec, exitFile));
  return script;
}

const filesOf = (paths: HomePaths, terminal: string): readonly [script: string, exitFile: string] => [
  join(tmuxDirectory(paths), `${terminal}.sh`),
  join(tmuxDirectory(paths), `${terminal}.exit`),
];

const viewOf = ({ tmux, paths }: TmuxPlace, spec: Omit<TerminalSpec, 'argv'>): TerminalSpec => ({
  ...spec,
  argv: viewerArguments({
    program: tmux.program ?? 'tmux',
    socket: tmux.socket,
    session: spec.session,
    exitFile: filesOf(paths, spec.terminal)[1],
  }),
  // A view needs to know its terminal, and nothing of the agent's secrets.
  env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TERM: 'xterm-256color' },
});

/** Its view ended with an earlier pty host; what that wrote is kept beside, under a name of its own. */
async function showAgain(place: TmuxPlace, { terminal, name }: TmuxSession): Promise<Result<null, RuntimeProblem>> {
  const seen = await place.pty.probe(terminal);
  if (seen.kind === 'alive') return ok(null);
  const old = place.paths.transcriptDirectory(terminal);
  if (probePath(old).kind !== 'absent') renameFile(old, place.paths.transcriptDirectory(randomUUID()));
  const size = firstSize;
  const opened = await place.pty.create(
    viewOf(place, { terminal, session: name, cwd: place.paths.home, env: {}, size }),
  );
  return opened.ok ? ok(null) : opened;
}

/** Its processes first, with their grace; then what tmux may still hold. */
async function killThere({ pty, tmux }: TmuxPlace, terminal: string): Promise<Result<KillReport, RuntimeProblem>> {
  const found = await sessionOf(tmux, terminal);
  if (!found.ok) return found;
  const killed = await pty.kill(terminal);
  if (found.value === null) return killed;
  if (!killed.ok && killed.problem.code !== 'terminal-unknown') return killed;
  const survivors = await endTree({ marker: terminalMarker(terminal), root: null });
  const ended = await tmux.end(found.value.name);
  if (!ended.ok) return ended;
  return ok({ exit: killed.ok ? killed.value.exit : null, survivors });
}

const stillRuns: RuntimeProblem = {
  code: 'terminal-not-started',
  what: "The terminal's program still runs in tmux.",
  kept: 'Nothing was removed.',
  todo: 'End the session first.',
};
