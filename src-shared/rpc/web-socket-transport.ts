// Works over a browser's WebSocket and over the server's sockets alike; neither is imported here.
import { Inbox } from './inbox.ts';
import type { Transport } from './transport.ts';

/** The part of a WebSocket that is used. */
export interface WebSocketLike {
  binaryType: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number; readonly reason: string }) => void): void;
}

const connecting = 0;
const open = 1;
/** Longest reason in UTF-16 units that surely fits the 123 bytes that RFC 6455 leaves for it. */
const longestReason = 40;

/** The socket may still be connecting: what is sent meanwhile goes out when it is open. */
export function webSocketTransport(socket: WebSocketLike): Transport {
  const inbox = new Inbox();
  const unsent: (string | Uint8Array<ArrayBuffer>)[] = [];
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => {
    for (const frame of unsent.splice(0)) socket.send(frame);
  });
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') inbox.receive(data);
    else if (data instanceof ArrayBuffer) inbox.receive(new Uint8Array(data));
  });
  // An error is always followed by a close, and has nothing to tell to a script.
  socket.addEventListener('error', () => undefined);
  socket.addEventListener('close', ({ code, reason }) => {
    inbox.end(reason === '' ? `The connection was closed (code ${code})` : reason);
  });
  return {
    send(frame) {
      const copy = typeof frame === 'string' ? frame : frame.slice();
      if (inbox.closed) return;
      if (socket.readyState === open) socket.send(copy);
      else if (socket.readyState === connecting) unsent.push(copy);
    },
    onFrame: (listener) => inbox.onFrame(listener),
    onClose: (listener) => inbox.onClose(listener),
    close(why = 'closed') {
      const open = !inbox.closed;
      inbox.stop(why);
      if (!open) return;
      socket.close(1000, why.slice(0, longestReason));
    },
    bufferedAmount: () => socket.bufferedAmount + unsent.reduce((sum, frame) => sum + frame.length, 0),
  };
}
