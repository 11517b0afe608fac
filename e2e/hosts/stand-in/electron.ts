// The module `electron` as the built main program sees it: what it uses, over a Chromium that nobody sees.
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { app } from './app.ts';
import { dialog, Menu, nativeImage, Notification, shell, Tray } from './around.ts';
import { answerTheDriver } from './control.ts';
import { fleet } from './fleet.ts';
import { listed, Preventable, type Part } from './listed.ts';
import { pageServices, StandInWindow } from './window.ts';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
const schemes = new Map<string, ProtocolHandler>();
pageServices.answer = async (request) =>
  (await schemes.get('athene')?.(request)) ?? new Response(null, { status: 404 });

export const ipcMain = listed('ipcMain', new EventEmitter()) satisfies Part<
  typeof Electron.ipcMain,
  'emit' | 'listenerCount'
>;
pageServices.ipc = (event, channel, message) =>
  void ipcMain.emit(channel, Object.assign(new Preventable(), event), message);

const nothing = (): undefined => undefined;
const defaultSession = listed(
  'session',
  Object.assign(new EventEmitter(), {
    protocol: listed('protocol', {
      handle: (scheme: string, handler: ProtocolHandler) => void schemes.set(scheme, handler),
    }) satisfies Part<Electron.Protocol, 'handle'>,
    // Chromium's own rules hold inside; these are read by unit tests.
    setPermissionRequestHandler: nothing,
    setPermissionCheckHandler: nothing,
    setDevicePermissionHandler: nothing,
    setDisplayMediaRequestHandler: nothing,
    setSpellCheckerEnabled: nothing,
  }),
) satisfies Part<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
>;

export const session = listed('session', { defaultSession }) satisfies Record<
  keyof Pick<typeof Electron.session, 'defaultSession'>,
  object
>;
export const protocol = listed('protocol', { registerSchemesAsPrivileged: nothing }) satisfies Part<
  typeof Electron.protocol,
  'registerSchemesAsPrivileged'
>;
export const powerMonitor = listed(
  'powerMonitor',
  Object.assign(new EventEmitter(), { getSystemIdleState: () => 'active' as const }),
) satisfies Part<typeof Electron.powerMonitor, 'emit' | 'getSystemIdleState'>;

export const screen = listed(
  'screen',
  Object.assign(fleet.screenEvents, {
    getPrimaryDisplay: () => fleet.displays[0],
    getAllDisplays: () => [...fleet.displays],
  }),
) satisfies Part<typeof Electron.screen, 'getPrimaryDisplay' | 'getAllDisplays'>;

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
