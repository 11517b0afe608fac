// Names in package-lock.json the optional packages of other platforms. A registry that mirrors one platform only makes npm leave
// them out, and then `npm ci` refuses the lock file everywhere. Run it after a dependency was added: `node build/complete-lock.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

export const lockFile = join(root, 'package-lock.json');

/** Path in node_modules → entry, for every optional package that is wanted and not named. Without a checksum: nothing here knows it. */
export function missingEntries({ packages }: LockFile): Record<string, LockEntry> {
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isNamed(packages, path, name))
      .map(([name, range]) => [
        `node_modules/${name}`,
        {
          version: range.replace(/^[~^]/, ''),
          ...platformOf(name),
          ...(entry.dev === true ? { dev: true } : {}),
          optional: true,
        },
      ]),
  );
  return Object.fromEntries(missing) as Record<string, LockEntry>;
}

/** As Node looks for a package: in the nearest node_modules, then further out. */
function isNamed(packages: LockFile['packages'], from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}

/** Said by the name, as in `binding-linux-arm64-musl`. */
function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  if (name === 'fsevents') return { os: ['darwin'] };
  const os = /android|darwin|freebsd|linux|openharmony|openbsd|netbsd|sunos|aix|win32/.exec(name)?.[0];
  const cpu = /arm64|armv7|arm|x64|ia32|riscv64|s390x|ppc64|loong64|mips64el|wasm32/.exec(
    name.replace('-wasm32-wasi', '-wasm32'),
  )?.[0];
  const libc = /musl/.test(name) ? 'musl' : os === 'linux' && /gnu/.test(name) ? 'glibc' : undefined;
  return {
    ...(os === undefined ? {} : { os: [os] }),
    ...(cpu === undefined ? {} : { cpu: [cpu === 'armv7' ? 'arm' : cpu] }),
    ...(libc === undefined ? {} : { libc: [libc] }),
  };
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as LockFile;
  const added = missingEntries(lock);
  const packages = { ...lock.packages, ...added };
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(lockFile, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
  console.log(`${Object.keys(added).length} packages of other platforms named.`);
}
