// The icon in the system's tray.
import type { Desktop } from './desktop.ts';

export function openTray({ log }: Desktop): { close(): void } {
  log('debug', 'tray.open');
  return { close: () => undefined };
}
