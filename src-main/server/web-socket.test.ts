import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { contractSuite } from '#shared/rpc/contract-suite.ts';
import type { Transport } from '#shared/rpc/transport.ts';
import { webSocketTransport } from '#shared/rpc/web-socket-transport.ts';
import { createServer, type Server, type ServerOptions } from './http-server.ts';

contractSuite('a web socket of the real server, admitted by a cookie', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'athene-server-'));
  let serve: (transport: Transport) => void = () => undefined;
  const server = await start({ directory, serveConnection: (transport) => serve(transport) });
  const cookie = await admit(server);
  return {
    async open(serveConnection) {
      serve = serveConnection;
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, {
        headers: { cookie, origin: `http://127.0.0.1:${server.port}` },
      });
      const transport = webSocketTransport(socket);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return transport;
    },
    async close() {
      await server.close();
      rmSync(directory, { recursive: true });
    },
  };
});

describe('a socket', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'athene-server-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('that answers no ping is dropped, one that does stays', async () => {
    const closed: string[] = [];
    const serveConnection: ServerOptions['serveConnection'] = (transport) => {
      transport.onClose((why) => closed.push(why));
    };
    const server = await start({ directory, serveConnection, limits: { pingEvery: 20 } });
    const living = await openByToken(server);
    const silent = await openByToken(server, { autoPong: false });
    await new Promise((resolve) => silent.once('close', resolve));
    await expect.poll(() => closed).toHaveLength(1);
    expect(living.readyState).toBe(WebSocket.OPEN);
    await server.close();
  });

  test('is not accepted beyond the limit, and again when one has gone', async () => {
    const server = await start({ directory, serveConnection: () => undefined, limits: { sockets: 1 } });
    const first = await openByToken(server);
    await expect(openByToken(server)).rejects.toThrow('503');
    first.close();
    await vi.waitFor(async () => (await openByToken(server)).close(), { timeout: 30_000 });
    await server.close();
  });

  test.each([
    ['bad UTF-8', { opcode: 0x81, payload: Buffer.from([0xff, 0xfe]) }],
    ['a compressed frame', { opcode: 0xc1, payload: Buffer.from('x') }],
    ['a frame that claims 64 MB', { opcode: 0x82, payload: null }],
  ])('that sends %s is closed', async (_, { opcode, payload }) => {
    const server = await start({ directory, serveConnection: () => undefined });
    const socket = await openByToken(server);
    // Below `ws`, which would not send such a thing: a masked frame with a mask of zeros.
    const raw = (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
    const header = payload === null ? [opcode, 0xff, 0, 0, 0, 0, 4, 0, 0, 0] : [opcode, 0x80 | payload.length];
    raw.write(Buffer.concat([Buffer.from([...header, 0, 0, 0, 0]), payload ?? Buffer.alloc(0)]));
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe({ 0x81: 1007, 0xc1: 1002, 0x82: 1009 }[opcode]);
    await server.close();
  });

  test('ends with the server', async () => {
    const server = await start({ directory, serveConnection: () => undefined });
    const socket = await openByToken(server);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await server.close();
    await closed;
  });
});

async function start(
  options: Pick<ServerOptions, 'serveConnection' | 'limits'> & { directory: string },
): Promise<Server> {
  const { directory, ...rest } = options;
  const created = await createServer({ runDirectory: directory, rendererDirectory: directory, ...rest });
  if (!created.ok) throw new Error(created.problem.what);
  return created.value;
}

async function admit(server: Server): Promise<string> {
  const response = await fetch(server.mintTicketUrl(), { redirect: 'manual' });
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function openByToken(server: Server, options = {}): Promise<WebSocket> {
  const { token } = JSON.parse(readFileSync(server.tokenFile, 'utf8')) as { token: string };
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, {
    headers: { authorization: `Bearer ${token}` },
    ...options,
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  // What the tests provoke; the close tells the rest.
  socket.on('error', () => undefined);
  return socket;
}
