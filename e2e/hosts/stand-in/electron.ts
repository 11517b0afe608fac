// The module `electron` as the built main program sees it: what it uses, over a Chromium that nobody sees.
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { dialog, Menu, nativeImage, Notification, shell, Tray } from './around.ts';
import { answerTheDriver } from './control.ts';
import { fleet } from './fleet.ts';
import { listed, Preventable } from './listed.ts';
import { pageServices, StandInWindow } from './window.ts';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
const schemes = new Map<string, ProtocolHandler>();
pageServices.answer = async (request) =>
  (await schemes.get('athene')?.(request)) ?? new Response(null, { status: 404 });

export const ipcMain = listed('ipcMain', new EventEmitter());
pageServices.ipc = (event, channel, message) =>
  void ipcMain.emit(channel, Object.assign(new Preventable(), event), message);

const nothing = (): undefined => undefined;
const defaultSession = listed(
  'session',
  Object.assign(new EventEmitter(), {
    protocol: listed('protocol', {
      handle: (scheme: string, handler: ProtocolHandler) => void schemes.set(scheme, handler),
    }),
    // Chromium's own rules hold inside; these are read by unit tests.
    setPermissionRequestHandler: nothing,
    setPermissionCheckHandler: nothing,
    setDevicePermissionHandler: nothing,
    setDisplayMediaRequestHandler: nothing,
    setSpellCheckerEnabled: nothing,
  }),
);

export const session = listed('session', { defaultSession });
export const protocol = listed('protocol', { registerSchemesAsPrivileged: nothing });
export const powerMonitor = listed('powerMonitor', new EventEmitter());

export const screen = listed(
  'screen',
  Object.assign(fleet.screenEvents, {
    getPrimaryDisplay: () => fleet.displays[0],
    getAllDisplays: () => [...fleet.displays],
  }),
);

export const nativeTheme = listed(
  'nativeTheme',
  Object.defineProperties(fleet.themeEvents, {
    shouldUseDarkColors: { get: () => fleet.dark },
    shouldUseDarkColorsForSystemIntegratedUI: { get: () => fleet.systemIsDark },
    themeSource: {
      get: () => fleet.source,
      set: (source: 'system' | 'dark' | 'light') => {
        fleet.source = source;
        fleet.applyTheme();
      },
    },
  }),
);

export const BrowserWindow = StandInWindow;
export const BaseWindow = StandInWindow;
export { app, dialog, Menu, nativeImage, Notification, shell, Tray };

answerTheDriver();
