// What a removal would do, for whoever is about to ask for it.
import type { Problem } from '#shared/domain/problem.ts';
import { summarise, type RemovalPreview } from '#shared/domain/removal.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { SessionDependencies } from './dependencies.ts';
import { placeOf } from './remove.ts';
import { findSession } from './session-record.ts';

export async function previewRemoval(
  dependencies: SessionDependencies,
  id: string,
): Promise<Result<RemovalPreview, Problem<'session-unknown' | 'cannot-tell'>>> {
  const found = findSession(dependencies, id);
  if (!found.ok) {
    const code = found.problem.code === 'session-unknown' ? 'session-unknown' : 'cannot-tell';
    return fail({ ...found.problem, code });
  }
  const place = placeOf(dependencies, found.value);
  if (!place.ok) return place;
  const preview = await dependencies.workspaces.previewRemoval(place.value);
  if (!preview.ok) return fail({ ...preview.problem, code: 'cannot-tell' });
  const { refusal, putAside, goes, large } = preview.value;
  return ok({ refusal, putAside: summarise(putAside), goes: summarise(goes), large: summarise(large) });
}
