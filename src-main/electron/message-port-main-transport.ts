// A window's port as the main process holds it: Electron's own shape of a MessagePort.
import type { MessagePortMain } from 'electron';
import { messagePortTransport } from '#shared/rpc/message-port-transport.ts';
import type { Transport } from '#shared/rpc/transport.ts';

export type PortOfWindow = Pick<MessagePortMain, 'postMessage' | 'start' | 'close' | 'on'>;

export const messagePortMainTransport = (port: PortOfWindow): Transport =>
  messagePortTransport({
    postMessage: (message) => port.postMessage(message),
    addEventListener(type, listener) {
      if (type === 'message') port.on('message', ({ data }) => listener({ data: data as unknown }));
      else port.on('close', () => listener({}));
    },
    start: () => port.start(),
    close: () => port.close(),
  });
