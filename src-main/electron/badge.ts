// The number on the app's icon in dock, taskbar or launcher.
import type { Desktop } from './desktop.ts';

export function keepBadge({ log }: Desktop): { close(): void } {
  log('debug', 'badge.keep');
  return { close: () => undefined };
}
