// All kinds of workspaces behind one port: each request goes to the keeper of its kind.
import type { WorkspaceKind } from '#shared/domain/workspace.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type {
  PlaceKeeper,
  ScratchKeeper,
  Workspace,
  WorkspaceKeeper,
  WorkspaceProblem,
  WorkspaceRequest,
  Workspaces,
} from './workspace.ts';

export interface Keepers {
  readonly worktree: WorkspaceKeeper;
  readonly clone: WorkspaceKeeper;
  readonly 'in-place': PlaceKeeper;
  readonly adopted: PlaceKeeper;
  readonly scratch: ScratchKeeper;
}

const untouched = { rescueRef: null } as const;
const isMade = (kind: WorkspaceKind): kind is 'worktree' | 'clone' => kind === 'worktree' || kind === 'clone';

export function joinWorkspaces(keepers: Keepers): Workspaces {
  const open = async (
    request: Exclude<WorkspaceRequest, { readonly branch: string }>,
  ): Promise<Result<Workspace, WorkspaceProblem>> => keepers[request.kind].open(request);
  return {
    async plan(request) {
      if ('branch' in request) return keepers[request.kind].plan(request);
      // Made when it is opened, which is written down before.
      if (request.kind === 'scratch') return ok({ branchExists: true, stale: false });
      const opened = await open(request);
      return opened.ok ? ok({ branchExists: true, stale: false }) : opened;
    },
    create: (request, progress, signal, planned) =>
      'branch' in request ? keepers[request.kind].create(request, progress, signal, planned) : open(request),
    async undoCreate(request, branchCreated) {
      if ('branch' in request) return keepers[request.kind].undoCreate(request, branchCreated);
      if (request.kind === 'scratch') keepers.scratch.removeIfEmpty(request);
      return ok(untouched);
    },
    previewRemoval: async ({ kind, ...place }) =>
      isMade(kind) ? keepers[kind].previewRemoval(place) : ok({ refusal: null, putAside: [], goes: [], large: [] }),
    async prove({ kind, ...place }) {
      if (isMade(kind)) return keepers[kind].prove(place);
      if (kind === 'scratch') return keepers.scratch.prove(place);
      const opened = await keepers[kind].open(place);
      return opened.ok ? null : opened.problem;
    },
    async remove({ kind, ...place }) {
      if (isMade(kind)) return keepers[kind].remove(place);
      if (kind === 'scratch') keepers.scratch.removeIfEmpty(place);
      return ok(untouched);
    },
  };
}
