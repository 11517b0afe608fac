// A client as an attacker writes one; what it may do to the process that owns every agent's terminal is nothing.
import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FrameSplitter } from '#shared/rpc/frame.ts';
import { serveConnection, type ConnectionOptions } from './connection.ts';
import { FrameBuffers } from './frame-buffers.ts';
import { encodeControl, protocolMajor, protocolMinor, type Hello } from './protocol.ts';

const hello: Hello = {
  type: 'hello',
  major: protocolMajor,
  minor: protocolMinor,
  build: '',
  home: '/home',
  pid: 1,
  startTime: '',
};
/** One answer of 10 KB. */
const host = { list: () => ['x'.repeat(10_000)] } as unknown as ConnectionOptions['host'];
const mirror = {} as ConnectionOptions['mirror'];

let server: Server;
let client: Socket;
let served: Socket;
let dropped: string[];

beforeEach(async () => {
  dropped = [];
  const accepted = Promise.withResolvers<Socket>();
  server = createServer((socket) => {
    const report = (what: string): void => void dropped.push(what);
    serveConnection({ socket, host, mirror, hello, buffers: new FrameBuffers(), report });
    accepted.resolve(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  client = createConnection((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined);
  served = await accepted.promise;
});

afterEach(() => {
  client.destroy();
  server.close();
});

const list = (id: number): Uint8Array => encodeControl({ type: 'request', id, call: { name: 'list' } });

it('a client that asks and does not read is not listened to until it does, and then gets every answer', async () => {
  const asked = 5000;
  client.pause();
  client.write(encodeControl(hello));
  for (let id = 0; id < asked; id += 1) client.write(list(id));
  await expect.poll(() => served.isPaused()).toBe(true);
  expect(served.writableLength).toBeLessThan(24 * 1024 * 1024);
  const splitter = new FrameSplitter();
  let answers = -1; // The hello is none.
  client.on('data', (chunk) => (answers += [...splitter.push(chunk)].length));
  client.resume();
  await expect.poll(() => answers).toBe(asked);
});

it.each<[string, Uint8Array]>([
  ['another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['a frame of four gigabytes', Buffer.alloc(64, 0xff)],
  ['a frame shorter than its header', Buffer.alloc(64)],
  ['a request before its hello', list(1)],
  ['another major', encodeControl({ ...hello, major: protocolMajor + 1 })],
  ['another home', encodeControl({ ...hello, home: '/elsewhere' })],
])('a client that sends %s is dropped', async (_what, bytes) => {
  client.resume();
  client.write(bytes);
  await once(client, 'close');
  expect(dropped).toHaveLength(1);
});
