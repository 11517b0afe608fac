// Runs before the page of every window, in a world of its own: tells it that this is the desktop app, and hands ports on.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { portChannel, portKinds, type DesktopBridge, type PortMessage } from '#shared/domain/desktop-bridge.ts';

const bridge: DesktopBridge = {
  platform: process.platform,
  pathForFile: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
};
contextBridge.exposeInMainWorld('athene', Object.freeze(bridge));

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const [port, ...more] = event.ports;
  if (event.source !== window || event.origin !== location.origin || port === undefined || more.length > 0) return;
  if (isPortMessage(event.data)) ipcRenderer.postMessage(portChannel, event.data.kind, [port]);
});

function isPortMessage(data: unknown): data is PortMessage {
  if (typeof data !== 'object' || data === null || !('athene' in data) || !('kind' in data)) return false;
  return data.athene === 'port' && portKinds.some((kind) => kind === data.kind);
}
