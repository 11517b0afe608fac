// What of a list of issues is to be spawned: all but those that a session has already, and those that stand in it twice.
import { normaliseIssue } from '#shared/domain/issue.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Target } from './choose-project.ts';
import { isOver } from './over.ts';

export interface BatchItem {
  /** As it was given. */
  readonly given: string;
  readonly target: Target;
}

export type PlannedItem = BatchItem &
  ({ readonly skip: null } | { readonly skip: string; readonly owner: string | null });

/** Those of one project stand together, projects in the order in which they are first named. */
export function planBatch(
  items: readonly BatchItem[],
  sessions: readonly Pick<SessionView, 'id' | 'project' | 'issue' | 'status'>[],
): readonly PlannedItem[] {
  const owners = new Map(
    sessions
      .filter((session) => session.issue !== null && !isOver(session))
      .map(({ id, project, issue }) => [keyOf(project, issue ?? ''), id]),
  );
  const seen = new Set<string>();
  return [...Map.groupBy(items, ({ target }) => target.project).values()].flat().map((item) => {
    const key = keyOf(item.target.project, item.target.issue ?? '');
    const owner = owners.get(key);
    if (owner !== undefined) return { ...item, skip: `${owner} already owns it`, owner };
    if (seen.has(key)) return { ...item, skip: 'it is named twice', owner: null };
    seen.add(key);
    return { ...item, skip: null };
  });
}

/** An issue in no normal form is a matter of the spawn, which refuses it. */
const keyOf = (project: string, issue: string): string => `${project}\n${normaliseIssue(issue, null) ?? issue}`;
