// What a person does to the pull request of a session: look at it anew, merge it, close it.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { mergeability, type MergeMethod, type PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import type { PullRequestView } from '#shared/domain/pull-request-view.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeHost, CodeHostFailure } from '../../plugins/code-hosts/code-host.ts';
import { findPullRequest } from '../../storage/pull-requests.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { findSession } from '../session-record.ts';
import { noCodeHost } from './claim-refusals.ts';
import { looksFor } from './note-facts.ts';
import { readPullRequests } from './read-pull-requests.ts';

export type ActProblem = Problem<CodeOf<AtheneContract, 'pullRequest.merge'>>;
type LookProblem = Problem<CodeOf<AtheneContract, 'pullRequest.refresh'>>;
type Looked = Result<PullRequestView | null, LookProblem>;

const kept = 'Nothing was changed.';

/** Null: it has none. */
export async function refreshPullRequest(dependencies: SessionDependencies, id: string): Promise<Looked> {
  const place = findPlace(dependencies, id);
  return place.ok ? look(dependencies, place.value) : place;
}

export type Action =
  | { readonly kind: 'merge'; readonly method: MergeMethod }
  | { readonly kind: 'close' | 'mark-ready' | 'update-branch' };

/** It is looked at anew before and after: nobody acts on what is known to be stale. */
export async function actOnPullRequest(
  dependencies: SessionDependencies,
  id: string,
  action: Action,
): Promise<Result<PullRequestView, ActProblem>> {
  const found = await lookToAct(dependencies, id);
  if (!found.ok) return found;
  const { place, view, facts } = found.value;
  const refused = refusalOf(action, facts);
  if (refused !== null) return fail(refused);
  const { number } = facts.pullRequest;
  const done = await carryOut(place.host, facts, action);
  dependencies.log('pull-request.acted', { session: id, number, action: action.kind, done: done.ok });
  return toldBy(done, await seenAfter(dependencies, place, view), (after) => hasComeAbout(action, after));
}

/** Whoever got no answer does not know whether it was done: it is looked for. */
export function toldBy(
  done: Result<null, CodeHostFailure>,
  { view, isNew }: SeenAfter,
  isDone: (facts: PullRequestFacts) => boolean,
): Result<PullRequestView, LookProblem> {
  if (done.ok || (isNew && view.facts !== null && isDone(view.facts))) return ok(view);
  const { kind, what, todo, details } = done.problem;
  const known = isNew || kind === 'refused' || kind === 'not-found';
  return known
    ? fail({ code: 'code-host-unreachable', what: `It was not done: ${what}`, todo, details })
    : fail({
        ...{ code: 'code-host-unreachable', what: `Nobody can tell whether it was done: ${what}`, details },
        todo: 'Look at the pull request before you do it again.',
      });
}

function hasComeAbout({ kind }: Action, { pullRequest: { state, draft }, behind }: PullRequestFacts): boolean {
  switch (kind) {
    case 'merge':
      return state === 'merged';
    case 'close':
      return state === 'closed';
    case 'mark-ready':
      return !draft;
    case 'update-branch':
      return behind === false;
  }
}

interface Seen {
  readonly place: Place;
  readonly view: PullRequestView;
  readonly facts: PullRequestFacts;
}

/** As it is now, of a session that has one. */
export async function lookToAct(dependencies: SessionDependencies, id: string): Promise<Result<Seen, LookProblem>> {
  const place = findPlace(dependencies, id);
  if (!place.ok) return place;
  const seen = await look(dependencies, place.value);
  if (!seen.ok) return seen;
  const facts = seen.value?.facts ?? null;
  return seen.value === null || facts === null || facts.stale !== null
    ? fail(noPullRequest(id))
    : ok({ place: place.value, view: seen.value, facts });
}

interface SeenAfter {
  readonly view: PullRequestView;
  /** False: it could not be read since. */
  readonly isNew: boolean;
}

/** What is done is done, whether or not it can be seen: what was seen before is better than nothing. */
export async function seenAfter(
  dependencies: SessionDependencies,
  place: Place,
  before: PullRequestView,
): Promise<SeenAfter> {
  const after = await look(dependencies, place);
  const view = after.ok ? after.value : null;
  return view === null ? { view: before, isNew: false } : { view, isNew: view.facts?.stale === null };
}

interface Place {
  readonly record: SessionRecord;
  readonly host: CodeHost;
}

function findPlace(dependencies: SessionDependencies, id: string): Result<Place, LookProblem> {
  const found = findSession(dependencies, id);
  if (!found.ok) return found;
  const project = dependencies.projects.find(found.value.project);
  if (!project.ok) return project;
  const host = dependencies.codeHostOf(project.value);
  return host === null ? fail(noCodeHost(found.value.project)) : ok({ record: found.value, host });
}

async function look(dependencies: SessionDependencies, { record, host }: Place): Promise<Looked> {
  const { id, project, lifecycle } = record;
  const branch = record.workspace?.branch ?? null;
  const { number, state } = lifecycle.pullRequest;
  const numbers = number === null || state === 'none' ? [] : [number];
  const branches = looksFor(record) && branch !== null ? [branch] : [];
  const question = { project, numbers, branches, workers: [record], fresh: true };
  const told = await readPullRequests(dependencies, host, question);
  if (!told.ok) return fail(notRead(told.problem));
  const after = findSession(dependencies, id);
  if (!after.ok) return after;
  const now = after.value.lifecycle.pullRequest.number;
  return ok(now === null ? null : dependencies.store.read((tx) => findPullRequest(tx, { project, number: now })));
}

function refusalOf(action: Action, facts: PullRequestFacts): ActProblem | null {
  const { number, state, draft } = facts.pullRequest;
  const refuse = (what: string, todo?: string): ActProblem => ({
    code: 'merge-blocked',
    ...{ what, kept },
    ...(todo === undefined ? {} : { todo }),
  });
  if (state !== 'open') return refuse(`Pull request #${number} is ${state} already.`);
  switch (action.kind) {
    case 'merge': {
      const { mergeable, blockers } = mergeability(facts);
      const why = blockers.map(({ what }) => what).join(' ');
      return mergeable ? null : refuse(`Pull request #${number} can't be merged now: ${why}`.slice(0, 900));
    }
    case 'mark-ready':
      return draft ? null : refuse(`Pull request #${number} is no draft.`);
    case 'close':
    case 'update-branch':
      return null;
  }
}

function carryOut(host: CodeHost, { pullRequest: { number }, commit }: PullRequestFacts, action: Action) {
  switch (action.kind) {
    case 'merge':
      return host.merge(number, { method: action.method, commit });
    case 'close':
      return host.close(number);
    case 'mark-ready':
      return host.markReady(number);
    case 'update-branch':
      return host.updateBranch(number);
  }
}

const noPullRequest = (id: string): LookProblem => ({
  code: 'pull-request-unknown',
  what: `${id} has no pull request that could be read just now.`,
  kept,
});

const notRead = ({ kind, what, todo, details }: CodeHostFailure): LookProblem => ({
  code: kind === 'not-found' ? 'pull-request-unknown' : 'code-host-unreachable',
  ...{ what, kept, todo, details },
});
