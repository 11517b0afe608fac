// All kinds of workspaces behind one port: each request goes to the keeper of its kind.
import type { WorkspaceKind } from '#shared/domain/workspace.ts';
import { ok } from '#shared/lib/result.ts';
import type { PlaceKeeper, WorkspaceKeeper, Workspaces } from './workspace.ts';

export interface Keepers {
  readonly worktree: WorkspaceKeeper;
  readonly clone: WorkspaceKeeper;
  readonly 'in-place': PlaceKeeper;
  readonly adopted: PlaceKeeper;
}

const untouched = { rescueRef: null } as const;
const isMade = (kind: WorkspaceKind): kind is 'worktree' | 'clone' => kind === 'worktree' || kind === 'clone';

export function joinWorkspaces(keepers: Keepers): Workspaces {
  return {
    async plan(request) {
      if ('branch' in request) return keepers[request.kind].plan(request);
      const opened = await keepers[request.kind].open(request);
      return opened.ok ? ok({ branchExists: true, stale: false }) : opened;
    },
    create: (request, progress, signal, planned) =>
      'branch' in request
        ? keepers[request.kind].create(request, progress, signal, planned)
        : keepers[request.kind].open(request),
    undoCreate: async (request, branchCreated) =>
      'branch' in request ? keepers[request.kind].undoCreate(request, branchCreated) : ok(untouched),
    previewRemoval: async ({ kind, ...place }) =>
      isMade(kind) ? keepers[kind].previewRemoval(place) : ok({ refusal: null, putAside: [], goes: [], large: [] }),
    prove: async ({ kind, ...place }) => {
      if (isMade(kind)) return keepers[kind].prove(place);
      const opened = await keepers[kind].open(place);
      return opened.ok ? null : opened.problem;
    },
    remove: async ({ kind, ...place }) => (isMade(kind) ? keepers[kind].remove(place) : ok(untouched)),
  };
}
