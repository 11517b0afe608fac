// Which file may use which part of Electron, where only one place may: the guards stand there. Made into bans by the linter's rules.

export interface ElectronDoor {
  readonly names: readonly string[];
  /** None: nobody may. */
  readonly files: readonly string[];
  readonly instead: string;
}

const folder = 'src-main/electron';

export const electronDoors: readonly ElectronDoor[] = [
  {
    names: ['ipcMain'],
    files: [`${folder}/ipc-door.ts`],
    instead: 'add a member to src-shared/contract/shell-contract.ts: the door checks who asks, once',
  },
  {
    names: ['shell'],
    files: [`${folder}/open-external.ts`, `${folder}/reveal-folder.ts`],
    instead: 'use openExternalSafe or revealFolder: they check what is opened',
  },
  {
    names: ['protocol'],
    files: [`${folder}/harden-app.ts`],
    instead: 'the app has one scheme, and it is registered already',
  },
  {
    names: ['session'],
    files: [`${folder}/main.ts`],
    instead: 'there is one session, and serveApp has set what it permits',
  },
  {
    names: ['contextBridge', 'ipcRenderer', 'webUtils'],
    files: [`${folder}/preload/preload.ts`],
    instead: 'only the preload stands between a page and the app',
  },
  {
    names: ['BrowserView', 'WebContentsView', 'webContents', 'webFrame', 'webFrameMain'],
    files: [],
    instead: 'windows come from createWindow, with their guards',
  },
  {
    names: [
      'net',
      'netLog',
      'desktopCapturer',
      'clipboard',
      'safeStorage',
      'utilityProcess',
      'autoUpdater',
      'crashReporter',
    ],
    files: [],
    instead: 'nothing needs it yet; whoever does adds its one file to build/electron-doors.ts',
  },
];
