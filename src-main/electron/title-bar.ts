// The title bar is the page's own; the system draws its buttons over it.
import type { BrowserWindowConstructorOptions, TitleBarOverlayOptions } from 'electron';
import type { WindowView } from '#shared/domain/window.ts';

type Kind = WindowView['kind'];

/** Heights of the page's bars, in CSS pixels, and the colours that they have there. */
const heights: Readonly<Record<Kind, number>> = { main: 40, session: 36 };
const colours = {
  dark: { main: '#0e1116', session: '#1b212a', symbol: '#b4bdca' },
  light: { main: '#f4f6f8', session: '#ebeef2', symbol: '#424c5a' },
} as const;

export function titleBarOptions(
  kind: Kind,
  { platform, dark }: { readonly platform: NodeJS.Platform; readonly dark: boolean },
): Pick<BrowserWindowConstructorOptions, 'titleBarStyle' | 'titleBarOverlay' | 'trafficLightPosition'> {
  if (platform === 'darwin')
    return {
      titleBarStyle: 'hiddenInset',
      trafficLightPosition: kind === 'main' ? { x: 14, y: 14 } : { x: 12, y: 10 },
    };
  return { titleBarStyle: 'hidden', titleBarOverlay: overlay(kind, dark) };
}

/** The page draws a line of a pixel below its bar. */
export function overlay(kind: Kind, dark: boolean): TitleBarOverlayOptions {
  const theme = colours[dark ? 'dark' : 'light'];
  return { color: theme[kind], symbolColor: theme.symbol, height: heights[kind] - 1 };
}
