// Holds an unpacked package against what is promised: fuses, what the archive holds, the programs beside it.
import { existsSync, openSync, closeSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { manifestName } from '../src-main/lib/program-manifest.ts';
import { flawOf } from '../src-main/lib/program-tree.ts';
import { packageConfiguration } from './electron-builder.ts';
import { readFuses, wrongFuses } from './fuses.ts';
import type { Target } from './shipped-node.ts';

export interface PackageToCheck {
  readonly target: Target;
  /** Where electron-builder put everything. */
  readonly output: string;
  /** The tree of programs that was to be shipped. */
  readonly tree: string;
}

/** What is wrong, in sentences. */
export async function checkPackage({ target, output, tree }: PackageToCheck): Promise<readonly string[]> {
  const { folder, program, resources } = placesOf(target, output);
  if (!existsSync(join(folder, program))) return [`${folder} has no ${program}`];
  const fuses = wrongFuses(readFuses(join(folder, fuseFileOf(target, program))), packageConfiguration.electronFuses);
  const shipped = await flawOf(
    join(folder, resources, 'runtime'),
    readFileSync(join(tree, manifestName), 'utf8'),
    Infinity,
  );
  const strangers = filesInArchive(join(folder, resources, 'app.asar')).filter((file) => !isExpected(file));
  return [
    ...fuses,
    ...(shipped === null ? [] : [`${resources}/runtime: ${shipped}`]),
    ...(strangers.length === 0 ? [] : [`The archive holds what it should not: ${strangers.slice(0, 5).join(', ')}`]),
  ].map((flaw) => `${folder}: ${flaw}`);
}

const isExpected = (file: string): boolean =>
  /^(package\.json|dist\/(main|preload|renderer)\/.+|src-main\/electron\/images\/.+)$/.test(file) &&
  !file.endsWith('.map');

function placesOf({ platform, arch }: Target, output: string) {
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  const name = packageConfiguration.executableName;
  if (platform === 'darwin')
    return {
      folder: join(output, `mac${suffix}`, 'Athene.app', 'Contents'),
      program: `MacOS/${packageConfiguration.productName}`,
      resources: 'Resources',
    };
  if (platform === 'win32')
    return { folder: join(output, `win${suffix}-unpacked`), program: `${name}.exe`, resources: 'resources' };
  return { folder: join(output, `linux${suffix}-unpacked`), program: name, resources: 'resources' };
}

/** On macOS the fuses stand in the framework. */
const fuseFileOf = ({ platform }: Target, program: string): string =>
  platform === 'darwin' ? 'Frameworks/Electron Framework.framework/Electron Framework' : program;

interface ArchiveEntry {
  readonly files?: Readonly<Record<string, ArchiveEntry>>;
}

/** Paths in an asar: a size, then a JSON header behind 16 bytes. */
export function filesInArchive(file: string): string[] {
  const fd = openSync(file, 'r');
  try {
    const sizes = Buffer.alloc(16);
    readSync(fd, sizes, 0, 16, 0);
    const header = Buffer.alloc(sizes.readUInt32LE(12));
    readSync(fd, header, 0, header.length, 16);
    return pathsOf(JSON.parse(header.toString('utf8')) as ArchiveEntry, '');
  } finally {
    closeSync(fd);
  }
}

const pathsOf = (entry: ArchiveEntry, path: string): string[] =>
  entry.files === undefined
    ? [path]
    : Object.entries(entry.files).flatMap(([name, below]) => pathsOf(below, path === '' ? name : `${path}/${name}`));
