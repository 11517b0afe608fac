// What the specs need of whatever shows Athene: the browser host now, the stand-in and Electron later.
import type { Page } from '@playwright/test';

export interface HostUnderTest {
  /** As in result lines: `browser`. */
  readonly name: string;
  /** Resolves when it can be opened. */
  start(): Promise<void>;
  /** A window (tab) of its own, loaded and signed in; closed with the host's browser context. */
  open(): Promise<Page>;
  /** Ends it politely; resolves when the process is gone. Agents go on. */
  stop(): Promise<void>;
  /** Ends it by SIGKILL; resolves when the process is gone. Agents go on. */
  kill9(): Promise<void>;
  /** Starts it again; pages that are open find it at the same address. */
  restart(): Promise<void>;
}
