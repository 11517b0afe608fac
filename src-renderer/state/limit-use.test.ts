import { expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { defaultSettings } from '#shared/domain/settings.ts';
import { limitUseOf } from './limit-use.ts';

const session = (id: string, spawnedBy: string, more: Partial<SessionView> = {}): SessionView =>
  ({
    ...{ id, spawnedBy, project: 'a', kind: 'worker', owner: { kind: 'project' }, state: 'working', exit: null },
    ...{ createdAt: 0, ...more },
  }) as SessionView;

it('counts what it had made, not what others had', () => {
  const lead = session('a-orchestrator', 'release', { kind: 'orchestrator', createdAt: 7_000_000 });
  const meta = session('release', 'person', { kind: 'meta-orchestrator', project: '_meta' });
  const all = [
    ...[meta, lead],
    session('a-1', lead.id),
    session('a-2', lead.id, { createdAt: 7_000_000 }),
    session('a-3', lead.id, { createdAt: 7_000_000, state: 'done' }),
    session('a-4', 'person', { createdAt: 7_000_000 }),
  ];
  const use = (root: SessionView) =>
    limitUseOf(root, all, defaultSettings, 7_200_000).map(({ name, used, allowed }) => `${name} ${used}/${allowed}`);
  expect(use(lead)).toEqual(['coordinatorWorkers 2/10', 'coordinatorSpawnsPerHour 2/30', 'orchestratorDepth 1/1']);
  expect(use(meta)).toEqual(['coordinatorWorkers 0/10', 'coordinatorSpawnsPerHour 1/30', 'metaOrchestratorDepth 2/2']);
});
