// What the desktop app around this page does for it besides windows; there is none in a browser.
import type { DesktopBridge } from '#shared/domain/desktop-bridge.ts';
import type { ShellClient } from '../connection/shell-client.ts';

export interface Desktop {
  readonly platform: 'mac' | 'windows' | 'linux';
  /** Absolute path of a file or folder that was dropped here; empty for one that is not on a disk. */
  pathForFile(file: File): string;
  /** At a point of this window, in CSS pixels. */
  showMenu(at: { readonly x: number; readonly y: number }): void;
  /** In the person's browser; they were asked before. */
  openLink(url: string): void;
  /** Shows the session's worktree in the file manager. */
  reveal(session: string): void;
  /** Null when the person closed the dialog. */
  chooseFolder(): Promise<string | null>;
}

/** @param tell says what failed. */
export function desktopOf(bridge: DesktopBridge, shell: ShellClient, tell: (text: string) => void): Desktop {
  const platforms: Readonly<Record<string, Desktop['platform']>> = { darwin: 'mac', win32: 'windows' };
  return {
    platform: platforms[bridge.platform] ?? 'linux',
    pathForFile: (file) => bridge.pathForFile(file),
    showMenu({ x, y }) {
      const at = { x: Math.max(0, Math.round(x)), y: Math.max(0, Math.round(y)) };
      void shell.call('window.showMenu', at).then((shown) => (shown.ok ? undefined : tell(shown.problem.what)));
    },
    openLink(url) {
      void shell.call('link.open', { url }).then((opened) => (opened.ok ? undefined : tell(opened.problem.what)));
    },
    reveal(session) {
      void shell
        .call('worktree.reveal', { session })
        .then((revealed) => (revealed.ok ? undefined : tell(revealed.problem.what)));
    },
    async chooseFolder() {
      const chosen = await shell.call('folder.choose', {});
      if (chosen.ok) return chosen.value.path;
      tell(chosen.problem.what);
      return null;
    },
  };
}
