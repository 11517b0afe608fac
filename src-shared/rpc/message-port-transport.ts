// One end of a MessageChannel: a browser's, a window's to its main process, or Node's.
import { Inbox } from './inbox.ts';
import type { Transport } from './transport.ts';

/** The part of a MessagePort that is used. */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  /** The event of a message has its value in `data`. */
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void;
  start?(): void;
  close(): void;
}

/** A port tells no reason when its other end closes, so the reason goes ahead as a message. */
export function messagePortTransport(port: MessagePortLike): Transport {
  const inbox = new Inbox();
  port.addEventListener('message', (event) => {
    if ('data' in event) receive(inbox, event.data);
  });
  port.addEventListener('close', () => inbox.end('The port was closed'));
  port.start?.();
  return {
    send(frame) {
      if (!inbox.closed) port.postMessage(typeof frame === 'string' ? frame : whole(frame));
    },
    onFrame: (listener) => inbox.onFrame(listener),
    onClose: (listener) => inbox.onClose(listener),
    close(why = 'closed') {
      const open = !inbox.closed;
      inbox.stop(why);
      if (!open) return;
      port.postMessage({ closed: why });
      port.close();
    },
    // A port does not tell; what is posted has left.
    bufferedAmount: () => 0,
  };
}

/** A port clones the memory behind a view, not what the view shows of it. */
const whole = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes);

function receive(inbox: Inbox, data: unknown): void {
  if (typeof data === 'string' || data instanceof Uint8Array) inbox.receive(data);
  else if (typeof data === 'object' && data !== null && 'closed' in data) inbox.end(String(data.closed));
}
