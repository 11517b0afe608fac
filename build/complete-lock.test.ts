import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lockFile, missingEntries, type LockFile } from './complete-lock.ts';
import { lockIsMet } from './prepare.mjs';

it('the lock file names the packages of every platform (node build/complete-lock.ts adds them)', () => {
  const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as LockFile;
  expect(Object.keys(missingEntries(lock))).toEqual([]);
});

it('finds what is missing, with the platform that its name says', () => {
  const packages = {
    'node_modules/tool': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: { '@tool/linux-arm64-musl': '1.0.0', there: '^2.0.0', fsevents: '~2.3.3' },
    },
    'node_modules/tool/node_modules/there': { version: '2.0.0' },
  };
  expect(missingEntries({ packages })).toEqual({
    'node_modules/@tool/linux-arm64-musl': {
      version: '1.0.0',
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
      dev: true,
      optional: true,
    },
    'node_modules/fsevents': { version: '2.3.3', os: ['darwin'], dev: true, optional: true },
  });
});

it('an install is complete when it has what the lock file wants for this platform, and nothing else', () => {
  const wanted = {
    a: { version: '1.0.0' },
    mac: { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
    linux: { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
  };
  const met = (installed: object): boolean => lockIsMet(wanted, installed, 'linux', 'x64');
  const [a, linux] = [{ version: '1.0.0' }, { version: '1.0.0' }];
  expect([
    met({ a, linux }),
    met({ a }),
    met({ linux }),
    met({ a: { version: '1.1.0' }, linux }),
    met({ a, linux, more: a }),
  ]).toEqual([true, false, false, false, false]);
});
