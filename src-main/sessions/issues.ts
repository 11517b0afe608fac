// Issues of a project, as its tracker tells of them, and who works on each.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { normaliseIssue } from '#shared/domain/issue.ts';
import type { ListedIssue } from '#shared/domain/listed-issue.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { CodeOf, InputOf, OutputOf } from '#shared/rpc/define-contract.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Tracker, TrackerFailure } from '../plugins/trackers/tracker.ts';
import { findClaim } from '../storage/claims.ts';
import type { KnownProject, SessionDependencies } from './dependencies.ts';

type Dependencies = Pick<SessionDependencies, 'store' | 'projects' | 'trackerOf'>;
type IssueProblem = Problem<CodeOf<AtheneContract, 'issue.list'>>;
type Outcome<T> = Promise<Result<T, IssueProblem>>;

export async function listIssues(
  dependencies: Dependencies,
  { project: id, query, state, limit }: InputOf<AtheneContract, 'issue.list'>,
): Outcome<OutputOf<AtheneContract, 'issue.list'>> {
  const place = findTracker(dependencies, id);
  if (!place.ok) return place;
  const { tracker } = place.value;
  if (tracker.listIssues === undefined) return fail(cannot(tracker, 'list issues'));
  const told = await tracker.listIssues({ query, state, limit });
  if (!told.ok) return fail(notTold(told.problem));
  const issues = told.value.map((issue): ListedIssue => ({
    ...issue,
    labels: [...issue.labels],
    session: workerOn(dependencies, id, issue.id),
  }));
  return ok({ tracker: tracker.name, issues });
}

export async function showIssue(
  dependencies: Dependencies,
  { project: id, issue }: InputOf<AtheneContract, 'issue.show'>,
): Outcome<OutputOf<AtheneContract, 'issue.show'>> {
  const place = findIssue(dependencies, id, issue);
  if (!place.ok) return place;
  const told = await place.value.tracker.getIssue(place.value.issue);
  if (!told.ok) return fail(notTold(told.problem));
  const { facts, url } = told.value;
  return ok({ id: place.value.issue, facts, url, session: workerOn(dependencies, id, place.value.issue) });
}

export async function createIssue(
  dependencies: Dependencies,
  { project, title, body }: InputOf<AtheneContract, 'issue.create'>,
): Outcome<OutputOf<AtheneContract, 'issue.create'>> {
  const place = findTracker(dependencies, project);
  if (!place.ok) return place;
  const { tracker } = place.value;
  if (tracker.createIssue === undefined) return fail(cannot(tracker, 'make issues'));
  const made = await tracker.createIssue({ title, body });
  return made.ok ? ok({ id: made.value }) : fail(notTold(made.problem));
}

export async function setIssueState(
  dependencies: Dependencies,
  { project, issue, state }: InputOf<AtheneContract, 'issue.setState'>,
): Outcome<null> {
  const place = findIssue(dependencies, project, issue);
  if (!place.ok) return place;
  const { tracker, issue: id } = place.value;
  if (tracker.setState === undefined) return fail(cannot(tracker, 'close issues'));
  const done = await tracker.setState(id, state);
  return done.ok ? ok(null) : fail(notTold(done.problem));
}

interface Place {
  readonly project: KnownProject;
  readonly tracker: Tracker;
}

function findTracker({ projects, trackerOf }: Dependencies, id: string): Result<Place, IssueProblem> {
  const project = projects.find(id);
  if (!project.ok) return project;
  const chosen = trackerOf(project.value);
  return chosen.kind === 'tracker'
    ? ok({ project: project.value, tracker: chosen.tracker })
    : fail({
        code: 'tracker-missing',
        what: chosen.why ?? `The project ${id} has no tracker, as its entry says.`,
        todo: 'Give its entry in config.yaml a `tracker`: github, or local for issues as files in the project.',
      });
}

function findIssue(
  dependencies: Dependencies,
  id: string,
  raw: string,
): Result<Place & { readonly issue: string }, IssueProblem> {
  const place = findTracker(dependencies, id);
  if (!place.ok) return place;
  const issue = normaliseIssue(raw, place.value.project.repo ?? null);
  if (issue !== null) return ok({ ...place.value, issue });
  return fail({ code: 'issue-unknown', what: `${JSON.stringify(raw.slice(0, 100))} can be no issue.` });
}

const cannot = ({ name }: Tracker, what: string): IssueProblem => ({
  code: 'tracker-missing',
  what: `${name} can't ${what} for Athene.`,
  todo: 'Do it there.',
});

const workerOn = ({ store }: Dependencies, project: string, issue: string): string | null =>
  store.read((tx) => findClaim(tx, project, issue)?.session ?? null);

const notTold = ({ kind, what, todo, details }: TrackerFailure): IssueProblem => ({
  code: kind === 'not-found' ? 'issue-unknown' : 'tracker-unreachable',
  ...{ what, todo },
  ...(details === '' ? {} : { details }),
});
