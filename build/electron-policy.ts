// Which Electron may be shipped: one of the newest three majors, for only those get fixes. Renewed by hand with each look at
// https://endoflife.date/electron or Electron's release page; nothing is asked over the network while building.

export interface ElectronPolicy {
  /** The day on which `newest` was looked up. */
  readonly asOf: string;
  /** Newest major with a stable release. */
  readonly newest: number;
  /** Majors that get fixes, the newest included. */
  readonly supported: number;
}

export const electronPolicy: ElectronPolicy = { asOf: '2026-11-24', newest: 45, supported: 3 };

/** Milliseconds: 8 weeks, in which a major of Chromium grows old. */
const fresh = 8 * 7 * 24 * 60 * 60 * 1000;

/**
 * Why this version may not be shipped; null when it may. With `releasedAt`, the moment of a release in milliseconds since the epoch,
 * the look-up must not be older than 8 weeks.
 */
export function refuseElectron(
  version: string,
  { policy = electronPolicy, releasedAt }: { readonly policy?: ElectronPolicy; readonly releasedAt?: number } = {},
): string | null {
  const major = Number(/^(\d+)\.\d+\.\d+$/.exec(version)?.[1]);
  if (Number.isNaN(major)) return `Electron ${version} is no release: pin an exact one`;
  const oldest = policy.newest - policy.supported + 1;
  if (major < oldest) return `Electron ${version} gets no fixes any more: the oldest that does is ${oldest}`;
  if (releasedAt !== undefined && releasedAt - Date.parse(policy.asOf) > fresh)
    return `Look up the newest Electron and renew build/electron-policy.ts: it is of ${policy.asOf}`;
  return null;
}
