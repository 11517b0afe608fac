// What the specs need of whatever shows Athene.
import type { Page } from '@playwright/test';

/** `stand-in` is the desktop app on a stand-in for Electron. */
export type HostName = 'browser' | 'stand-in' | 'electron';

export interface HostUnderTest {
  readonly name: HostName;
  /** Addresses that its pages may have. */
  readonly address: RegExp;
  /** Resolves when it can be opened. */
  start(): Promise<void>;
  /** A window (tab) of its own, loaded and signed in. */
  open(): Promise<Page>;
  /** After the host was ended and started anew: the same tab, which comes back by itself, or the window that was opened again. */
  again(page: Page): Promise<Page>;
  /** Pages of all windows and tabs. */
  pages(): Promise<readonly Page[]>;
  /** Ends it politely; resolves when the process is gone. Agents go on. */
  stop(): Promise<void>;
  /** Ends it by SIGKILL; resolves when the process is gone. Agents go on. */
  kill9(): Promise<void>;
  /** Starts it again. */
  restart(): Promise<void>;
}
