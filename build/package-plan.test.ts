import { expect, it } from 'vitest';
import { missingFor, planOf } from './package-plan.ts';

const here = { platform: 'linux', arch: 'x64' };
const everything = (): boolean => true;

it.each([
  [[], ['linux-x64'], false],
  [['--dir'], ['linux-x64'], true],
  [['--arm64'], ['linux-arm64'], false],
  [['--x64', '--arm64'], ['linux-x64', 'linux-arm64'], false],
  [['--mac', '--win', '--x64'], ['darwin-x64', 'win32-x64'], false],
  [['--win', '--arm64', '--dir'], ['win32-arm64'], true],
])('%j makes %j', (options, targets, unpackedOnly) => {
  const plan = planOf(options, here);
  expect(plan?.targets.map(({ platform, arch }) => `${platform}-${arch}`)).toEqual(targets);
  expect(plan?.unpackedOnly).toBe(unpackedOnly);
});

it.each([['--linx'], ['linux'], ['--publish'], ['-l']])('%s is no option', (option) => {
  expect(planOf([option], here)).toBeNull();
});

const missing = (
  options: readonly string[],
  machine: { platform?: string; has?: (program: string) => boolean } = {},
): string => {
  const plan = planOf(options, { ...here, ...machine });
  return plan === null ? 'no plan' : missingFor(plan, { platform: 'linux', has: everything, ...machine }).join('\n');
};

it('nothing is missing for the own system with its tools', () => {
  expect([missing([]), missing([], { platform: 'darwin' }), missing([], { platform: 'win32' })]).toEqual(['', '', '']);
});

it('says which machine or tool a package needs', () => {
  expect(missing(['--mac'])).toContain('made on macOS');
  expect(missing(['--win'], { has: (program) => program !== 'wine' })).toContain('need Windows, or wine');
  expect(missing(['--linux'], { platform: 'win32' })).toContain('not made on Windows');
  expect(missing([], { has: (program) => program !== 'ar' })).toContain('install binutils');
  expect(missing(['--dir'], { has: (program) => program !== 'ar' })).toBe('');
  expect(missing([], { has: (program) => program !== 'tar' })).toContain('`tar`');
  expect(
    missingFor(
      { targets: [{ platform: 'linux', arch: 'ia32' as 'x64' }], unpackedOnly: true },
      { platform: 'linux', has: everything },
    ),
  ).toEqual(['There are packages for x64 and arm64 only.']);
});
