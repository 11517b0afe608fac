// What the page of a window gets over its ports: the host's contract, and the app's own.
import { dialog, type BrowserWindow } from 'electron';
import { contract, type AtheneContract } from '#shared/contract/contract.ts';
import { shellContract } from '#shared/contract/shell-contract.ts';
import type { Client } from '#shared/rpc/connect.ts';
import { serve } from '#shared/rpc/serve.ts';
import type { Host } from '../host/host.ts';
import type { Log } from '../lib/log.ts';
import { atheneVersion } from '../lib/version.ts';
import { openIpcDoor } from './ipc-door.ts';
import { openExternalSafe } from './open-external.ts';
import { revealFolder } from './reveal-folder.ts';
import { createShellHandlers } from './shell-handlers.ts';
import type { Windows } from './windows.ts';

export interface ServeWindows {
  readonly windows: Windows;
  readonly host: Host;
  readonly devUrl: string | null;
  readonly client: Client<AtheneContract>;
  readonly popUpMenu: (window: BrowserWindow, x: number, y: number) => void;
  readonly log: Log;
}

export function serveWindows({ windows, host, devUrl, client, popUpMenu, log }: ServeWindows): { close(): void } {
  const onError = (error: unknown, correlation: string | null): void =>
    log('error', 'window.call-failed', { error, correlation });
  const options = { build: atheneVersion(), onError };
  const shell = createShellHandlers({
    windows,
    client,
    openLink: openExternalSafe,
    reveal: (worktree) => revealFolder(worktree, { roots: [host.sessions.paths.worktrees] }),
    chooseFolder: async ({ browserWindow }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(browserWindow, { properties: ['openDirectory'] });
      return canceled ? null : (filePaths[0] ?? null);
    },
    popUpMenu: ({ browserWindow }, x, y) => popUpMenu(browserWindow, x, y),
  });
  return openIpcDoor({
    windowOf: (contents) => windows.withPage(contents),
    serve: {
      host: (transport) => serve(contract, host.handlers, transport, { kind: 'window' }, options),
      shell: (transport, window) => serve(shellContract, shell, transport, window, options),
    },
    devUrl,
    log,
    now: Date.now,
  });
}
