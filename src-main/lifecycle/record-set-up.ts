// Tells the timeline how the set-up of a worktree gets on. Its script writes that down, and several hosts may look at it.
import { setUpText, type SetUpState } from '#shared/domain/set-up.ts';
import { recordEventOnce } from '../storage/events.ts';
import type { Store } from '../storage/store.ts';

export const recordSetUp = (
  store: Store,
  { session, terminal }: { readonly session: string; readonly terminal: string },
  setUp: SetUpState,
): Promise<void> =>
  store.write('terminals: set-up', (tx) =>
    recordEventOnce(
      tx,
      {
        kind: setUp.state === 'failed' ? 'session.set_up_failed' : 'session.set_up_step',
        ...{ session, source: 'athene', text: setUpText(setUp) },
        data: { seen: `${terminal} ${setUp.step} ${setUp.state}`, ...setUp },
      },
      'seen',
    ),
  );
