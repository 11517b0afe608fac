// What can be done with the snapshots of all projects.
import type { Problem } from '#shared/domain/problem.ts';
import type { Rescue } from '#shared/domain/rescue.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git } from '../lib/git.ts';
import type { ProjectConfiguration } from '../projects/configuration.ts';
import {
  changedFiles,
  listRescues,
  partsOf,
  rangeOf,
  rescueRef,
  unreadable,
  type RescueProject,
} from './list-rescues.ts';
import { restoreRescue, unknownRescue } from './restore-rescue.ts';

export interface RescueDependencies {
  readonly git: Git;
  readonly configuration: Pick<ProjectConfiguration, 'projects' | 'find'>;
  readonly now: () => number;
}

/** Characters of a patch that are shown. */
const longestPatch = 200_000;

export function createRescues({ git, configuration, now }: RescueDependencies) {
  const list = async ({ project, session }: { readonly project: string | null; readonly session: string | null }) => {
    const chosen = projectsOf(configuration, project);
    if (!chosen.ok) return chosen;
    const all: Rescue[] = [];
    for (const each of chosen.value) {
      const listed = await listRescues(git, each, session);
      if (!listed.ok) return listed;
      all.push(...listed.value);
    }
    return ok(all.toSorted((one, other) => other.at - one.at));
  };
  return {
    list,
    async show({ project, ref }: { readonly project: string; readonly ref: string }) {
      const found = configuration.find(project);
      if (!found.ok) return found;
      const session = rescueRef.exec(ref)?.[1] ?? null;
      const listed = session === null ? ok([]) : await listRescues(git, found.value, session);
      if (!listed.ok) return listed;
      const rescue = listed.value.find((each) => each.ref === ref);
      if (rescue === undefined) return fail(unknownRescue(ref));
      const files = await changedFiles(git, found.value, rescue.commit);
      if (!files.ok) return files;
      const parts = await partsOf(git, found.value, rescue.commit);
      if (!parts.ok) return parts;
      const range = await rangeOf(git, found.value, rescue.commit);
      if (!range.ok) return range;
      const args = ['diff-tree', '-p', '--no-ext-diff', '--no-textconv', '--no-color', ...range.value];
      const patch = await git.run(found.value.path, args);
      if (!patch.ok) return fail(unreadable(found.value, patch.problem.details));
      const commits = await subjectsOf(git, found.value, parts.value.abandoned);
      if (!commits.ok) return commits;
      return ok({ rescue, files: [...files.value], commits: commits.value, patch: patch.value.slice(0, longestPatch) });
    },
    async restore({ project, ref, path }: { readonly project: string; readonly ref: string; readonly path: string }) {
      const found = configuration.find(project);
      return found.ok ? restoreRescue(git, found.value, { ref, path }) : found;
    },
    /** Only what is provably older; each ref only if it still is the commit that was judged. */
    async prune({ days, dryRun }: { readonly days: number; readonly dryRun: boolean }) {
      const listed = await list({ project: null, session: null });
      if (!listed.ok) return listed.problem.code === 'cannot-tell' ? fail(listed.problem) : ok({ pruned: [], kept: 0 });
      const before = now() - days * 24 * 3_600_000;
      const old = listed.value.filter(({ at }) => at > 0 && at < before);
      const pruned: Rescue[] = [];
      for (const rescue of old) {
        const project = configuration.find(rescue.project);
        if (!project.ok) continue;
        const args = ['update-ref', '-d', rescue.ref, rescue.commit];
        if (dryRun || (await git.run(project.value.path, args)).ok) pruned.push(rescue);
      }
      return ok({ pruned, kept: listed.value.length - pruned.length });
    },
  };
}

export type Rescues = ReturnType<typeof createRescues>;

/** One that can't be used now is left out: its repository may be on a disk that is not there. */
function projectsOf(
  configuration: RescueDependencies['configuration'],
  id: string | null,
): Result<readonly { readonly id: string; readonly path: string }[], Problem<'project-unknown'>> {
  if (id === null) return ok(configuration.projects().filter(({ state }) => state === 'ready'));
  const found = configuration.find(id);
  return found.ok ? ok([found.value]) : found;
}

async function subjectsOf(
  git: Git,
  project: RescueProject,
  commits: readonly string[],
): Promise<Result<string[], Problem<'cannot-tell'>>> {
  if (commits.length === 0) return ok([]);
  const told = await git.run(project.path, ['log', '--no-walk=unsorted', '--format=%H %s', ...commits, '--']);
  return told.ok ? ok(told.value.split('\n').filter(Boolean)) : fail(unreadable(project, told.problem.details));
}
