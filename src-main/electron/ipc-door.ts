// The one door of IPC: a page of ours hands over a port, and everything else is spoken on that.
import { ipcMain, type IpcMainEvent, type MessagePortMain, type WebContents } from 'electron';
import { portChannel, portKinds, type PortKind } from '#shared/domain/desktop-bridge.ts';
import type { ServedConnection } from '#shared/rpc/serve.ts';
import type { Transport } from '#shared/rpc/transport.ts';
import type { Log } from '../lib/log.ts';
import { appOrigin } from './app-address.ts';
import { messagePortMainTransport } from './message-port-main-transport.ts';
import { rateLimit, type Rate } from './rate-limit.ts';

export interface IpcDoor<Window> {
  /** The window of this page, by the number that Electron gave it; null for a page that is none of ours. */
  windowOf(contents: number): Window | null;
  readonly serve: Readonly<Record<PortKind, (transport: Transport, window: Window) => ServedConnection>>;
  readonly devUrl: string | null;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A page needs two, and two more each time that it is loaded. */
const portsOfPage: Rate = { most: 40, within: 10_000 };
/** So that a page gone wild does not fill the disk. */
const logLines: Rate = { most: 30, within: 60_000 };

interface Page {
  readonly mayConnect: () => boolean;
  readonly connections: Map<PortKind, ServedConnection>;
}

interface Visitor<Window> {
  readonly window: Window;
  readonly kind: PortKind;
  readonly port: MessagePortMain;
}

/** A page has one port of each kind: one that connects again (a reload does) loses the earlier. */
export function openIpcDoor<Window>(door: IpcDoor<Window>): { close(): void } {
  const pages = new Map<number, Page>();
  const mayLog = rateLimit(logLines, door.now);

  const onPort = (event: IpcMainEvent, kind: unknown): void => {
    const visitor = admit(event, kind, door);
    if (typeof visitor === 'string') return refuse(event, visitor);
    const page = pageOf(event.sender);
    if (!page.mayConnect()) return refuse(event, 'It connects too often.');
    page.connections.get(visitor.kind)?.close('The page connected again');
    const transport = messagePortMainTransport(visitor.port);
    page.connections.set(visitor.kind, door.serve[visitor.kind](transport, visitor.window));
  };

  const refuse = ({ ports }: IpcMainEvent, why: string): void => {
    for (const port of ports) port.close();
    if (mayLog()) door.log('warn', 'ipc.refused', { why });
  };

  const pageOf = (contents: WebContents): Page => {
    const { id } = contents;
    const known = pages.get(id);
    if (known !== undefined) return known;
    const page = { mayConnect: rateLimit(portsOfPage, door.now), connections: new Map<PortKind, ServedConnection>() };
    pages.set(id, page);
    contents.once('destroyed', () => {
      pages.delete(id);
      for (const connection of page.connections.values()) connection.close('The window was closed');
    });
    return page;
  };

  ipcMain.on(portChannel, onPort);
  return {
    close() {
      ipcMain.off(portChannel, onPort);
      for (const { connections } of pages.values())
        for (const connection of connections.values()) connection.close('Athene ends');
    },
  };
}

/** The visitor, or why it is none: the sender first, then what it sent. */
function admit<Window>(
  { senderFrame: frame, sender, ports }: IpcMainEvent,
  kind: unknown,
  { windowOf, devUrl }: IpcDoor<Window>,
): Visitor<Window> | string {
  if (frame === null || frame.isDestroyed() || frame.detached) return 'The frame is gone.';
  if (frame.parent !== null) return 'Only the page itself may ask, no frame in it.';
  // An origin comes without a path, as Electron tells it; what only begins like ours is another.
  if (frame.origin !== (devUrl ?? appOrigin)) return 'The page is not ours.';
  const window = windowOf(sender.id);
  if (window === null) return 'The page is in no window of ours.';
  const known = portKinds.find((one) => one === kind);
  if (known === undefined) return 'There is no such kind of port.';
  const [port] = ports;
  return port === undefined || ports.length > 1 ? 'It brings one port.' : { window, kind: known, port };
}
