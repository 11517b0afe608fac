// What git ignores in a worktree: written by hand as likely as not (`.env`, notes, data), or made again by a tool.
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { isBeginningOf, probePath, readLinkIfThere } from '../../../lib/files.ts';
import { walkTree } from '../../../lib/walk-tree.ts';
import type { FoundFile, WorkspaceProblem } from '../workspace.ts';
import { inTheWay, type WorktreePlace } from './worktree-place.ts';

export interface IgnoredFiles {
  /** To be put aside. */
  readonly precious: readonly FoundFile[];
  /** By their names made by tools; a directory has no size. */
  readonly generated: readonly FoundFile[];
  /** Too much to be put aside: a removal is refused until somebody says that it may go. */
  readonly large: readonly FoundFile[];
}

/** Names of directories that package managers, compilers and test runners fill. */
const generatedDirectories = new Set(
  (
    'node_modules bower_components .venv venv __pycache__ .tox .nox .mypy_cache .pytest_cache .ruff_cache .hypothesis ' +
    'dist build out target coverage .nyc_output .next .nuxt .svelte-kit .turbo .parcel-cache .vite .cache .gradle ' +
    '.dart_tool DerivedData Pods .eggs .ipynb_checkpoints .sass-cache .angular .output .serverless .bundle'
  ).split(' '),
);
const generatedFiles =
  /(?:\.(?:pyc|pyo|o|obj|class|log|tmp|swp|tsbuildinfo|map|cache)|(?:^|\/)(?:\.DS_Store|Thumbs\.db|\.eslintcache))$/i;

/** Bytes and entries of all ignored files together; more than that would fill the repository. */
const mostBytes = 50 * 1024 * 1024;
const mostEntries = 20_000;

/** @param listed the paths that `git status --ignored=matching` names, directories with a slash at their end */
export async function sortIgnored(
  place: WorktreePlace,
  listed: readonly string[],
): Promise<Result<IgnoredFiles, WorkspaceProblem>> {
  const found = { precious: [] as FoundFile[], generated: [] as FoundFile[], large: [] as FoundFile[] };
  let bytes = 0;
  const take = (path: string, size: number): void => {
    bytes += size;
    (generatedFiles.test(path) ? found.generated : found.precious).push({ path, size });
  };
  for (const path of listed.filter((name) => !isInCheckout(place, name))) {
    if (isGenerated(path)) found.generated.push({ path, size: null });
    else if (!path.endsWith('/')) {
      const probe = probePath(join(place.path, path));
      if (probe.kind === 'file' || probe.kind === 'link') take(path, probe.size);
    } else {
      const tree = await walkTree(join(place.path, path), {
        limit: mostEntries,
        enter: (name) => !generatedDirectories.has(name),
      });
      const inner = tree.repositories[0];
      if (inner !== undefined) return fail(repositoryInside(place, path + inner));
      const own = tree.files.filter((file) => !isInCheckout(place, path + file.path));
      for (const file of own) take(path + file.path, file.size);
      found.generated.push(...tree.skipped.map((name) => ({ path: `${path}${name}/`, size: null })));
      if (!tree.whole) found.large.push({ path, size: null });
    }
  }
  return ok(bytes > mostBytes || found.precious.length > mostEntries ? setLargeApart(found) : found);
}

/** Copied or linked from the project's own checkout and left as it was: nothing is lost that does not stand there. */
function isInCheckout({ path, checkout }: WorktreePlace, name: string): boolean {
  if (name.endsWith('/')) return false;
  const [file, original] = [join(path, name), join(checkout, name)];
  return isBeginningOf(file, original) || readLinkIfThere(file) === original;
}

/** The largest go first, until the rest can be put aside. */
function setLargeApart({ precious, generated, large }: IgnoredFiles): IgnoredFiles {
  const bySize = precious.toSorted((one, other) => (one.size ?? 0) - (other.size ?? 0));
  let bytes = 0;
  const fits = bySize.findIndex(({ size }, index) => (bytes += size ?? 0) > mostBytes || index === mostEntries);
  return { precious: bySize.slice(0, fits), generated, large: [...large, ...bySize.slice(fits)] };
}

const isGenerated = (path: string): boolean =>
  path.split('/').some((name, index, all) => index < all.length - 1 && generatedDirectories.has(name));

export const tooLarge = (place: WorktreePlace, files: readonly FoundFile[]): WorkspaceProblem => ({
  ...inTheWay(place.path, `it holds ignored files that are too large to be put aside: ${namesOf(files)}`),
  todo: 'Move them elsewhere, or say that they may go: athene session remove ID --discard-large',
});

const namesOf = (files: readonly FoundFile[]): string => {
  const names = files.slice(0, 5).map(({ path, size }) => (size === null ? path : `${path} (${megabytes(size)})`));
  return [...names, ...(files.length > 5 ? [`and ${files.length - 5} more`] : [])].join(', ');
};

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`;

export const repositoryInside = (place: WorktreePlace, path: string): WorkspaceProblem =>
  inTheWay(place.path, `there is a repository of its own in ${path}`);
