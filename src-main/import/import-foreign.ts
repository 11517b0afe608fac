// Takes over projects and ended sessions of another tool. Only reads there; without `apply` it only reads here, too.
import { join } from 'node:path';
import type { ImportedProject, ImportedSession, ImportPlan } from '#shared/domain/import.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { listDirectory, probePath, readTextIfThere, realPathIfThere } from '../lib/files.ts';
import type { Git } from '../lib/git.ts';
import type { ProjectConfiguration } from '../projects/configuration.ts';
import { getSession, insertSession } from '../storage/sessions.ts';
import type { Store } from '../storage/store.ts';
import { foreignSessionSchema, hasEnded, recordOf, type ForeignSession } from './foreign-session.ts';
import { readForeignConfiguration, type ForeignProject } from './read-configuration.ts';

export interface ImportDependencies {
  readonly git: Git;
  readonly store: Store;
  readonly configuration: Pick<ProjectConfiguration, 'projects' | 'addProject' | 'find'>;
  readonly now: () => number;
}

export interface ImportRequest {
  readonly from: string;
  readonly configuration: string | null;
  readonly apply: boolean;
}

type ImportProblem = Problem<'import-nothing' | 'import-unreadable'>;

/** The same again takes over nothing twice: what is here already is told as such. */
export async function importForeign(
  dependencies: ImportDependencies,
  request: ImportRequest,
): Promise<Result<ImportPlan, ImportProblem>> {
  const file = request.configuration ?? join(request.from, 'config.yaml');
  let configuration: ReturnType<typeof readForeignConfiguration>;
  try {
    configuration = readForeignConfiguration(file);
  } catch (error) {
    return fail({
      code: 'import-unreadable',
      what: `${file} can't be read: ${String(error)}`,
      kept: 'Nothing was changed.',
    });
  }
  if (configuration === null) return fail(nothing(file));
  const projects: ImportedProject[] = configuration.unread.map((name) => ({
    ...{ name, path: '', id: null, outcome: 'left', why: 'its entry has no usable path' },
  }));
  const sessions: ImportedSession[] = [];
  for (const foreign of configuration.projects) {
    const project = await takeProject(dependencies, foreign, request.apply);
    projects.push(project);
    sessions.push(...(await takeSessions(dependencies, foreign, project, request)));
  }
  return ok({ projects, sessions, applied: request.apply });
}

async function takeProject(
  { configuration }: ImportDependencies,
  { name, path, sessionPrefix }: ForeignProject,
  apply: boolean,
): Promise<ImportedProject> {
  const real = realPathIfThere(path) ?? path;
  const here = configuration.projects().find((project: ProjectView) => project.path === real);
  if (here !== undefined) return { name, path: real, id: here.id, outcome: 'here', why: null };
  if (probePath(real).kind !== 'directory') {
    return { name, path, id: null, outcome: 'left', why: 'there is no directory any more' };
  }
  const id = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name) ? name : null;
  if (!apply) return { name, path: real, id, outcome: 'new', why: null };
  const added = await configuration.addProject(real, id, { prefix: sessionPrefix });
  if (!added.ok) return { name, path: real, id: null, outcome: 'left', why: added.problem.what };
  return { name, path: real, id: added.value.id, outcome: 'new', why: null };
}

interface Found {
  readonly id: string;
  readonly session: ForeignSession | null;
}

async function takeSessions(
  dependencies: ImportDependencies,
  foreign: ForeignProject,
  project: ImportedProject,
  { from, apply }: ImportRequest,
): Promise<readonly ImportedSession[]> {
  const taken: ImportedSession[] = [];
  const worktrees = await worktreesOf(dependencies.git, project.path);
  for (const { id, session } of sessionsIn(join(from, 'projects', foreign.name, 'sessions'))) {
    const left = (why: string): ImportedSession => ({
      ...{ id, project: project.id ?? foreign.name, branch: session?.branch ?? null, outcome: 'left', why },
    });
    if (session === null) taken.push(left("its file can't be understood"));
    else if (project.outcome === 'left') taken.push(left('its project is left'));
    else if (!hasEnded(session)) taken.push(left('it has not ended in the other tool; end it there first'));
    else {
      const record = recordOf(id, session, {
        project: project.id ?? foreign.name,
        repository: null,
        worktreeIsThere: worktrees.has(realPathIfThere(session.worktree ?? '') ?? ''),
        baseCommit: worktrees.get(realPathIfThere(session.worktree ?? '') ?? '') ?? '',
        now: dependencies.now(),
      });
      if (record === null) taken.push(left('its id can not be one here'));
      else taken.push(await store(dependencies, record, apply));
    }
  }
  return taken;
}

async function store(
  { store: database }: ImportDependencies,
  record: SessionRecord,
  apply: boolean,
): Promise<ImportedSession> {
  const told = { id: record.id, project: record.project, branch: record.workspace?.branch ?? null, why: null };
  if (database.read((tx) => getSession(tx, record.id)) !== null) return { ...told, outcome: 'here' };
  if (!apply) return { ...told, outcome: 'new' };
  const added = await database.write('import', (tx) => {
    if (getSession(tx, record.id) !== null) return false;
    insertSession(tx, record);
    return true;
  });
  return { ...told, outcome: added ? 'new' : 'here' };
}

/** Bytes. */
const largest = 1024 * 1024;

/** Locks, temporary and set-aside files have other names. */
function sessionsIn(directory: string): readonly Found[] {
  return listDirectory(directory)
    .filter((name) => /^[A-Za-z0-9_][A-Za-z0-9_-]*\.json$/.test(name))
    .map((name) => ({ id: name.slice(0, -'.json'.length), session: readSession(join(directory, name)) }));
}

function readSession(file: string): ForeignSession | null {
  try {
    const text = readTextIfThere(file, { maxBytes: largest });
    return foreignSessionSchema.safeParse(JSON.parse(text ?? '')).data ?? null;
  } catch {
    // Empty (a reservation), no JSON, a link or no file: shown as left.
    return null;
  }
}

/** Real path → commit of the worktrees that git knows of this repository; empty when it can't tell. */
async function worktreesOf(git: Git, repository: string): Promise<ReadonlyMap<string, string>> {
  const listed = await git.run(repository, ['worktree', 'list', '--porcelain', '-z']);
  if (!listed.ok) return new Map();
  const entries = listed.value.split('\0\0').map((block) => block.split('\0'));
  return new Map(
    entries.slice(1).flatMap((lines) => {
      const path = lines.find((line) => line.startsWith('worktree '))?.slice('worktree '.length);
      const head = lines.find((line) => line.startsWith('HEAD '))?.slice('HEAD '.length);
      const real = path === undefined ? null : realPathIfThere(path);
      return real === null || head === undefined ? [] : [[real, head] as const];
    }),
  );
}

const nothing = (file: string): ImportProblem => ({
  code: 'import-nothing',
  what: `There is no configuration ${file}.`,
  kept: 'Nothing was changed.',
  todo: 'Name its directory with --from, and its configuration with --config if that lies elsewhere.',
});
