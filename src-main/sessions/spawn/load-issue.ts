// Asks the tracker for the issue, before anything is reserved: its title names the session, its text goes to the agent.
import { isSafeBranch } from '#shared/domain/branch.ts';
import { normaliseIssue } from '#shared/domain/issue.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { Issue, Tracker, TrackerFailure } from '../../plugins/trackers/tracker.ts';
import { need, type LoadedIssue, type SpawnProblem, type SpawnStep } from './spawn-step.ts';

/**
 * An issue that the tracker does not know is an issue all the same: a name for what is to be done. Whoever is offline, signed out or has no gh
 * can spawn with an issue too and is told what is missing; only a tracker that the person has named must answer.
 */
export const loadIssue: SpawnStep = {
  name: 'load-issue',
  async run(spawn) {
    const { dependencies, input, signal } = spawn;
    const project = need(spawn.project, 'project');
    const id = input.issue === null ? null : normaliseIssue(input.issue, project.repo ?? null);
    // One that can't be an issue is refused where it is claimed.
    if (id === null) return ok(null);
    const chosen = dependencies.trackerOf(project);
    if (chosen.kind === 'none') {
      spawn.issue = { ...unknown, note: chosen.why };
      return ok(null);
    }
    const told = await chosen.tracker.getIssue(id, signal);
    if (!told.ok && told.problem.kind !== 'not-found' && chosen.explicit) return fail(notFetched(id, told.problem));
    if (told.ok) spawn.issue = loaded(chosen.tracker, id, told.value);
    else spawn.issue = withoutFacts(chosen.tracker, id, told.problem);
    return ok(null);
  },
};

const unknown: Omit<LoadedIssue, 'note'> = { facts: null, url: null, branch: null };

function loaded(tracker: Tracker, id: string, { facts, url, branch }: Issue): LoadedIssue {
  const note = facts.completed ? `${tracker.name} has this issue as closed.` : null;
  return { facts, url, branch: branch !== null && isSafeBranch(branch) ? branch : tracker.branchName(id), note };
}

/** Not known is not there: no address. Not reached may well be there. */
const withoutFacts = (tracker: Tracker, id: string, { kind, what, todo }: TrackerFailure): LoadedIssue =>
  kind === 'not-found'
    ? { ...unknown, note: what }
    : {
        ...unknown,
        url: tracker.issueUrl(id),
        note: `${what} ${todo} The agent knows no more of the issue than its name.`,
      };

const notFetched = (id: string, { what, todo, details }: TrackerFailure): SpawnProblem => ({
  code: 'issue-unreachable',
  what: `Failed to fetch issue ${id}: ${what}`,
  kept: 'Nothing was created; the prompt is kept.',
  todo,
  details,
});
