// The tree of programs that a package ships: what the command, the pty host and the mirror run from, without Electron.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { manifestName, type ProgramManifest } from '../src-main/lib/program-manifest.ts';
import { root } from './prepare.mjs';
import { nodeArchOf, nodePackageFolder, nodePackageOf, type Target } from './shipped-node.ts';

/** Makes it anew in a folder, from what is built. */
export function makeProgramTree(target: Target, into: string): void {
  rmSync(into, { recursive: true, force: true });
  const windows = target.platform === 'win32';
  const nodePty = join(root, 'node_modules', 'node-pty');
  const node = nodePackageFolder(target);
  const { version } = packageIn(root);

  copy(join(root, 'bin'), join(into, 'bin'), (file) => file === (windows ? 'athene.cmd' : 'athene'));
  copy(join(root, 'prompts'), join(into, 'prompts'), (file) => file.endsWith('.md'));
  copy(join(root, 'schema'), join(into, 'schema'), (file) => file.endsWith('.json'));
  copy(join(root, 'dist', 'main'), join(into, 'dist', 'main'), (file) => file.endsWith('.js') && file !== 'desktop.js');
  copy(join(root, 'dist', 'renderer'), join(into, 'dist', 'renderer'), (file) => !file.endsWith('.map'));
  write(join(into, 'dist', '.stamp'), '');
  write(join(into, 'package.json'), json({ name: 'athene', version, private: true, type: 'module' }));

  const nodeInto = join(into, 'node_modules', nodePackageOf(target));
  copy(node, nodeInto, (file) => /^(bin\/node(\.exe)?|LICENSE|package\.json)$/.test(file));
  const prebuilt = `prebuilds/${target.platform}-${nodeArchOf(target)}/`;
  copy(
    nodePty,
    join(into, 'node_modules', 'node-pty'),
    (file) =>
      /^(LICENSE|package\.json|lib\/.*\.js)$/.test(file) || (file.startsWith(prebuilt) && !file.endsWith('.pdb')),
  );
  write(join(into, manifestName), json(manifestOf(into, version, target)));
}

function manifestOf(tree: string, version: string, target: Target): ProgramManifest {
  const files = filesBelow(tree).map((path) => {
    const bytes = readFileSync(join(tree, path));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return [path, { size: bytes.length, sha256, executable: isProgram(path) }] as const;
  });
  return { version, ...target, files: Object.fromEntries(files) };
}

/** By name: packages lose their modes on Windows, and npm gives none to a helper of node-pty. */
const isProgram = (path: string): boolean =>
  ['athene', 'athene.cmd', 'node', 'spawn-helper'].includes(basename(path)) || path.endsWith('.exe');

function copy(from: string, to: string, wanted: (file: string) => boolean): void {
  const files = filesBelow(from).filter(wanted);
  if (files.length === 0) throw new Error(`There is nothing of ${from} to be shipped`);
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    copyFileSync(join(from, file), join(to, file));
  }
}

/** Relative, with `/`, sorted. */
export function filesBelow(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below))
    .sort()
    .flatMap((name) => {
      const path = below === '' ? name : `${below}/${name}`;
      return statSync(join(folder, path)).isDirectory() ? filesBelow(folder, path) : [path];
    });
}

const packageIn = (folder: string): { readonly version: string } =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
