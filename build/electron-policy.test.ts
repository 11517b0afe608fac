// Row E16.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronPolicy, refuseElectron } from './electron-policy.ts';
import { root } from './prepare.mjs';

const json = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));

describe('E16 Electron', () => {
  it('is pinned, one of those that get fixes, and the one in the lock file', () => {
    const { devDependencies } = json('package.json') as { devDependencies: Record<string, string> };
    const { packages } = json('package-lock.json') as { packages: Record<string, { version: string }> };
    const version = devDependencies['electron'] ?? '';
    expect([refuseElectron(version), packages['node_modules/electron']?.version]).toEqual([null, version]);
  });

  const policy = { asOf: '2026-11-24', newest: 45, supported: 3 };
  it.each([
    ['45.4.1', null],
    ['46.0.0', null],
    ['43.0.0', null],
    ['42.9.9', 'Electron 42.9.9 gets no fixes any more: the oldest that does is 43'],
    ['^45.4.1', 'Electron ^45.4.1 is no release: pin an exact one'],
    ['45.0.0-beta.1', 'Electron 45.0.0-beta.1 is no release: pin an exact one'],
    ['', 'Electron  is no release: pin an exact one'],
  ])('%s: %s', (version, refusal) => {
    expect(refuseElectron(version, { policy })).toBe(refusal);
  });

  it('is not released on an old look-up', () => {
    const at = (day: string): string | null => refuseElectron('45.4.1', { policy, releasedAt: Date.parse(day) });
    expect([at('2026-12-24'), at('2027-01-19'), at('2027-01-20')]).toEqual([
      null,
      null,
      'Look up the newest Electron and renew build/electron-policy.ts: it is of 2026-11-24',
    ]);
    expect(Number.isNaN(Date.parse(electronPolicy.asOf))).toBe(false);
  });
});
