// Looks at everything that Athene stands on, and says what to do about what is wrong.
import { join } from 'node:path';
import type { DoctorCheck } from '#shared/domain/system.ts';
import { lockTrouble } from '../lib/kernel-lock.ts';
import { listDirectory } from '../lib/files.ts';
import type { Git } from '../lib/git.ts';
import type { SignedInCommand } from '../lib/signed-in-command.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import type { OpenedStore } from '../storage/store.ts';
import type { ProjectConfiguration } from '../projects/configuration.ts';

interface Looked {
  readonly sessions: SessionDependencies;
  readonly configuration: ProjectConfiguration;
  readonly git: Git;
  readonly gh: SignedInCommand;
  readonly glab: SignedInCommand;
  readonly opened: OpenedStore;
}

/** Changes nothing; each check comes back, also when the thing behind it throws. */
export const createDoctor = (looked: Looked) => async (): Promise<readonly DoctorCheck[]> => [
  { name: 'node', state: 'fine', what: `${process.versions.node} at ${process.execPath}`, todo: null },
  await checkGit(looked),
  { name: 'home', state: 'fine', what: looked.sessions.paths.home, todo: null },
  checkDatabase(looked),
  checkConfiguration(looked),
  ...checkLocks(looked),
  await checkTerminals(looked),
  ...checkSpawns(looked),
  await checkShell(looked),
  ...(await checkCommand(looked, 'gh', { asked: 'GitHub', todo: 'Install it: https://cli.github.com' })),
  ...(await checkCommand(looked, 'glab', { asked: 'GitLab', todo: 'Install it: https://gitlab.com/gitlab-org/cli' })),
  ...(await checkAgents(looked)),
];

async function checkGit({ git, sessions }: Looked): Promise<DoctorCheck> {
  const version = await git.run(sessions.paths.home, ['version']);
  if (version.ok) return { name: 'git', state: 'fine', what: `${version.value.trim()} at ${git.path}`, todo: null };
  const [what = 'git could not be run'] = version.problem.details.split('\n');
  return { name: 'git', state: 'failure', what, todo: 'Install git 2.39 or newer, on the PATH of your login shell.' };
}

function checkDatabase({ opened, sessions }: Looked): DoctorCheck {
  if (opened.problem === null) {
    return { name: 'database', state: 'fine', what: sessions.paths.database, todo: null };
  }
  return { name: 'database', state: 'failure', what: opened.problem.what, todo: opened.problem.todo ?? null };
}

function checkConfiguration({ configuration, sessions }: Looked): DoctorCheck {
  const troubles = configuration.troubles();
  if (troubles.length === 0) {
    return { name: 'configuration', state: 'fine', what: sessions.paths.config, todo: null };
  }
  return {
    name: 'configuration',
    state: 'warning',
    what: troubles.join('; '),
    todo: `Mend ${sessions.paths.config}; what could be read is in use.`,
  };
}

/** Only said when something is wrong: without its lock nobody supervises, edits the configuration or starts a pty host. */
function checkLocks({ sessions: { paths } }: Looked): readonly DoctorCheck[] {
  const locks = listDirectory(paths.run).filter((name) => name.endsWith('.lock'));
  return locks.flatMap((name) => {
    const trouble = lockTrouble(join(paths.run, name));
    return trouble === null ? [] : [{ name: 'locks', state: 'failure', what: trouble.what, todo: trouble.todo }];
  });
}

async function checkTerminals({ sessions }: Looked): Promise<DoctorCheck> {
  const listed = await sessions.runtime.list();
  if (!listed.ok) {
    return { name: 'terminals', state: 'failure', what: listed.problem.what, todo: listed.problem.todo ?? null };
  }
  const alive = listed.value.filter(({ exit }) => exit === null).length;
  return { name: 'terminals', state: 'fine', what: `${alive} run`, todo: null };
}

/** Only said when it is so: somebody may have forgotten it. */
function checkSpawns({ sessions }: Looked): readonly DoctorCheck[] {
  if (!sessions.spawnsPaused()) return [];
  const todo = 'Resume them with `athene spawns resume`.';
  return [{ name: 'spawns', state: 'warning', what: 'New spawns are paused', todo }];
}

async function checkShell({ sessions }: Looked): Promise<DoctorCheck> {
  const { shell, problem } = await sessions.login(true);
  if (problem === null) return { name: 'login shell', state: 'fine', what: shell, todo: null };
  return { name: 'login shell', state: 'warning', what: problem.what, todo: problem.todo ?? null };
}

/** Only where a project has something to ask it. Whether it is signed in is told by what it is asked: this look needs no network. */
async function checkCommand(
  looked: Looked,
  name: 'gh' | 'glab',
  { asked, todo }: { readonly asked: string; readonly todo: string },
): Promise<readonly DoctorCheck[]> {
  const { configuration, sessions } = looked;
  const ready = configuration.projects().flatMap(({ id }) => {
    const found = configuration.find(id);
    return found.ok ? [found.value] : [];
  });
  const asks = ready.filter((project) => {
    const chosen = sessions.trackerOf(project);
    const tracker = chosen.kind === 'tracker' ? chosen.tracker.name : null;
    return tracker === asked || sessions.codeHostOf(project)?.name === asked;
  });
  if (asks.length === 0) return [];
  const path = await looked[name].path();
  if (path !== null) return [{ name, state: 'fine', what: path, todo: null }];
  const what = `${name} was not found; ${asks.map(({ id }) => id).join(', ')} would ask it for issues and pull requests`;
  return [{ name, state: 'warning', what, todo }];
}

async function checkAgents({ sessions }: Looked): Promise<readonly DoctorCheck[]> {
  const agents = await sessions.agents.list(true);
  return agents.map(({ id, name, presence }) => {
    if (presence.kind === 'found') {
      return {
        name: id,
        state: 'fine',
        what: [name, presence.version, presence.path].filter(Boolean).join(' '),
        todo: null,
      };
    }
    if (presence.kind === 'missing') {
      return { name: id, state: 'warning', what: `${name} was not found`, todo: presence.install };
    }
    return { name: id, state: 'warning', what: `${name}: ${presence.why}`, todo: null };
  });
}
