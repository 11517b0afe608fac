// What the parts of the desktop app know of one another.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { CommandName } from '#shared/domain/key-map.ts';
import type { NotifierSettings } from '#shared/domain/notifier.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Settings } from '#shared/domain/settings.ts';
import type { WindowView } from '#shared/domain/window.ts';
import type { Client } from '#shared/rpc/connect.ts';
import type { Log } from '../lib/log.ts';

/** The sessions and settings of the home, as the host tells its clients. */
export interface FleetWatch {
  /** Null until the host told them first. */
  readonly sessions: readonly SessionView[] | null;
  readonly settings: Settings;
  /** Which notices go where. */
  readonly notifiers: NotifierSettings;
  /** Returns the way to stop. */
  onChange(listener: () => void): () => void;
}

export interface DesktopWindows {
  readonly views: readonly WindowView[];
  /** Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Another main window, in front. */
  open(): void;
  /** The window that was used last comes to the front; a new one when there is none. */
  focus(): void;
  /** Brings one window forward. */
  focusWindow(id: string): void;
  /** Brings the session to the front: in its own window when it has one, else in the main window that was used last. */
  show(session: string): void;
  /** Does the command in the focused window, as if its key had been pressed there; in a new window when there is none. */
  command(command: CommandName): void;
  /** True while a focused window has the session in sight: then nobody needs to be told of it. */
  isInSight(session: string): boolean;
}

/** Given to whatever stands around the windows: menu, tray, badge, notifications. */
export interface Desktop {
  readonly windows: DesktopWindows;
  readonly fleet: FleetWatch;
  readonly client: Client<AtheneContract>;
  readonly log: Log;
  /** Asks what becomes of running agents first, where the settings say so. */
  quit(): void;
}
