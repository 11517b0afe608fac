// A plain directory for whoever leads over several projects: no git in it, and nothing that is in it is ever deleted.
import { fail, ok } from '#shared/lib/result.ts';
import { ensureDirectory, probePath, realPathIfThere, removeIfEmpty } from '../../../lib/files.ts';
import type { HomePaths } from '../../../storage/paths.ts';
import type { ScratchKeeper, ScratchPlace, WorkspaceProblem } from '../workspace.ts';

export function createScratchKeeper({ paths }: { readonly paths: Pick<HomePaths, 'scratchFor'> }): ScratchKeeper {
  const prove = ({ session, path }: ScratchPlace): WorkspaceProblem | null => {
    if (path !== paths.scratchFor(session)) return strange(path, 'it is the place of another');
    const { kind } = probePath(path);
    if (kind !== 'directory') return strange(path, kind === 'absent' ? 'nothing is there' : `a ${kind} is there`);
    return realPathIfThere(path) === path ? null : strange(path, 'a link leads elsewhere');
  };
  return {
    open(place) {
      if (probePath(place.path).kind === 'absent') ensureDirectory(place.path);
      const doubt = prove(place);
      return doubt === null
        ? ok({ path: place.path, branch: null, baseCommit: '', branchCreated: false })
        : fail(doubt);
    },
    prove,
    removeIfEmpty: (place) => void (prove(place) === null && removeIfEmpty(place.path)),
  };
}

const strange = (path: string, why: string): WorkspaceProblem => ({
  code: 'workspace-refused',
  what: `${path} can't be used: ${why}.`,
  kept: 'Nothing there was touched.',
  todo: 'Look at it, and move it away.',
});
