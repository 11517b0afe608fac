// What a removal would do, for a person who is about to ask for it. Looks only.
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { probePath } from '../../../lib/files.ts';
import type { FoundFile, RemovalPreview, WorkspaceProblem } from '../workspace.ts';
import { repositoryInside, sortIgnored } from './ignored-files.ts';
import { couldNotAsk } from './repository.ts';
import { excludedFor, ignoredOf, nestedRepository, statusArguments } from './snapshot.ts';
import { obstacle, type WorktreePlace } from './worktree-place.ts';
import type { WorktreeDependencies } from './worktree-dependencies.ts';

const nothing: RemovalPreview = { refusal: null, putAside: [], goes: [], large: [] };

/** @param place proven to be the session's own; null when nothing is there */
export async function previewRemoval(
  dependencies: Pick<WorktreeDependencies, 'git' | 'paths'> & { readonly session: string },
  place: Result<WorktreePlace | null, WorkspaceProblem>,
): Promise<Result<RemovalPreview, WorkspaceProblem>> {
  if (!place.ok) return place;
  if (place.value === null) return ok(nothing);
  const blocked = await obstacle(place.value, { halfMade: false });
  const status = await dependencies.git.run(place.value.path, statusArguments, { env: excludedFor(dependencies) });
  if (!status.ok) return fail({ ...couldNotAsk(status.problem), kept: 'Nothing was removed.' });
  const entries = status.value.split('\0');
  const nested = nestedRepository(entries);
  if (nested !== null) return ok({ ...nothing, refusal: repositoryInside(place.value, nested).what });
  const ignored = await sortIgnored(place.value, ignoredOf(entries));
  if (!ignored.ok) return ok({ ...nothing, refusal: ignored.problem.what });
  const { precious, generated, large } = ignored.value;
  const changed = changedFiles(place.value, entries);
  return ok({ refusal: blocked?.what ?? null, putAside: [...changed, ...precious], goes: generated, large });
}

function changedFiles({ path }: WorktreePlace, entries: readonly string[]): readonly FoundFile[] {
  return entries.flatMap((entry) => {
    if (entry === '' || entry.startsWith('!! ')) return [];
    const name = entry.slice(3);
    const probe = probePath(join(path, name));
    return [{ path: name, size: probe.kind === 'file' || probe.kind === 'link' ? probe.size : null }];
  });
}
