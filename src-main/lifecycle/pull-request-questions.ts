// What is to be asked of the code hosts about sessions. Pure.
import { isSpawnTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { isFollowed, looksFor } from '../sessions/pull-request/note-facts.ts';

export interface ProjectQuestion {
  readonly project: string;
  readonly numbers: readonly number[];
  readonly branches: readonly string[];
  readonly workers: readonly SessionRecord[];
}

/**
 * Nothing of a project in which no session lives that has a branch or a pull request.
 * @param defaultBranch of a project: its pull requests are nobody's
 */
export function questionsOf(
  records: readonly SessionRecord[],
  defaultBranch: (project: string) => string | null,
): readonly ProjectQuestion[] {
  const workers = records.filter(({ kind }) => kind === 'worker');
  return [...Map.groupBy(workers, ({ project }) => project)].flatMap(([project, own]) => {
    const branches = branchesOf(own, defaultBranch(project));
    const numbers = own.filter(isFollowed).flatMap(({ lifecycle }) => lifecycle.pullRequest.number ?? []);
    const lives = own.some((record) => !isSpawnTerminal(record.lifecycle) && (isFollowed(record) || looksFor(record)));
    if (!lives || (numbers.length === 0 && branches.length === 0)) return [];
    return [{ project, numbers: [...new Set(numbers)].toSorted((a, b) => a - b), branches, workers: own }];
  });
}

/** Which several have is nobody's: whose pull request it would be can't be told. */
function branchesOf(workers: readonly SessionRecord[], defaultBranch: string | null): readonly string[] {
  const living = workers.filter(({ lifecycle }) => !isSpawnTerminal(lifecycle));
  const on = Map.groupBy(living, ({ workspace }) => workspace?.branch ?? '');
  return workers
    .filter(looksFor)
    .flatMap(({ workspace }) => workspace?.branch ?? [])
    .filter((branch) => branch !== '' && branch !== defaultBranch && on.get(branch)?.length === 1)
    .toSorted();
}
