// The Node that a package ships: the pinned npm package of its system and processor, also where npm installed another one.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nodePackages, root } from './prepare.mjs';

export interface Target {
  /** As in Node's `process.platform` and `process.arch`. */
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly arch: 'x64' | 'arm64';
}

export const nodePackageOf = ({ platform, arch }: Target): string =>
  (nodePackages as Readonly<Record<string, string>>)[`${platform}-${arch}`] ?? `no Node for ${platform}-${arch}`;

/** The processor that this Node is made for: on Windows for ARM the system translates. */
export const nodeArchOf = ({ platform, arch }: Target): 'x64' | 'arm64' => (platform === 'win32' ? 'x64' : arch);

/** Folder of the package; fetched with npm, and compared with the lock file, when it is not installed here. */
export function nodePackageFolder(target: Target): string {
  const name = nodePackageOf(target);
  const installed = join(root, 'node_modules', name);
  if (existsSync(installed)) return installed;
  const { version, integrity } = lockEntry(name);
  const fetched = join(root, '.cache', 'package', `${name}-${version}`);
  if (!existsSync(fetched)) fetchPackage({ name, version, integrity, into: fetched });
  return fetched;
}

interface Pinned {
  readonly version: string;
  readonly integrity: string;
}

function lockEntry(name: string): Pinned {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Partial<Pinned>>>;
  };
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined) throw new Error(`package-lock.json does not pin ${name}`);
  return { version, integrity };
}

function fetchPackage({
  name,
  version,
  integrity,
  into,
}: Pinned & { readonly name: string; readonly into: string }): void {
  const parent = join(root, '.cache', 'package');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'fetch-'));
  try {
    const windows = process.platform === 'win32';
    const args = ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder];
    execFileSync(windows ? 'npm.cmd' : 'npm', args, {
      cwd: root,
      shell: windows,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [archive] = readdirSync(folder);
    if (archive === undefined) throw new Error(`npm brought nothing of ${name}@${version}`);
    const file = join(folder, archive);
    const found = integrityOf(readFileSync(file), integrity);
    if (found !== integrity) throw new Error(`${name}@${version} is not what package-lock.json pins (${found})`);
    execFileSync('tar', ['-xzf', file, '-C', folder]);
    renameSync(join(folder, 'package'), into);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of the same kind as the wanted one, as `sha512-…`. */
export function integrityOf(bytes: Uint8Array, wanted: string): string {
  const kind = wanted.slice(0, wanted.indexOf('-'));
  if (!['sha512', 'sha384'].includes(kind)) throw new Error(`A pin of kind ${kind} is not strong enough`);
  return `${kind}-${createHash(kind).update(bytes).digest('base64')}`;
}
