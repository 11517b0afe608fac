// Terminals beside the agent's: a shell to type in, and the project's run command. They end with their session.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { runLabel } from '#shared/domain/session-terminal.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import type { LoginEnvironment } from '../lib/login-environment.ts';
import { probePath } from '../lib/files.ts';
import {
  deleteTerminal,
  getTerminal,
  insertTerminal,
  listTerminals,
  updateTerminal,
  type TerminalRow,
} from '../storage/terminals.ts';
import type { KnownProject, SessionDependencies } from './dependencies.ts';
import { workspaceEnvironment } from './launch/agent-environment.ts';
import { placeDoubt } from './place-doubt.ts';
import { findSession } from './session-record.ts';

type ShellProblem = Problem<CodeOf<AtheneContract, 'session.run'>>;
type CloseProblem = Problem<CodeOf<AtheneContract, 'session.closeTerminal'>>;

export interface OpenedShell {
  readonly terminal: string;
  /** It was running already: there is one run command per session. */
  readonly already: boolean;
}

/** Until a viewer says how large it is. */
const firstSize = { cols: 110, rows: 34 };

export const openShell = (dependencies: SessionDependencies, id: string): Promise<Result<OpenedShell, ShellProblem>> =>
  open(dependencies, id, { label: '', earlier: [], argvFor: ({ shell }) => ok([shell]) });

/** Starts the project's run command, or finds it running. What an earlier one printed is forgotten. */
export async function runProject(
  dependencies: SessionDependencies,
  id: string,
): Promise<Result<OpenedShell, ShellProblem>> {
  const earlier = await endedRuns(dependencies, id);
  if ('alive' in earlier) return ok({ terminal: earlier.alive, already: true });
  return open(dependencies, id, {
    label: runLabel,
    earlier: earlier.ended,
    argvFor: ({ shell }, { id: project, run }) =>
      run === undefined ? fail(noCommand(project)) : ok([shell, '-lc', run]),
  });
}

/** Milliseconds; a pty host that has to be started first takes up to 15 s. */
const longestStart = 60_000;

/** One of which nobody can tell counts as alive. */
async function endedRuns(
  dependencies: SessionDependencies,
  id: string,
): Promise<{ readonly alive: string } | { readonly ended: readonly TerminalRow[] }> {
  const { store, runtime, now } = dependencies;
  const rows = store.read((tx) => listTerminals(tx, id)).filter(({ label }) => label === runLabel);
  for (const row of rows) {
    // Its starter died in the middle: the runtime would know it by now.
    if (row.state === 'starting' && now() - row.created > longestStart) await end(dependencies, row);
    else if (row.state !== 'exited' && (await runtime.probe(row.id)).kind !== 'ended') return { alive: row.id };
  }
  return { ended: rows };
}

interface Opening {
  readonly label: string;
  /** Whose place it takes: forgotten once nothing speaks against a start. */
  readonly earlier: readonly TerminalRow[];
  readonly argvFor: (
    login: LoginEnvironment,
    project: KnownProject,
  ) => Result<readonly [string, ...string[]], ShellProblem>;
}

async function open(
  dependencies: SessionDependencies,
  id: string,
  { label, earlier, argvFor }: Opening,
): Promise<Result<OpenedShell, ShellProblem>> {
  const { store, runtime, newId } = dependencies;
  const found = findSession(dependencies, id);
  if (!found.ok) return found;
  const record = found.value;
  const project = dependencies.projects.find(record.project);
  if (!project.ok) return project;
  const cwd = await placeOf(dependencies, record, project.value);
  if (!cwd.ok) return cwd;
  const login = await dependencies.login(false);
  const argv = argvFor(login, project.value);
  if (!argv.ok) return argv;
  for (const row of earlier) await forget(dependencies, row.id);
  const terminal = newId();
  const rival = await store.write('shell: open', (tx) => {
    const live = label === runLabel ? listTerminals(tx, id).find((row) => row.label === label) : undefined;
    if (live === undefined) {
      const row = { id: terminal, session: id, role: 'shell', label, runtime: 'pty', state: 'starting' } as const;
      insertTerminal(tx, { ...row, size: firstSize });
    }
    return live?.id ?? null;
  });
  // Somebody else was quicker by moments.
  if (rival !== null) return ok({ terminal: rival, already: true });
  const env = workspaceEnvironment({ dependencies, record, project: project.value, login });
  const started = await runtime.create({
    terminal,
    session: id,
    argv: argv.value,
    cwd: cwd.value,
    env,
    size: firstSize,
  });
  await store.write('shell: opened', (tx) => {
    if (!started.ok) return deleteTerminal(tx, terminal);
    // One that has ended meanwhile was written down by whoever saw it.
    return getTerminal(tx, terminal)?.state === 'starting' && updateTerminal(tx, terminal, { state: 'alive' });
  });
  return started.ok ? ok({ terminal, already: false }) : fail({ ...started.problem, code: 'terminal-failed' });
}

async function placeOf(
  dependencies: SessionDependencies,
  record: SessionRecord,
  project: KnownProject,
): Promise<Result<string, ShellProblem>> {
  const { id, workspace } = record;
  if (workspace === null || probePath(workspace.path).kind === 'absent') return fail(noPlace(record));
  const doubt = await placeDoubt(dependencies, id, { workspace, project });
  return doubt === null ? ok(workspace.path) : fail(doubt);
}

/** Ends the run command; what it printed stays to be read. */
export async function stopRun(
  dependencies: SessionDependencies,
  id: string,
): Promise<Result<{ survivors: number[] }, CloseProblem>> {
  const rows = dependencies.store.read((tx) => listTerminals(tx, id)).filter(({ label }) => label === runLabel);
  const survivors: number[] = [];
  for (const row of rows) {
    const ended = await end(dependencies, row);
    if (!ended.ok) return ended;
    survivors.push(...ended.value);
  }
  return ok({ survivors });
}

/** Ends a shell and forgets what it printed. The agent's terminal is none of this. */
export async function closeShell(
  dependencies: SessionDependencies,
  { id, terminal }: { readonly id: string; readonly terminal: string },
): Promise<Result<{ survivors: number[] }, CloseProblem>> {
  const row = dependencies.store.read((tx) => getTerminal(tx, terminal));
  if (row === null || row.session !== id || row.role !== 'shell') return fail(unknownShell(id));
  const ended = await end(dependencies, row);
  if (!ended.ok) return ended;
  if (ended.value.length === 0) await forget(dependencies, terminal);
  return ok({ survivors: [...ended.value] });
}

/** Before a session is removed: what has the worktree as its current directory would stand in the way. */
export async function endShells(dependencies: SessionDependencies, id: string): Promise<Result<null, CloseProblem>> {
  for (const row of dependencies.store.read((tx) => listTerminals(tx, id))) {
    if (row.role !== 'shell' || row.state === 'exited') continue;
    const ended = await end(dependencies, row);
    if (!ended.ok) return ended;
    if (ended.value.length > 0) return fail(survived(ended.value));
  }
  return ok(null);
}

async function end(
  { store, runtime }: SessionDependencies,
  { id }: TerminalRow,
): Promise<Result<readonly number[], CloseProblem>> {
  const killed = await runtime.kill(id);
  if (!killed.ok && killed.problem.code !== 'terminal-unknown') {
    return fail({ ...killed.problem, code: 'runtime-unreachable', kept: 'Nothing was changed.' });
  }
  const survivors = killed.ok ? killed.value.survivors : [];
  const exit = killed.ok ? killed.value.exit : null;
  if (survivors.length === 0)
    await store.write('shell: ended', (tx) => updateTerminal(tx, id, { state: 'exited', exit }));
  return ok(survivors);
}

/** A transcript that the runtime can't give up now stays for fsck. */
async function forget({ store, runtime }: SessionDependencies, terminal: string): Promise<void> {
  const forgotten = await runtime.forget(terminal);
  if (forgotten.ok || forgotten.problem.code === 'terminal-unknown') {
    await store.write('shell: forget', (tx) => deleteTerminal(tx, terminal));
  }
}

const noCommand = (project: string): ShellProblem => ({
  code: 'run-missing',
  what: `The project ${project} has no run command.`,
  kept: 'Nothing was started.',
  todo: 'Give it one on the settings page, or as `run:` in config.yaml.',
});

const noPlace = ({ id, workspace }: SessionRecord): ShellProblem => ({
  code: 'workspace-missing',
  what: workspace === null ? `${id} has no worktree.` : `${workspace.path} is not there.`,
  kept: 'Nothing was started.',
  todo: `Restore it: athene session restore ${id}`,
});

const unknownShell = (id: string): CloseProblem => ({
  code: 'terminal-unknown',
  what: `${id} has no such shell.`,
  kept: 'Nothing was changed.',
});

const survived = (pids: readonly number[]): CloseProblem => ({
  code: 'processes-left',
  what: `Processes of a shell could not be ended: ${pids.join(', ')}.`,
  kept: 'Nothing was removed.',
  todo: 'End them by hand, then try again.',
});
