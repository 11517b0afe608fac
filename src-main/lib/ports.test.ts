import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { probePorts } from './ports.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A server on a port that the system gives; null where it has no such address. */
async function listen(host: string): Promise<number | null> {
  const server = createServer();
  const up = await new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(0, host, () => resolve(true));
  });
  if (up !== true) return null;
  servers.push(server);
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

it('sees whoever listens on one of the ports, whatever the address', async () => {
  for (const host of ['127.0.0.1', '0.0.0.0', '::1', '::']) {
    const port = await listen(host);
    if (port === null) continue;
    expect(await probePorts({ base: port, count: 1 }), host).toBe('taken');
    expect(await probePorts({ base: Math.max(1024, port - 1), count: 2 }), host).toBe('taken');
  }
});

it('says free, and leaves the ports free', async () => {
  const port = await listen('127.0.0.1');
  await new Promise((resolve) => servers.pop()?.close(resolve));
  const block = { base: port ?? 0, count: 1 };
  expect([await probePorts(block), await probePorts(block)]).toEqual(['free', 'free']);
});

it('can not tell of a number that is no port', async () => {
  expect(await probePorts({ base: 70_000, count: 1 })).toBe('unknown');
});
