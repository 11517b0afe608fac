import { createServer } from 'node:https';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { hookServer } from './fixtures/hook-server.ts';
import { selfSigned } from './fixtures/self-signed.ts';
import { post, type Post } from './http.ts';

const closes: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0)) await close();
});

async function answering(answer?: (response: ServerResponse, posted: { readonly path: string }) => void) {
  const server = await hookServer(answer);
  closes.push(() => server.close());
  return server;
}

const limits = { timeoutMs: 20_000, maxBytes: 1024 };
const send = (url: URL, more: Partial<Post> = {}) =>
  post({ url, headers: { 'content-type': 'application/json' }, body: '{"a":1}', ...limits, ...more });

describe('what is posted', () => {
  it('arrives once, and the status comes back', async () => {
    const server = await answering((response) => response.writeHead(202).end('thanks'));
    expect(await send(server.url())).toEqual({
      kind: 'answered',
      status: 202,
      retryAfter: null,
      text: 'thanks',
    });
    expect(server.posts).toEqual([
      { path: '/hook', body: { a: 1 }, headers: expect.objectContaining({ 'content-length': '7' }) as unknown },
    ]);
  });

  it('is followed within its origin, where the method stays', async () => {
    const server = await answering((response, { path }) =>
      path === '/new' ? response.writeHead(200).end('here') : response.writeHead(308, { location: '/new' }).end(),
    );
    expect(await send(server.url())).toMatchObject({ kind: 'answered', status: 200, text: 'here' });
    expect(server.posts.map(({ path }) => path)).toEqual(['/hook', '/new']);
  });

  it('goes to no other host, and to none for ever', async () => {
    const other = await answering();
    const server = await answering((response, { path }) =>
      response.writeHead(307, { location: path === '/round' ? '/round' : other.url('/secret').href }).end(),
    );
    expect(await send(server.url())).toEqual({ kind: 'redirected', to: `127.0.0.1:${other.port}` });
    expect(await send(server.url('/round'))).toEqual({ kind: 'redirected', to: `127.0.0.1:${server.port}` });
    expect(other.posts).toEqual([]);
  });

  it('is not turned into a GET', async () => {
    const server = await answering((response) => response.writeHead(302, { location: '/page' }).end());
    expect(await send(server.url())).toEqual({ kind: 'redirected', to: '' });
    expect(server.posts.length).toBe(1);
  });
});

describe('an answer', () => {
  it('that never comes ends with the time', async () => {
    const server = await answering(() => undefined);
    expect(await send(server.url(), { timeoutMs: 50 })).toEqual({ kind: 'timed-out' });
  });

  it('is given up when somebody says so', async () => {
    const server = await answering(() => undefined);
    const ending = new AbortController();
    const sent = send(server.url(), { signal: ending.signal });
    await expect.poll(() => server.posts.length).toBe(1);
    ending.abort();
    expect(await sent).toEqual({ kind: 'cancelled' });
  });

  it('without an end is cut', async () => {
    const server = await answering((response) => {
      response.writeHead(500);
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(more));
      };
      more();
    });
    expect(await send(server.url())).toMatchObject({ kind: 'answered', status: 500, text: 'x'.repeat(1024) });
  });

  it('that stops in the middle has its status all the same', async () => {
    const server = await answering((response) => response.writeHead(200).write('so far'));
    expect(await send(server.url(), { timeoutMs: 300 })).toMatchObject({
      kind: 'answered',
      status: 200,
      text: 'so far',
    });
  });
});

describe('nobody', () => {
  it('at a closed port', async () => {
    const server = await hookServer();
    await server.close();
    expect(await send(server.url())).toEqual({ kind: 'unreachable', why: 'ECONNREFUSED' });
  });

  it('who can not prove who they are', async () => {
    const server = createServer(selfSigned, (_request, response) => response.end('gotcha'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closes.push(() => new Promise((resolve) => void server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    expect(await send(new URL(`https://127.0.0.1:${port}/`))).toEqual({
      kind: 'unsafe',
      why: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });
});
