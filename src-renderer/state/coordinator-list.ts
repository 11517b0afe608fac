// Which meta orchestrators are configured: no feed tells it, so it is asked for again when something about them may have changed.
import type { CoordinatorView } from '#shared/domain/coordinator-view.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createStore, type Readable } from '../lib/store.ts';

export interface CoordinatorList {
  /** Null until the host told them. */
  readonly all: Readable<readonly CoordinatorView[] | null>;
  /** Names of the meta orchestrators that are configured. */
  readonly metas: Readable<readonly string[]>;
  look(): Promise<void>;
}

export function createCoordinatorList(connection: Pick<HostConnection, 'call'>): CoordinatorList {
  const all = createStore<readonly CoordinatorView[] | null>(null);
  const metas = createStore<readonly string[]>([]);
  let asked = 0;
  return {
    all,
    metas,
    async look() {
      const turn = (asked += 1);
      const found = await connection.call('coordinator.list', {});
      // What can't be told now stays as it was; of two answers the later question's counts.
      if (!found.ok || turn !== asked) return;
      all.set(found.value.coordinators);
      const names = found.value.coordinators.flatMap(({ id, kind, configured }) =>
        kind === 'meta-orchestrator' && configured ? [id] : [],
      );
      if (names.join(' ') !== metas.get().join(' ')) metas.set(names);
    },
  };
}
