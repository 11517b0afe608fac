// The door to `ws`: sockets that have been let in become transports.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { maximalFrameSize } from '#shared/rpc/frame.ts';
import type { Transport } from '#shared/rpc/transport.ts';
import { webSocketTransport } from '#shared/rpc/web-socket-transport.ts';
import { faultPoint } from '../lib/fault-points.ts';

/** Pings without an answer after which a socket counts as dead. */
const missedPings = 3;

export interface Sockets {
  readonly size: number;
  /** Only for requests that have passed every check. `alive` hears of each sign of life. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, accepted: Accepted): void;
  close(): void;
}

interface Accepted {
  readonly serve: (transport: Transport) => void;
  readonly alive: () => void;
}

/** One timer for all sockets; `pingEvery` in milliseconds. */
export function openSockets(pingEvery: number): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: maximalFrameSize,
    perMessageDeflate: false,
  });
  const missed = new Map<WebSocket, number>();
  const timer = setInterval(() => {
    for (const [socket, count] of [...missed]) ping(socket, count);
  }, pingEvery);
  timer.unref();

  return {
    get size() {
      return missed.size;
    },
    accept(request, duplex, head, { serve, alive }) {
      faultPoint('net', 'accept');
      server.handleUpgrade(request, duplex, head, (socket) => {
        missed.set(socket, 0);
        socket.on('close', () => missed.delete(socket));
        socket.on('pong', () => {
          missed.set(socket, 0);
          alive();
        });
        serve(webSocketTransport(socket));
      });
    },
    close() {
      clearInterval(timer);
      for (const socket of [...missed.keys()]) {
        socket.close(1001, 'The server stops');
        socket.terminate();
      }
      server.close();
    },
  };

  function ping(socket: WebSocket, count: number): void {
    if (count >= missedPings) return socket.terminate();
    missed.set(socket, count + 1);
    socket.ping();
  }
}
