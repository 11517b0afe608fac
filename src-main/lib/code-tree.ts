// A directory of code that is to be loaded: whether only this user could have written it, and what exactly is in it.
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { faultPoint } from './fault-points.ts';

/** Files, and bytes of all of them. */
const [mostFiles, mostBytes] = [4000, 64 * 1024 * 1024];

/** The hash of all names and contents. The problem is for people: why what is there is not to be loaded. */
export function hashCode(directory: string): Result<string, string> {
  faultPoint('fs', 'read');
  try {
    const hash = createHash('sha256');
    const around = ancestorsOf(directory).find((path) => isOpenToOthers(lstatSync(path)));
    if (around !== undefined) return fail(`others may write in ${around}`);
    const tally = { files: 0, bytes: 0 };
    add(hash, directory, '', tally);
    return ok(`sha256-${hash.digest('hex')}`);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function add(
  hash: ReturnType<typeof createHash>,
  root: string,
  path: string,
  tally: { files: number; bytes: number },
): void {
  for (const name of readdirSync(join(root, path)).toSorted()) {
    const below = path === '' ? name : `${path}/${name}`;
    const stats = lstatSync(join(root, below));
    if (!stats.isFile() && !stats.isDirectory()) throw new Error(`${below} is a link, or no file`);
    if (isOpenToOthers(stats)) throw new Error(`others may write in ${below}`);
    if (stats.isDirectory()) {
      add(hash, root, below, tally);
      continue;
    }
    tally.files += 1;
    const content = readOwn(join(root, below));
    tally.bytes += content.length;
    if (tally.files > mostFiles || tally.bytes > mostBytes) throw new Error('it has too many files, or too large ones');
    hash.update(`${JSON.stringify(below)} ${content.length}\n`).update(content);
  }
}

function readOwn(path: string): Buffer {
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    if (isOpenToOthers(fstatSync(fd))) throw new Error(`others may write in ${path}`);
    return readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}

const ancestorsOf = (path: string): readonly string[] =>
  dirname(path) === path ? [path] : [path, ...ancestorsOf(dirname(path))];

/** In a directory with the sticky bit nobody can replace what belongs to another. */
function isOpenToOthers({ uid, mode }: Stats): boolean {
  if (process.platform === 'win32') return false;
  if (uid !== 0 && uid !== process.getuid?.()) return true;
  return (mode & 0o022) !== 0 && (mode & 0o1000) === 0;
}
