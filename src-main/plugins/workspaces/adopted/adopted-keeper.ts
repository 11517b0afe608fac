// A worktree that somebody else made, as a workspace: must provably be one of the project's repository. Never changed, never removed.
import { isAbsolute } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { isBelow, probePath, realPathIfThere } from '../../../lib/files.ts';
import type { Git } from '../../../lib/git.ts';
import type { HomePaths } from '../../../storage/paths.ts';
import type { PlaceKeeper, WorkspaceProblem } from '../workspace.ts';
import { headOf } from '../in-place/head.ts';
import { listRegistrations, openRepository } from '../worktree/repository.ts';
import { provePlace } from '../worktree/worktree-place.ts';

interface AdoptedDependencies {
  readonly git: Git;
  readonly paths: Pick<HomePaths, 'home'>;
}

export const createAdoptedKeeper = ({ git, paths }: AdoptedDependencies): PlaceKeeper => ({
  async open({ project, path: given }) {
    const repository = await openRepository(git, project.path);
    if (!repository.ok) return repository;
    const place = realPlace(given);
    if (!place.ok) return place;
    const path = place.value;
    if (path === realPathIfThere(project.path)) return fail(ownCheckout(path));
    if (isBelow(path, paths.home)) return fail(ofAthene(path));
    // Both ways: its .git leads to the repository, and the repository's entry leads to it.
    const proof = provePlace(path, '/', repository.value);
    if (!proof.ok) return fail({ ...notOfProject(path, project.path), details: proof.problem.what });
    const registrations = await listRegistrations(git, project.path);
    if (!registrations.ok) return registrations;
    if (!registrations.value.some((entry) => entry.path === path)) return fail(notOfProject(path, project.path));
    const head = await headOf(git, path);
    return head.ok ? ok({ path, ...head.value, branchCreated: false }) : head;
  },
});

function realPlace(given: string): Result<string, WorkspaceProblem> {
  if (!isAbsolute(given) || given.includes('\0')) return fail(noDirectory(given));
  try {
    const real = realPathIfThere(given);
    return real !== null && probePath(real).kind === 'directory' ? ok(real) : fail(noDirectory(given));
  } catch (error) {
    return fail({ ...noDirectory(given), details: String(error) });
  }
}

const kept = 'Nothing was created, and nothing there was touched.';

const noDirectory = (path: string): WorkspaceProblem => ({
  code: 'workspace-refused',
  what: `${JSON.stringify(path.slice(0, 300))} is not the absolute path of a directory that can be looked at.`,
  kept,
  todo: 'Give the path of a worktree that is there: see git worktree list.',
});

const ownCheckout = (path: string): WorkspaceProblem => ({
  code: 'workspace-refused',
  what: `${path} is the project's own checkout, not a worktree of it.`,
  kept,
  todo: 'To work there all the same: --workspace in-place.',
});

const ofAthene = (path: string): WorkspaceProblem => ({
  code: 'workspace-refused',
  what: `${path} lies in Athene's own home.`,
  kept,
  todo: 'Restore the session that it belongs to.',
});

const notOfProject = (path: string, project: string): WorkspaceProblem => ({
  code: 'workspace-refused',
  what: `${path} is not provably a worktree of ${project}.`,
  kept,
  todo: `See git -C ${project} worktree list for those that are.`,
});
