import { expect, it } from 'vitest';
import type { CoordinatorView } from '#shared/domain/coordinator-view.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createCoordinatorList } from './coordinator-list.ts';

const view = (id: string, more: Partial<CoordinatorView>): CoordinatorView =>
  ({ id, kind: 'meta-orchestrator', configured: true, ...more }) as CoordinatorView;

it('names the meta orchestrators that are configured, and keeps them while nobody can tell', async () => {
  const answers = [
    ok({
      coordinators: [view('chief', {}), view('gone', { configured: false }), view('api', { kind: 'orchestrator' })],
    }),
    fail({ code: 'storage-busy', what: 'Busy.' }),
  ];
  const call = async () => answers.shift();
  const list = createCoordinatorList({ call } as unknown as Pick<HostConnection, 'call'>);
  expect([list.all.get(), list.metas.get()]).toEqual([null, []]);
  await list.look();
  const metas = list.metas.get();
  await list.look();
  expect([metas, list.metas.get() === metas, list.all.get()?.length]).toEqual([['chief'], true, 3]);
});

it('believes the answer to the last question, whichever comes first', async () => {
  const waiting: ((names: readonly string[]) => void)[] = [];
  const call = (): Promise<unknown> =>
    new Promise((resolve) =>
      waiting.push((names) => resolve(ok({ coordinators: names.map((name) => view(name, {})) }))),
    );
  const list = createCoordinatorList({ call } as unknown as Pick<HostConnection, 'call'>);
  const looks = [list.look(), list.look()];
  waiting[1]?.(['new']);
  waiting[0]?.(['old']);
  await Promise.all(looks);
  expect(list.metas.get()).toEqual(['new']);
});
