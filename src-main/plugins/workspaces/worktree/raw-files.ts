// Files that git stores otherwise than they are (line ends, filters): kept beside, byte for byte.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { GitFailure, GitOptions } from '../../../lib/git.ts';
import { garbled, objectName } from './repository.ts';

export type Ask = (args: readonly string[], options?: GitOptions) => Promise<Result<string, GitFailure>>;

interface Changed {
  readonly mode: string;
  readonly blob: string;
  readonly path: string;
}

/**
 * Tree of those changed files whose stored content differs from the file; null when there are none. Large files of LFS are left out:
 * its own store keeps them.
 */
export async function rawTree(
  ask: Ask,
  { headTree, filesTree, index }: { readonly headTree: string; readonly filesTree: string; readonly index: string },
): Promise<Result<string | null, GitFailure>> {
  if (headTree === filesTree) return ok(null);
  const changed = await changedFiles(ask, headTree, filesTree);
  if (!changed.ok || changed.value.length === 0) return changed.ok ? ok(null) : changed;
  const converted = await differing(ask, changed.value);
  if (!converted.ok || converted.value.length === 0) return converted.ok ? ok(null) : converted;
  const own = await withoutLfs(ask, converted.value);
  if (!own.ok || own.value.length === 0) return own.ok ? ok(null) : own;
  return storeTree(ask, own.value, index);
}

async function changedFiles(ask: Ask, from: string, to: string): Promise<Result<readonly Changed[], GitFailure>> {
  const told = await ask(['diff-tree', '-r', '-z', '--no-renames', '--diff-filter=AMT', from, to]);
  if (!told.ok) return told;
  const parts = told.value.split('\0');
  return ok(
    parts.flatMap((part, index) => {
      const [, mode = '', , blob = ''] = part.startsWith(':') ? part.split(' ') : [];
      // Only regular files are converted.
      return mode.startsWith('100') ? [{ mode, blob, path: parts[index + 1] ?? '' }] : [];
    }),
  );
}

async function differing(ask: Ask, files: readonly Changed[]): Promise<Result<readonly Changed[], GitFailure>> {
  const hashed = await hash(ask, files, []);
  return hashed.ok ? ok(files.filter(({ blob }, index) => hashed.value[index] !== blob)) : hashed;
}

/** Names with line ends can't be listed; they are rare and few. */
async function hash(
  ask: Ask,
  files: readonly Changed[],
  options: readonly string[],
): Promise<Result<readonly string[], GitFailure>> {
  const args = ['hash-object', '--no-filters', ...options];
  const odd = files.map(({ path }) => path).filter((path) => path.includes('\n'));
  const plain = files.map(({ path }) => path).filter((path) => !path.includes('\n'));
  const listed = await ask([...args, '--stdin-paths'], { input: plain.map((path) => `${path}\n`).join('') });
  if (!listed.ok) return listed;
  const named = odd.length === 0 ? ok('') : await ask([...args, '--', ...odd]);
  if (!named.ok) return named;
  const names = [...listed.value.split('\n').slice(0, -1), ...named.value.split('\n').slice(0, -1)];
  if (names.length !== files.length) return fail(garbled(listed.value));
  const byPath = new Map([...plain, ...odd].map((path, index) => [path, names[index] ?? '']));
  return ok(files.map(({ path }) => byPath.get(path) ?? ''));
}

async function withoutLfs(ask: Ask, files: readonly Changed[]): Promise<Result<readonly Changed[], GitFailure>> {
  const input = files.map(({ path }) => `${path}\0`).join('');
  const told = await ask(['check-attr', '--stdin', '-z', 'filter'], { input });
  if (!told.ok) return told;
  const values = told.value.split('\0').filter((_part, index) => index % 3 === 2);
  return values.length === files.length
    ? ok(files.filter((_file, index) => values[index] !== 'lfs'))
    : fail(garbled(told.value));
}

async function storeTree(ask: Ask, files: readonly Changed[], index: string): Promise<Result<string, GitFailure>> {
  const stored = await hash(ask, files, ['-w']);
  if (!stored.ok) return stored;
  const env = { GIT_INDEX_FILE: index };
  const input = files.map(({ mode, path }, at) => `${mode} ${stored.value[at]}\t${path}\0`).join('');
  const listed = await ask(['update-index', '-z', '--index-info'], { input, env });
  return listed.ok ? objectName(await ask(['write-tree'], { env })) : listed;
}
