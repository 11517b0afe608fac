// What `npm run package` is asked for, and whether this machine can make it.
import type { Target } from './shipped-node.ts';

export interface PackagePlan {
  readonly targets: readonly Target[];
  /** Only the unpacked app, without installers. */
  readonly unpackedOnly: boolean;
}

export const packageUsage = `npm run package -- [--linux] [--mac] [--win] [--x64] [--arm64] [--dir]
Without options: for this system and processor. --dir makes the unpacked app only.`;

const systems = { '--linux': 'linux', '--mac': 'darwin', '--win': 'win32' } as const;
const processors = { '--x64': 'x64', '--arm64': 'arm64' } as const;

/** Null when an option is not known. */
export function planOf(
  options: readonly string[],
  here: { readonly platform: string; readonly arch: string },
): PackagePlan | null {
  const known = [...Object.keys(systems), ...Object.keys(processors), '--dir'];
  if (options.some((option) => !known.includes(option))) return null;
  const platforms = chosen(options, systems, here.platform as Target['platform']);
  const arches = chosen(options, processors, here.arch as Target['arch']);
  const targets = platforms.flatMap((platform) => arches.map((arch) => ({ platform, arch })));
  return { targets, unpackedOnly: options.includes('--dir') };
}

function chosen<T extends string>(options: readonly string[], names: Readonly<Record<string, T>>, usual: T): T[] {
  const found = Object.entries(names).flatMap(([option, value]) => (options.includes(option) ? [value] : []));
  return found.length === 0 ? [usual] : found;
}

/** What is missing on this machine, in sentences; empty when everything can be tried. */
export function missingFor(
  { targets, unpackedOnly }: PackagePlan,
  { platform, has }: { readonly platform: string; readonly has: (program: string) => boolean },
): readonly string[] {
  const wants = (name: Target['platform']): boolean => targets.some((target) => target.platform === name);
  const missing: string[] = [];
  const foreign = targets.find((target) => !['linux', 'darwin', 'win32'].includes(target.platform));
  if (foreign !== undefined) missing.push(`There is no package for ${foreign.platform}.`);
  if (targets.some(({ arch }) => !['x64', 'arm64'].includes(arch)))
    missing.push('There are packages for x64 and arm64 only.');
  if (wants('darwin') && platform !== 'darwin')
    missing.push('Packages for macOS are made on macOS: signing and dmg are its own.');
  if (wants('win32') && platform !== 'win32' && !has('wine'))
    missing.push('Packages for Windows need Windows, or wine, which writes icon and version into the program.');
  if (wants('linux') && platform === 'win32')
    missing.push('Packages for Linux are not made on Windows, which loses the modes of files.');
  if (wants('linux') && !unpackedOnly && platform === 'linux' && !has('ar'))
    missing.push('A deb needs `ar`: install binutils.');
  if (!has('tar')) missing.push('Fetching the Node of another processor needs `tar`.');
  return missing;
}
