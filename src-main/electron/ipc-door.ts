// The one door of IPC: a page of ours hands over a port, and everything else is spoken on that.
import { ipcMain, type IpcMainEvent, type MessagePortMain, type WebContents } from 'electron';
import { portChannel, portKinds, type PortKind } from '#shared/domain/desktop-bridge.ts';
import type { ServedConnection } from '#shared/rpc/serve.ts';
import type { Transport } from '#shared/rpc/transport.ts';
import type { Log } from '../lib/log.ts';
import { isAppOrigin } from './app-address.ts';
import { messagePortMainTransport } from './message-port-main-transport.ts';

export interface IpcDoor<Window> {
  /** The window of this page, by the number that Electron gave it; null for a page that is none of ours. */
  windowOf(contents: number): Window | null;
  readonly serve: Readonly<Record<PortKind, (transport: Transport, window: Window) => ServedConnection>>;
  readonly devUrl: string | null;
  readonly log: Log;
}

interface Visitor<Window> {
  readonly window: Window;
  readonly kind: PortKind;
  readonly port: MessagePortMain;
}

/** A page has one port of each kind: one that connects again (a reload does) loses the earlier. */
export function openIpcDoor<Window>(door: IpcDoor<Window>): { close(): void } {
  const connections = new Map<number, Map<PortKind, ServedConnection>>();

  const onPort = (event: IpcMainEvent, kind: unknown): void => {
    const visitor = admit(event, kind, door);
    if (typeof visitor === 'string') {
      for (const port of event.ports) port.close();
      return door.log('warn', 'ipc.refused', { why: visitor });
    }
    const own = connectionsOf(event.sender);
    own.get(visitor.kind)?.close('The page connected again');
    own.set(visitor.kind, door.serve[visitor.kind](messagePortMainTransport(visitor.port), visitor.window));
  };

  const connectionsOf = (contents: WebContents): Map<PortKind, ServedConnection> => {
    const known = connections.get(contents.id);
    if (known !== undefined) return known;
    const { id } = contents;
    const own = new Map<PortKind, ServedConnection>();
    connections.set(id, own);
    contents.once('destroyed', () => {
      connections.delete(id);
      for (const connection of own.values()) connection.close('The window was closed');
    });
    return own;
  };

  ipcMain.on(portChannel, onPort);
  return {
    close() {
      ipcMain.off(portChannel, onPort);
      for (const own of connections.values()) for (const connection of own.values()) connection.close('Athene ends');
    },
  };
}

/** The visitor, or why it is none: the sender first, then what it sent. */
function admit<Window>(
  { senderFrame: frame, sender, ports }: IpcMainEvent,
  kind: unknown,
  { windowOf, devUrl }: IpcDoor<Window>,
): Visitor<Window> | string {
  if (frame === null || frame.isDestroyed()) return 'The frame is gone.';
  if (frame.parent !== null) return 'Only the page itself may ask, no frame in it.';
  if (!isAppOrigin(frame.origin, devUrl)) return 'The page is not ours.';
  const window = windowOf(sender.id);
  if (window === null) return 'The page is in no window of ours.';
  const known = portKinds.find((one) => one === kind);
  if (known === undefined) return 'There is no such kind of port.';
  const [port] = ports;
  return port === undefined || ports.length > 1 ? 'It brings one port.' : { window, kind: known, port };
}
