// What the preload script puts between the page and the desktop app. Plain constants: the preload bundles nothing else.

/** The contracts that the desktop app serves to a window, a port each. */
export const portKinds = ['host', 'shell'] as const;
export type PortKind = (typeof portKinds)[number];

/** IPC channel that takes a port from a window; the only one there is. */
export const portChannel = 'athene:port';

/**
 * The page posts this to itself with one end of a MessageChannel, and the preload hands the end on: a port can't cross the
 * bridge as an argument.
 */
export interface PortMessage {
  readonly athene: 'port';
  readonly kind: PortKind;
}

/** `window.athene`; absent in a browser. */
export interface DesktopBridge {
  /** As Node names it. */
  readonly platform: string;
  /** Absolute path of a file or folder that was dropped onto the page; empty for one that is not on a disk. */
  pathForFile(file: unknown): string;
}
