// Which tracker a project has: the one that its entry names, else the one that its repository implies.
import { nameOfPlugin, type Project } from '#shared/domain/project.ts';
import { isGitLab, parseGitLabName, parseRepositoryName } from '#shared/domain/repository-name.ts';
import type { Gh } from '../../lib/gh.ts';
import type { Glab } from '../../lib/glab.ts';
import { createGitHubTracker } from './github/github-tracker.ts';
import { createGitLabTracker } from './gitlab/gitlab-tracker.ts';
import type { LinearAccess } from './linear/linear-api.ts';
import { createLinearTracker } from './linear/linear-tracker.ts';
import { createLocalTracker } from './local/local-tracker.ts';
import type { ChosenTracker, Tracker } from './tracker.ts';

/** Trackers of plug-ins, by name. */
export type OtherTrackers = (name: string, config: Readonly<Record<string, unknown>>) => Tracker | null;

export function chooseTracker(
  { tracker, repo, path }: Pick<Project, 'tracker' | 'repo' | 'path'>,
  { gh, glab, login }: { readonly gh: Gh; readonly glab: Glab } & Pick<LinearAccess, 'login'>,
  others: OtherTrackers = () => null,
): ChosenTracker {
  const named = nameOfPlugin(tracker);
  if (named === 'none') return none(null);
  if (named === 'local') return local(path, tracker);
  if (named === 'linear') return linear(login, tracker);
  if (named === 'gitlab' || (named === null && repo !== undefined && isGitLab(repo)))
    return gitLab(glab, repo, named !== null);
  const repository = repo === undefined ? null : parseRepositoryName(repo);
  if (named === 'github') {
    if (repository === null) return none('The project names no repository of GitHub.');
    return { kind: 'tracker', tracker: createGitHubTracker(gh, repository), explicit: true };
  }
  const other = named === null ? null : others(named, configOf(tracker));
  if (other !== null) return { kind: 'tracker', tracker: other, explicit: true };
  if (named !== null) return none(`This Athene can't read the tracker ${named}.`);
  if (repository?.host !== 'github.com') return none('The project has no tracker.');
  return { kind: 'tracker', tracker: createGitHubTracker(gh, repository), explicit: false };
}

const none = (why: string | null): ChosenTracker => ({ kind: 'none', why });

function gitLab(glab: Glab, repo: string | undefined, explicit: boolean): ChosenTracker {
  const repository = repo === undefined ? null : parseGitLabName(repo);
  if (repository === null) return none('The project names no project of GitLab.');
  return { kind: 'tracker', tracker: createGitLabTracker(glab, repository), explicit };
}

/** What its entry has besides the name. */
function configOf(named: Project['tracker']): Readonly<Record<string, unknown>> {
  if (typeof named !== 'object') return {};
  const { plugin: _name, package: _package, path: _path, ...config } = named;
  return config;
}

/** `tracker: local`, or `tracker: {plugin: local, path: docs/issues}`. */
function local(project: string, named: Project['tracker']): ChosenTracker {
  const path = typeof named === 'object' ? named['path'] : undefined;
  if (path !== undefined && typeof path !== 'string') return none('The path of the local issues is no text.');
  const tracker = createLocalTracker(project, path ?? 'issues');
  if (tracker === null) return none('The path of the local issues leads out of the project.');
  return { kind: 'tracker', tracker, explicit: true };
}

/** `tracker: linear`, or `tracker: {plugin: linear, teamId: …}`. */
function linear(login: LinearAccess['login'], named: Project['tracker']): ChosenTracker {
  const team = typeof named === 'object' ? named['teamId'] : undefined;
  if (team !== undefined && typeof team !== 'string') return none('The teamId of Linear is no text.');
  return { kind: 'tracker', tracker: createLinearTracker({ login }, team ?? null), explicit: true };
}
