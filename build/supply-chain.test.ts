// What comes from outside: exact versions, checksums, licences that allow redistribution, an Electron that still gets fixes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './prepare.mjs';

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}

const json = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;
const manifest =
  json<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>>('package.json');
const locked = Object.entries(json<{ packages: Record<string, LockEntry> }>('package-lock.json').packages).filter(
  ([path]) => path !== '',
);
const pathsWhere = (wanted: (entry: LockEntry) => boolean): string[] =>
  locked.filter(([, entry]) => wanted(entry)).map(([path]) => path);

it('every version is exact', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

it('Electron is one of the three newest majors that the policy names', () => {
  const { newestMajor, looked } = json<{ newestMajor: number; looked: string }>('build/electron-policy.json');
  expect(looked).toMatch(/^\d{4}-\d\d-\d\d$/);
  const major = Number.parseInt(manifest.devDependencies['electron'] ?? '', 10);
  expect(newestMajor - major).toBeLessThan(3);
  expect(major).toBeLessThanOrEqual(newestMajor);
});

it('every package has a strong checksum, but those of other platforms that only tools have', () => {
  expect(pathsWhere(({ integrity, optional }) => integrity === undefined && optional !== true)).toEqual([]);
  expect(pathsWhere(({ integrity }) => integrity !== undefined && !integrity.startsWith('sha512-'))).toEqual([]);
  expect(
    Object.keys(manifest.optionalDependencies).filter((name) =>
      pathsWhere((entry) => entry.integrity === undefined).includes(`node_modules/${name}`),
    ),
  ).toEqual([]);
});

it('no package comes from a named host', () => {
  expect(pathsWhere(({ resolved }) => resolved !== undefined)).toEqual([]);
});

it('only these would run a script when they are installed, and none is let', () => {
  expect(pathsWhere(({ hasInstallScript }) => hasInstallScript === true)).toEqual([
    // A tool of the packager for a kind of package that is not made.
    'node_modules/electron-winstaller',
    // Its prebuilt programs are in the package.
    'node_modules/node-pty',
  ]);
});

/** Those that ask for no more than their text to be passed on; the last two concern tools and data of tools. */
const allowed = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'OFL-1.1',
  'WTFPL',
  'Python-2.0',
  'MPL-2.0',
  'CC-BY-4.0',
];

it('every licence allows to pass the package on', () => {
  const isAllowed = (license: string): boolean =>
    license
      .replaceAll(/[()]/g, '')
      .split(' OR ')
      .some((name) => allowed.includes(name));
  const others = locked.filter(([, { license, optional }]) =>
    license === undefined ? optional !== true : !isAllowed(license),
  );
  expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([
    // Bitstream Vera's licence with public domain: free to use and pass on with its text.
    'node_modules/dejavu-fonts-ttf: SEE LICENSE IN README.md AND LICENSE',
  ]);
});
