// The way from this page to the desktop app around it.
import type { DesktopBridge, PortKind, PortMessage } from '#shared/domain/desktop-bridge.ts';
import { messagePortTransport } from '#shared/rpc/message-port-transport.ts';
import type { Transport } from '#shared/rpc/transport.ts';

declare global {
  interface Window {
    /** Absent in a browser. */
    readonly athene?: DesktopBridge;
  }
}

/** Milliseconds within which the desktop app says hello on a port; without one the port is given up and another is made. */
export const helloWithin = 4_000;

/** A port can't be asked whether anybody took it: whoever connects over it needs a time limit. */
export function openPort(kind: PortKind, page: Pick<Window, 'postMessage' | 'location'> = window): Transport {
  const { port1, port2 } = new MessageChannel();
  const message: PortMessage = { athene: 'port', kind };
  page.postMessage(message, page.location.origin, [port2]);
  return messagePortTransport(port1);
}
