// What a worker is told before its task, in the three layers of system.md 8.1: what holds for all, its project, the project's own rules.
import type { ReactionLine } from './reaction-lines.ts';
import { readTemplate } from './read-template.ts';
import { renderTemplate } from './render-template.ts';

export interface ProjectFacts {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** Null when it has no place for pull requests. */
  readonly repo: string | null;
  readonly defaultBranch: string;
  readonly prefix: string;
  /** As on screen; null when there is none. */
  readonly tracker: string | null;
  /** What Athene does by itself, one line each. */
  readonly reactions: readonly ReactionLine[];
  /** What the person wrote for agents of this kind; null when nothing. */
  readonly rules: string | null;
}

export interface WorkerFacts {
  readonly session: string;
  readonly project: ProjectFacts;
  /** Made for it; null in a checkout that was there before. */
  readonly branch: string | null;
  readonly issue: string | null;
}

export function workerPrompt({ session, project, branch, issue }: WorkerFacts): string {
  return renderTemplate(
    readTemplate('worker'),
    { ...projectValues(project), session, branch: branch ?? '', issue: issue ?? '' },
    {
      ...projectBlocks(project),
      LOCAL: project.repo === null,
      BRANCH: branch !== null,
      SHARED: branch === null,
      ISSUE: issue !== null,
    },
  );
}

export const projectValues = (project: ProjectFacts): Readonly<Record<string, string>> => ({
  project: project.name,
  repo: project.repo ?? '',
  default_branch: project.defaultBranch,
  tracker: project.tracker ?? '',
  reactions: project.reactions.map((line) => `- ${line}`).join('\n'),
  rules: project.rules ?? '',
});

export const projectBlocks = (project: ProjectFacts): Readonly<Record<string, boolean>> => ({
  REPO: project.repo !== null,
  TRACKER: project.tracker !== null,
  REACTIONS: project.repo !== null && project.reactions.length > 0,
  RULES: project.rules !== null,
});
