// Whether a session is over as far as its code host and its tracker tell.
import type { SessionRecord } from '#shared/domain/session.ts';
import type { Result } from '#shared/lib/result.ts';
import type { SessionDependencies } from './dependencies.ts';

interface Failure {
  readonly kind: 'not-found' | 'refused' | 'unreachable';
}

/**
 * Its pull request was closed unmerged, or its issue is completed. One that was merged is nobody's to clean up here, and its issue, which the
 * merge has closed, proves nothing. Each pull request and issue is asked for once, whoever has it, and nobody is asked on who answers nothing
 * for now; a question without an answer says no.
 */
export function askOutside(
  dependencies: Pick<SessionDependencies, 'projects' | 'trackerOf' | 'codeHostOf'>,
): (record: SessionRecord) => Promise<boolean> {
  const once = new Questions();
  return async (record) => {
    const project = dependencies.projects.find(record.project);
    if (!project.ok) return false;
    const { state, number } = record.lifecycle.pullRequest;
    const host = dependencies.codeHostOf(project.value);
    const asked =
      host === null || number === null || state === 'merged'
        ? state
        : await once.ask(`pull request of ${record.project}`, String(number), () => host.pullRequestState(number));
    if (asked === 'closed') return true;
    // What can't be told may be merged.
    if (asked === 'merged' || asked === null || record.issue === null) return false;
    const chosen = dependencies.trackerOf(project.value);
    if (chosen.kind === 'none') return false;
    const { id } = record.issue;
    return (await once.ask(`issue of ${record.project}`, id, () => chosen.tracker.isCompleted(id))) === true;
  };
}

class Questions {
  readonly #answers = new Map<string, Promise<unknown>>();
  readonly #unreachable = new Set<string>();

  /** Null: no answer. */
  ask<T>(group: string, of: string, question: () => Promise<Result<T, Failure>>): Promise<T | null> {
    const key = `${group} ${of}`;
    const known = this.#answers.get(key) as Promise<T | null> | undefined;
    if (known !== undefined) return known;
    const answer = this.#unreachable.has(group) ? Promise.resolve(null) : this.#put(group, question);
    this.#answers.set(key, answer);
    return answer;
  }

  async #put<T>(group: string, question: () => Promise<Result<T, Failure>>): Promise<T | null> {
    const told = await question();
    if (told.ok) return told.value;
    if (told.problem.kind === 'unreachable') this.#unreachable.add(group);
    return null;
  }
}
