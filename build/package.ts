// Makes the packages of the desktop app: what it ships is built, packed, and held against what is promised.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Arch, build as pack, Platform } from 'electron-builder';
import { build } from './build.ts';
import { checkPackage } from './check-package.ts';
import { packageConfiguration, packageOutput, programTrees } from './electron-builder.ts';
import { fetchElectron, usualFetch } from './electron-binary.ts';
import { missingFor, packageUsage, type PackagePlan, planOf } from './package-plan.ts';
import { root } from './prepare.mjs';
import { makeProgramTree } from './program-tree.ts';
import { reportProgress } from './progress.ts';
import type { Target } from './shipped-node.ts';

/** As electron-builder calls them, and people. */
const systems = {
  linux: { key: 'linux', platform: Platform.LINUX, name: 'Linux' },
  darwin: { key: 'mac', platform: Platform.MAC, name: 'macOS' },
  win32: { key: 'win', platform: Platform.WINDOWS, name: 'Windows' },
} as const;

const plan = planOf(process.argv.slice(2), process);
if (plan === null) fail(packageUsage);
const missing = missingFor(plan, { platform: process.platform, has: isOnPath });
if (missing.length > 0) fail(`Not everything is here that packaging needs.\n${missing.join('\n')}`);
const electronDist = await electron();
if ((await build({ force: true })) !== 0) fail('The build failed: what is wrong stands above. Nothing was packaged.');

const output = join(root, packageOutput);
rmSync(output, { recursive: true, force: true });
for (const target of plan.targets) {
  console.log(`What ${nameOf(target)} ships …`);
  makeProgramTree(target, treeOf(target));
}
await packAll(plan);

const flaws: string[] = [];
for (const target of plan.targets) flaws.push(...(await checkPackage({ target, output, tree: treeOf(target) })));
if (flaws.length > 0) {
  // Nobody shall take them for good ones.
  rmSync(output, { recursive: true, force: true });
  fail(`The packages are not what they should be, and were removed:\n${flaws.join('\n')}`);
}
for (const name of readdirSync(output).sort()) {
  const stat = statSync(join(output, name));
  if (stat.isFile() && /\.(AppImage|deb|dmg|zip|exe)$/.test(name))
    console.log(`${megabytes(stat.size)}  ${packageOutput}/${name}`);
  else if (/-unpacked$|^mac/.test(name)) console.log(`unpacked  ${packageOutput}/${name}`);
}

/** A folder with an unpacked Electron, or null when electron-builder fetches and checks its own. */
async function electron(): Promise<string | null> {
  const given = process.env['ATHENE_ELECTRON_DIST'];
  if (given !== undefined)
    return existsSync(given) ? given : fail(`ATHENE_ELECTRON_DIST names ${given}, and nothing is there.`);
  const { report, end } = reportProgress();
  const fetched = await fetchElectron({ ...usualFetch, again: true, env: process.env, report });
  end();
  // Where this one can't be had, those of other systems can't either.
  return fetched.kind === 'there'
    ? null
    : fail(`Packaging needs Electron's program: ${fetched.why.replace(/ \(npm start.*/, '')}.`);
}

async function packAll({ targets, unpackedOnly }: PackagePlan): Promise<void> {
  const config = { ...packageConfiguration, ...(electronDist === null ? {} : { electronDist }) };
  for (const target of targets) {
    const { key, platform } = systems[target.platform];
    const kinds = unpackedOnly ? ['dir'] : packageConfiguration[key].target.map(({ target: kind }) => kind);
    const order = { projectDir: root, config, targets: platform.createTarget(kinds, Arch[target.arch]) };
    await pack({ ...order, publish: 'never' }).catch((error: unknown) =>
      fail(`Packaging ${nameOf(target)} failed: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
}

function treeOf({ platform, arch }: Target): string {
  const place = programTrees.replace('${os}', systems[platform].key).replace('${arch}', arch);
  return join(root, place, 'runtime');
}

function nameOf({ platform, arch }: Target): string {
  return `${systems[platform].name} ${arch}`;
}

function isOnPath(program: string): boolean {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => endings.some((ending) => existsSync(join(folder, program + ending))));
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0).padStart(5)} MB`;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
