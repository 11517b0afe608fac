// Why a desktop window can't be had on this machine, or was not to be had, in words that go on after "… because".

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Undefined on Windows. */
  readonly uid: number | undefined;
}

/** What can be known before anything is fetched or started; null when nothing stands in the way. */
export function desktopObstacle({ platform, env, uid }: Machine): string | null {
  const overSsh = Boolean(env['SSH_CONNECTION'] || env['SSH_TTY']);
  if (platform !== 'linux') return overSsh ? 'this is a login over ssh, without a screen' : null;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
    return overSsh
      ? 'this is a login over ssh, without a display'
      : 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  return uid === 0 ? "root runs it, and Chromium's sandbox is not for root" : null;
}

export interface EarlyEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it printed on its standard error. */
  readonly printed: string;
  /** Path of Electron's program. */
  readonly electron: string;
}

/** Why Electron ended before a window showed. */
export function whyItEnded({ code, signal, printed, electron }: EarlyEnd): string {
  const library = /error while loading shared libraries: ([^\s:]+)/.exec(printed)?.[1];
  if (library !== undefined) return `Electron needs ${library}, which this system lacks: install it`;
  if (/No usable sandbox|SUID sandbox helper|setuid_sandbox|zygote_host_impl_linux|credentials\.cc/i.test(printed)) {
    const helper = electron.replace(/[^/]*$/, 'chrome-sandbox');
    return `this system forbids the user namespaces of Chromium's sandbox (allow it: sudo chown root '${helper}' && sudo chmod 4755 '${helper}')`;
  }
  if (/Missing X server|Unable to open X display|Failed to connect to Wayland|cannot open display/i.test(printed))
    return 'the display can not be reached';
  return signal === null ? `Electron ended with code ${code} as it started` : `${signal} ended Electron as it started`;
}
