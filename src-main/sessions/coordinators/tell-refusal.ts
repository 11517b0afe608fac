// That a spawn was refused to an agent that asked for it: whoever looks at what it leads sees what it could not do.
import type { Problem } from '#shared/domain/problem.ts';
import type { SpawnOrder } from '#shared/domain/spawn.ts';
import { recordEvent } from '../../storage/events.ts';
import { getSession } from '../../storage/sessions.ts';
import type { SessionDependencies } from '../dependencies.ts';

export async function tellRefusal(
  { store }: Pick<SessionDependencies, 'store'>,
  { by, request, project }: Pick<SpawnOrder, 'by' | 'request' | 'project'>,
  { code, what }: Problem,
): Promise<void> {
  if (by === null || by === 'person') return;
  await store.write('spawn: refused', (tx) => {
    if (getSession(tx, by) === null) return;
    const data = { by, code, request, wanted: project };
    recordEvent(tx, { kind: 'coordinator.spawn_refused', session: by, source: 'athene', text: what, data });
  });
}
