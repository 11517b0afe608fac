// The name of a session on the screen.
import type { Problem } from '#shared/domain/problem.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { SessionDependencies } from './dependencies.ts';
import { changeSession, findSession } from './session-record.ts';

export async function renameSession(
  dependencies: SessionDependencies,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<Result<null, Problem<'session-unknown' | 'session-damaged'>>> {
  const found = findSession(dependencies, id);
  if (!found.ok) return found;
  await changeSession(dependencies, 'rename', id, (record) => ({ ...record, name: name.trim() }));
  return ok(null);
}
