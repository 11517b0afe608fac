// The number of waiting sessions on the app's icon in dock, taskbar or launcher. Only what waits counts.
import { app, BrowserWindow, nativeImage } from 'electron';
import { fleetOf } from '#shared/domain/attention.ts';
import type { Desktop } from './desktop.ts';
import { imagePath, overlayImage } from './images.ts';

export function keepBadge(
  { fleet, windows }: Desktop,
  platform: NodeJS.Platform = process.platform,
): { close(): void } {
  let shown = -1;
  const count = (): void => {
    const waiting = fleetOf(fleet.sessions ?? [], Date.now()).waiting.length;
    if (waiting === shown) return;
    shown = waiting;
    if (platform === 'win32') overlayAll();
    else app.setBadgeCount(waiting);
  };
  const overlayAll = (): void => {
    const image = shown === 0 ? null : nativeImage.createFromPath(imagePath(overlayImage(shown)));
    for (const window of BrowserWindow.getAllWindows()) window.setOverlayIcon(image, spoken(shown));
  };
  count();
  const stops = [fleet.onChange(count), ...(platform === 'win32' ? [windows.onChange(overlayAll)] : [])];
  return {
    close: () => {
      for (const stop of stops) stop();
      shown = 0;
      if (platform === 'win32') overlayAll();
      else app.setBadgeCount(0);
    },
  };
}

/** What a screen reader says of the picture; nothing for none. */
const spoken = (waiting: number): string =>
  waiting === 0 ? '' : waiting === 1 ? '1 agent is waiting' : `${waiting} agents are waiting`;
