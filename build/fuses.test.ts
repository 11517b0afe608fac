import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fuseNames, readFuses, wrongFuses } from './fuses.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-fuses-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const wire = (fuses: string, version = 1): Buffer =>
  Buffer.concat([Buffer.from(sentinel), Buffer.from([version, fuses.length]), Buffer.from(fuses)]);

function binary(...parts: readonly Uint8Array[]): string {
  const file = join(folder, 'electron');
  writeFileSync(file, Buffer.concat(parts));
  return file;
}

const wanted = Object.fromEntries(fuseNames.map((name, index) => [name, '01001100'[index] === '1'])) as Record<
  (typeof fuseNames)[number],
  boolean
>;

it('reads each fuse by its place', () => {
  const [line] = readFuses(binary(Buffer.alloc(1000, 0x90), wire('01001r0x1'), Buffer.alloc(1000)));
  expect(line).toEqual({
    fuses: {
      runAsNode: 'off',
      enableCookieEncryption: 'on',
      enableNodeOptionsEnvironmentVariable: 'off',
      enableNodeCliInspectArguments: 'off',
      enableEmbeddedAsarIntegrityValidation: 'on',
      onlyLoadAppFromAsar: 'removed',
      loadBrowserProcessSpecificV8Snapshot: 'off',
      grantFileProtocolExtraPrivileges: 'unknown',
    },
    more: ['on'],
  });
});

it.each([0, 1, 16 * 1024 * 1024 - 40, 16 * 1024 * 1024 - 10, 16 * 1024 * 1024, 16 * 1024 * 1024 + 50])(
  'finds the line once wherever it stands: %i',
  (offset) => {
    expect(readFuses(binary(Buffer.alloc(offset), wire('01001100'), Buffer.alloc(200)))).toHaveLength(1);
  },
);

it('says what is not as wanted, in each line of a universal program', () => {
  const file = binary(wire('01001100'), Buffer.alloc(99), wire('11001r00'));
  expect(wrongFuses(readFuses(file), wanted)).toEqual(['runAsNode is on, not off']);
});

it('a short line, a byte without meaning and a removed fuse are told apart', () => {
  expect(wrongFuses(readFuses(binary(wire('0100110'))), wanted)).toEqual([
    'grantFileProtocolExtraPrivileges is unknown, not off',
  ]);
  expect(wrongFuses(readFuses(binary(wire('0?0r1100'))), wanted)).toEqual([
    'enableCookieEncryption is unknown, not on',
  ]);
});

it('refuses a file without fuses, and a version that nobody knows', () => {
  expect(() => readFuses(binary(Buffer.from('just a file')))).toThrow('it is no program of Electron');
  expect(() => readFuses(binary(wire('01001100', 2)))).toThrow('version 2');
});
