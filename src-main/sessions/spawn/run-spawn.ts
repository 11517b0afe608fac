// Runs the steps of a spawn one after the other, writes down each before it acts, and takes all back when one fails.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import { ownerSchema } from '#shared/domain/owner.ts';
import { spawnOrderSchema, type SpawnInput, type SpawnOrder } from '#shared/domain/spawn.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { beginRequest, deleteRequest, failRequest, getRequest, takeOverRequest } from '../../storage/requests.ts';
import { StoreBusyError, StoreRefusedError, type Transaction } from '../../storage/store.ts';
import { leaveLine, takeOverPlace, type LineRow } from '../../storage/waiting-line.ts';
import { tellRefusal } from '../coordinators/tell-refusal.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { waitInLine, type Turn } from '../line/wait-in-line.ts';
import { answerOfEarlier } from './answer-of-earlier.ts';
import { chooseAgent } from './choose-agent.ts';
import { claim } from './claim.ts';
import { deliverPrompt } from './deliver-prompt.ts';
import { loadIssue } from './load-issue.ts';
import { openWorkspace } from './open-workspace.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { recoverSpawns, workAt } from './recover-spawns.ts';
import { remoteNumbers } from './remote-numbers.ts';
import { SpawnJournal, StoppedMeanwhileError } from './spawn-journal.ts';
import { limitOf, type FailedSpawn, type Spawn, type SpawnProblem, type SpawnStep } from './spawn-step.ts';
import { startTerminal } from './start-terminal.ts';
import { undoSpawn } from './undo-spawn.ts';
import { writeFiles } from './write-files.ts';

/** In the order of `spawnStepNames`. */
export const spawnSteps: readonly SpawnStep[] = [
  chooseAgent,
  loadIssue,
  remoteNumbers,
  claim,
  openWorkspace,
  writeFiles,
  prepareWorkspace,
  startTerminal,
  deliverPrompt,
];

type SpawnAround = Pick<Spawn, 'caller' | 'owner' | 'signal' | 'leave' | 'onPlace'>;

/** Resolves with the session once its agent's process runs; never throws. The same request again gives the same answer. */
export async function runSpawn(
  dependencies: SessionDependencies,
  asked: SpawnInput | SpawnOrder,
  around: SpawnAround,
): Promise<Result<{ readonly session: string }, SpawnProblem>> {
  const input: SpawnOrder = { makes: { kind: 'worker' }, by: null, ...asked };
  try {
    await recoverSpawns(dependencies);
    const outcome = await workAt(dependencies, input.request, async () => {
      const begun = await dependencies.store.write('spawn: begin', (tx) =>
        beginRequest(tx, { id: input.request, kind: 'spawn', input, owner: dependencies.identity }),
      );
      return begun === 'new' ? runOrUndo(newSpawn(dependencies, input, around)) : null;
    });
    return outcome ?? (await answerOfEarlier(dependencies, input.request, around.signal));
  } catch (error) {
    return fail(problemOf(error));
  }
}

/** Waits on for a spawn in line whose process is gone. Null when it waits no more, or somebody else does so. */
export async function resumeSpawn(
  dependencies: SessionDependencies,
  place: LineRow,
  around: Omit<SpawnAround, 'owner'>,
): Promise<Result<{ readonly session: string }, SpawnProblem> | null> {
  return workAt(dependencies, place.request, async () => {
    const input = await dependencies.store.write('spawn: wait on', (tx) => takeOver(tx, dependencies, place));
    const owner = ownerSchema.safeParse(place.owner).data ?? { kind: 'project' };
    return input === null ? null : runOrUndo({ ...newSpawn(dependencies, input, { ...around, owner }), resumed: true });
  });
}

function takeOver(tx: Transaction, { identity }: SessionDependencies, place: LineRow): SpawnOrder | null {
  const request = getRequest(tx, place.request);
  const input = spawnOrderSchema.safeParse(request?.input);
  if (request?.state !== 'running' || !input.success) {
    leaveLine(tx, place.request);
    return null;
  }
  return takeOverPlace(tx, place, identity) && takeOverRequest(tx, request, identity) ? input.data : null;
}

const newSpawn = (dependencies: SessionDependencies, input: SpawnOrder, around: SpawnAround): Spawn => ({
  dependencies,
  input,
  ...around,
  step: 'choose-agent',
  resumed: false,
  project: null,
  agent: null,
  login: null,
  issue: null,
  remoteNumber: 0,
  record: null,
  planned: null,
  launch: null,
  token: null,
});

async function runOrUndo(spawn: Spawn): Promise<Result<{ readonly session: string }, SpawnProblem>> {
  const outcome = await runSteps(spawn).catch((error: unknown) => fail(problemOf(error)));
  // Left in line: nothing is to be taken back.
  if (outcome.ok || outcome.problem.code === 'spawn-queued') return outcome;
  const { dependencies, input, record } = spawn;
  dependencies.log('spawn.failed', { request: input.request, session: record?.id ?? null, code: outcome.problem.code });
  const problem = await settle(spawn, outcome.problem);
  if (problem.code !== 'spawn-cancelled') await tellRefusal(dependencies, input, problem);
  return fail(problem);
}

async function runSteps(spawn: Spawn): Promise<Result<{ readonly session: string }, SpawnProblem>> {
  // Asked once: what has begun may finish.
  if (!spawn.resumed && spawn.dependencies.spawnsPaused()) return fail(paused(spawn.caller));
  const journal = new SpawnJournal(spawn);
  // Nobody waits in line for what can't be; what could be then may be otherwise when its turn has come.
  const possible = await runStep(spawn, chooseAgent, journal);
  if (!possible.ok) return possible;
  const limited = spawn.dependencies.store.read((tx) => limitOf(tx, spawn));
  if (limited !== null) return fail(limited);
  const turn = isCoordinator(spawn.input.makes.kind) ? 'at-once' : await waitFor(spawn);
  if (turn === 'cancelled') return fail(cancelled);
  if (turn === 'left') return fail(queued);
  for (const step of turn === 'at-once' ? spawnSteps.slice(1) : spawnSteps) {
    const done = await runStep(spawn, step, journal);
    if (!done.ok) return done;
  }
  if (spawn.signal.aborted) return fail(cancelled);
  return ok({ session: await journal.close() });
}

async function runStep(spawn: Spawn, step: SpawnStep, journal: SpawnJournal): Promise<Result<null, SpawnProblem>> {
  if (spawn.signal.aborted) return fail(cancelled);
  spawn.step = step.name;
  const intended = (await step.intend?.(spawn)) ?? ok(null);
  if (!intended.ok) return intended;
  if (step.onlyRecord !== true) await journal.begin(step, intended.value);
  const done = await step.run(spawn, (line) => journal.report(line));
  return !done.ok && spawn.signal.aborted ? fail(cancelled) : done;
}

const waitFor = ({ dependencies, input, owner, signal, leave, onPlace }: Spawn): Promise<Turn> =>
  waitInLine(
    dependencies,
    { request: input.request, kind: 'spawn', session: null, project: input.project, owner },
    { cancel: signal, leave, onPlace },
  );

/** Takes back what was done, and keeps the request with its prompt as failed. */
async function settle(
  { dependencies, input, caller, record, step }: Spawn,
  problem: SpawnProblem,
): Promise<SpawnProblem> {
  const failed: FailedSpawn = { problem, step };
  if (record !== null) return undoSpawn(dependencies, { request: input.request, session: record.id }, failed);
  await dependencies.store.write('spawn: failed', (tx) => {
    if (caller === 'window' && !isCoordinator(input.makes.kind)) failRequest(tx, input.request, failed);
    else deleteRequest(tx, input.request);
  });
  return problem;
}

const paused = (caller: Spawn['caller']): SpawnProblem => ({
  code: 'spawns-paused',
  what: 'New spawns are paused.',
  // As with every failed spawn: a window's prompt stays with its request, a command's is in its own history.
  kept: caller === 'window' ? 'The prompt is kept; nothing was created.' : 'Nothing was created.',
  todo: 'Resume them in the menu of the tray icon or with `athene spawns resume`, then try again.',
});

const queued: SpawnProblem = {
  code: 'spawn-queued',
  what: 'It waits in line until fewer agents run.',
  kept: 'It keeps its place and its prompt, and starts by itself as soon as the app or server of Athene runs again.',
};

export const cancelled: SpawnProblem = {
  code: 'spawn-cancelled',
  what: 'The spawn was cancelled.',
  kept: 'The prompt is kept; what had been made was taken back.',
};

function problemOf(error: unknown): SpawnProblem {
  if (error instanceof StoppedMeanwhileError) return cancelled;
  if (error instanceof StoreBusyError) return { code: 'storage-busy', what: error.message, todo: 'Try again.' };
  if (error instanceof StoreRefusedError) return { ...error.problem, code: 'storage-newer' };
  return {
    code: 'spawn-failed',
    what: `The session could not be made: ${error instanceof Error ? error.message : String(error)}`,
    kept: 'The prompt is kept; what had been made was taken back.',
    todo: 'Try again; `athene doctor` looks for what is wrong with this machine.',
    details: error instanceof Error ? (error.stack ?? error.message).slice(0, 8000) : String(error),
  };
}
