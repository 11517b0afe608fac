// What `athene status` and `athene session ls` show, from one look at the home.
import type { SessionView } from '#shared/domain/session.ts';
import { pullRequestKey, type PullRequestView } from '#shared/domain/pull-request-view.ts';
import type { Outlook } from '../host/outlook.ts';
import { isOver } from './over.ts';

export interface ListWishes {
  readonly project: string | null;
  /** Archived ones, too, and those that have ended. */
  readonly everything: boolean;
  /** Those that have ended, where not everything is wanted. */
  readonly ended: boolean;
  /** So many of the newest reports of each. */
  readonly reports: number;
}

type Report = ReturnType<Outlook['listReports']>[number];

export interface Listing {
  readonly sessions: readonly SessionView[];
  readonly hidden: { readonly terminated: number; readonly archived: number };
  /** By session, the newest first. */
  readonly reports: ReadonlyMap<string, readonly Report[]>;
  /** By session: what was last read of its pull request. */
  readonly pullRequests: ReadonlyMap<string, PullRequestView>;
}

export async function takeListing(
  outlook: Outlook,
  { project, everything, ended, reports }: ListWishes,
): Promise<Listing> {
  await outlook.refresh();
  const of = outlook.listSessions().filter((session) => project === null || session.project === project);
  const candidates = everything || ended ? of : of.filter((session) => !isOver(session));
  const sessions = everything ? candidates : candidates.filter(({ archived }) => !archived);
  return {
    sessions,
    hidden: { terminated: of.length - candidates.length, archived: candidates.length - sessions.length },
    reports: new Map(reports === 0 ? [] : sessions.map(({ id }) => [id, outlook.listReports(id, reports)])),
    pullRequests: pullRequestsOf(outlook, sessions),
  };
}

function pullRequestsOf(outlook: Outlook, sessions: readonly SessionView[]): ReadonlyMap<string, PullRequestView> {
  const keys = sessions.flatMap(({ id, project, pullRequest }) =>
    pullRequest === null ? [] : [[id, pullRequestKey({ project, number: pullRequest.number })] as const],
  );
  if (keys.length === 0) return new Map();
  const read = new Map(outlook.listPullRequests().map((view) => [pullRequestKey(view), view]));
  return new Map(
    keys.flatMap(([id, key]) => {
      const view = read.get(key);
      return view === undefined ? [] : [[id, view] as const];
    }),
  );
}

/** One document for programs. */
export function listingData(outlook: Outlook, { sessions, hidden, reports, pullRequests }: Listing): object {
  const names = outlook.projectNames();
  const meta = {
    home: outlook.home,
    count: sessions.length,
    hiddenTerminatedCount: hidden.terminated,
    hiddenArchivedCount: hidden.archived,
    spawnsPaused: outlook.spawnsPaused(),
    ...(outlook.storage === null ? {} : { problem: outlook.storage.problem }),
  };
  const data = sessions.map((session) => ({
    ...withUsualNames(session, names),
    checks: checksOf(pullRequests.get(session.id)),
    ...(reports.size === 0 ? {} : { reports: reports.get(session.id) ?? [] }),
  }));
  return { data, meta };
}

/** Null while nothing is known of its pull request, or it has none. */
export function checksOf(view: PullRequestView | undefined) {
  if (view === undefined || view.facts === null) return null;
  const { ci, decision, threads, conflicts } = view.facts;
  const openThreads = threads.filter(({ resolved }) => !resolved).length;
  return { ci, decision, openThreads, conflicts, stale: view.stale };
}

/** A session under our own names, and under those that programs expect of such a list. */
const withUsualNames = (session: SessionView, names: ReadonlyMap<string, string>) => ({
  ...session,
  projectId: session.project,
  projectName: names.get(session.project) ?? session.project,
  role: session.kind,
  issueId: session.issue,
  pr: session.pullRequest?.url ?? null,
  workspacePath: session.worktree,
  lastActivityAt: session.lastOutputAt ?? (session.since === 0 ? null : session.since),
});
