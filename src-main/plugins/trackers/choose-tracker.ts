// Which tracker a project has: the one that its entry names, else the one that its repository implies.
import { nameOfPlugin, type Project } from '#shared/domain/project.ts';
import { parseRepositoryName } from '#shared/domain/repository-name.ts';
import type { Gh } from '../../lib/gh.ts';
import { createGitHubTracker } from './github/github-tracker.ts';
import type { ChosenTracker, Tracker } from './tracker.ts';

/** Trackers of plug-ins, by name. */
export type OtherTrackers = (name: string, config: Readonly<Record<string, unknown>>) => Tracker | null;

export function chooseTracker(
  { tracker, repo }: Pick<Project, 'tracker' | 'repo'>,
  gh: Gh,
  others: OtherTrackers = () => null,
): ChosenTracker {
  const named = nameOfPlugin(tracker);
  if (named === 'none') return { kind: 'none', why: null };
  const repository = repo === undefined ? null : parseRepositoryName(repo);
  if (named === 'github') {
    if (repository === null) return { kind: 'none', why: 'The project names no repository of GitHub.' };
    return { kind: 'tracker', tracker: createGitHubTracker(gh, repository), explicit: true };
  }
  const other = named === null ? null : others(named, configOf(tracker));
  if (other !== null) return { kind: 'tracker', tracker: other, explicit: true };
  if (named !== null) return { kind: 'none', why: `This Athene can't read the tracker ${named}.` };
  if (repository?.host !== 'github.com') return { kind: 'none', why: 'The project has no tracker.' };
  return { kind: 'tracker', tracker: createGitHubTracker(gh, repository), explicit: false };
}

/** What its entry has besides the name. */
function configOf(named: Project['tracker']): Readonly<Record<string, unknown>> {
  if (typeof named !== 'object') return {};
  const { plugin: _name, package: _package, path: _path, ...config } = named;
  return config;
}
