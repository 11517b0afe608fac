// Follows the pull requests of sessions. It has no timer: the supervisor looks, and nobody waits for a code host. A failure is shown with its
// time and reason; it ends nothing, and changes no state.
import type { SessionRecord } from '#shared/domain/session.ts';
import type { CodeHost, CodeHostFailure } from '../plugins/code-hosts/code-host.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { noteStale } from '../sessions/pull-request/note-facts.ts';
import { readPullRequests, whyStale } from '../sessions/pull-request/read-pull-requests.ts';
import { getSession, listWithOpenPullRequest } from '../storage/sessions.ts';
import type { ReadTransaction } from '../storage/store.ts';
import { listOpenAgents } from '../storage/terminals.ts';
import { questionsOf, type ProjectQuestion } from './pull-request-questions.ts';

export interface PullRequestWatch {
  /** Asks where that is due. */
  look(): void;
  /** Resolves when nobody is asked any more. */
  settled(): Promise<void>;
}

/** Milliseconds between two looks at what there is to ask; between two questions about a project, and between those when nothing happens. */
const [looksEvery, asksEvery, asksAtLeastEvery] = [5000, 30_000, 120_000];
/** Questions without anything new until the next come later. */
const quietRounds = 4;
/** Milliseconds for which one that does not answer is left alone: the first time, and at most. */
const [leavesAlone, leavesAloneAtMost] = [30_000, 15 * 60_000];

export function watchPullRequests(
  dependencies: Pick<SessionDependencies, 'store' | 'now' | 'log' | 'projects' | 'codeHostOf'>,
): PullRequestWatch {
  const { store, now } = dependencies;
  const rounds = new Map<string, Round>();
  const silent = new Map<string, Silence>();
  const asking = new Map<string, Promise<void>>();
  let lookedAt = -Infinity;

  const look = (): void => {
    const since = now() - lookedAt;
    if (since >= 0 && since < looksEvery) return;
    lookedAt = now();
    const questions = questionsOf(store.read(followed), defaultBranchOf);
    for (const question of questions) {
      const { project } = question;
      const host = hostOf(project);
      if (host === null || asking.has(project) || !isDue(question)) continue;
      const turn = ask(host, question)
        .catch((error: unknown) => dependencies.log('pull-requests.failed', { project, error: String(error) }))
        .finally(() => asking.delete(project));
      asking.set(project, turn);
    }
    const wanted = new Set(questions.map(({ project }) => project));
    for (const project of rounds.keys()) if (!wanted.has(project)) rounds.delete(project);
  };

  const defaultBranchOf = (id: string): string | null => {
    const found = dependencies.projects.find(id);
    return found.ok ? found.value.defaultBranch : null;
  };

  const hostOf = (id: string): CodeHost | null => {
    const found = dependencies.projects.find(id);
    return found.ok ? dependencies.codeHostOf(found.value) : null;
  };

  const isDue = (question: ProjectQuestion): boolean => {
    const round = rounds.get(question.project);
    // A clock that was put back makes what was asked seem to come.
    return round === undefined || round.of !== nameOf(question) || now() >= round.dueAt || now() < round.at;
  };

  const ask = async (host: CodeHost, question: ProjectQuestion): Promise<void> => {
    const { project, numbers } = question;
    const before = rounds.get(project);
    const silence = silent.get(host.authority);
    if (silence !== undefined && now() < silence.until) {
      // Another project has just been told.
      await noteStale(dependencies, project, { numbers, why: silence.why });
      rounds.set(project, { of: nameOf(question), at: now(), dueAt: silence.until, quiet: 0 });
      return;
    }
    const told = await readPullRequests(dependencies, host, { ...question, fresh: false });
    const at = now();
    if (!told.ok) {
      const until = fallSilent(host, project, told.problem);
      rounds.set(project, { of: nameOf(question), at, dueAt: until, quiet: 0 });
      return;
    }
    // Another may have found out meanwhile that it answers no more.
    if (silent.get(host.authority) === silence) silent.delete(host.authority);
    silent.delete(`${host.authority} ${project}`);
    const isQuiet = !told.value.changed && !told.value.unsettled;
    const quiet = isQuiet ? (before?.quiet ?? 0) + 1 : 0;
    const wait = Math.min(asksEvery * 2 ** Math.floor(quiet / quietRounds), asksAtLeastEvery);
    rounds.set(project, { of: nameOf(question), at, dueAt: at + wait, quiet });
  };

  /** What concerns one repository keeps nobody from asking about others. */
  const fallSilent = (host: CodeHost, project: string, problem: CodeHostFailure): number => {
    const whose = problem.kind === 'unreachable' ? host.authority : `${host.authority} ${project}`;
    const times = (silent.get(whose)?.times ?? 0) + 1;
    const wait = Math.min(leavesAlone * 2 ** (times - 1), leavesAloneAtMost);
    const until = Math.max(now() + wait, problem.resetAt ?? 0);
    if (times === 1) dependencies.log('pull-requests.failed', { project, why: problem.what, details: problem.details });
    silent.set(whose, { until, times, why: whyStale(problem) });
    return until;
  };

  return {
    look,
    async settled() {
      await Promise.all(asking.values());
    },
  };
}

interface Round {
  /** What was asked. Something else is asked at once. */
  readonly of: string;
  readonly at: number;
  readonly dueAt: number;
  /** How often in a row nothing was new. */
  readonly quiet: number;
}

interface Silence {
  readonly until: number;
  readonly times: number;
  readonly why: string;
}

const nameOf = ({ numbers, branches }: ProjectQuestion): string => JSON.stringify([numbers, branches]);

/** Those that live, and those that ended with a pull request that may still be merged. */
function followed(tx: ReadTransaction): readonly SessionRecord[] {
  const ids = new Set([...listOpenAgents(tx), ...listWithOpenPullRequest(tx)]);
  return [...ids].flatMap((id) => {
    const stored = getSession(tx, id);
    return stored === null || 'damaged' in stored ? [] : [stored.record];
  });
}
