// Notifications of the system.
import type { Desktop } from './desktop.ts';

export function keepNotifying({ log }: Desktop): { close(): void } {
  log('debug', 'notifications.keep');
  return { close: () => undefined };
}
