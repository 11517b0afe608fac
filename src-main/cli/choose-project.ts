// Which project and which issue are meant by the words of a spawn.
import type { ProjectView } from '#shared/domain/project.ts';
import { CommandFailed } from './command-failed.ts';
import { usageError } from './command.ts';

export interface Target {
  readonly project: string;
  readonly issue: string | null;
}

export interface Asked {
  /** `--project`. */
  readonly project: string | null;
  /** `[ISSUE]`, `PROJECT` or `PROJECT ISSUE`. */
  readonly words: readonly string[];
  /** `ATHENE_PROJECT_ID`. */
  readonly variable: string | undefined;
  /** Id of the project in whose repository the command runs; asked only when nothing else says it. */
  readonly here: () => Promise<string | null>;
}

/** `--project`, the word for it, the issue's own prefix, the only one, the environment's, that of this directory. */
export async function chooseTarget(projects: readonly ProjectView[], asked: Asked): Promise<Target> {
  const { words, project } = asked;
  const [first = null, second] = words;
  if (second !== undefined) {
    if (project !== null) throw usageError('The project is named twice.');
    return { project: first ?? '', issue: second };
  }
  if (project !== null) return { project, issue: first };
  if (first !== null && projects.some(({ id }) => id === first)) return { project: first, issue: null };
  return targetOfIssue(projects, { ...asked, issue: first });
}

export async function targetOfIssue(
  projects: readonly ProjectView[],
  { issue, project, variable, here }: Omit<Asked, 'words'> & { readonly issue: string | null },
): Promise<Target> {
  if (project !== null) return { project, issue };
  const named = namedInIssue(projects, issue);
  if (named !== null) return named;
  const implied = onlyOne(projects) ?? (variable || (await here()));
  if (implied) return { project: implied, issue };
  throw new CommandFailed(notSaid(projects));
}

/** `api/7`: an exact project id first, then a session prefix; else the slash belongs to the issue. */
function namedInIssue(projects: readonly ProjectView[], issue: string | null): Target | null {
  const [, head, rest] = /^([^/]+)\/(.+)$/.exec(issue ?? '') ?? [];
  if (head === undefined || rest === undefined) return null;
  const project = projects.find(({ id }) => id === head) ?? projects.find(({ prefix }) => prefix === head);
  return project === undefined ? null : { project: project.id, issue: rest };
}

const onlyOne = (projects: readonly ProjectView[]): string | undefined =>
  projects.length === 1 ? projects[0]?.id : undefined;

const notSaid = (projects: readonly ProjectView[]) => ({
  code: 'project-unknown',
  what: projects.length === 0 ? 'There are no projects yet.' : 'Which project is meant?',
  kept: 'Nothing was created.',
  todo:
    projects.length === 0
      ? 'Add one: athene project add PATH'
      : `Name it with --project: ${projects.map(({ id }) => id).join(', ')}`,
});
