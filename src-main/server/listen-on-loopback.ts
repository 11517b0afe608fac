// A port of this machine that nobody else can reach, and nobody else can claim under our names.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { faultPoint } from '../lib/fault-points.ts';
import { codeOf } from '../lib/files.ts';

export interface ListenLimits {
  /** Milliseconds for a request's headers, and for the whole of it. */
  readonly headersWithin: number;
  /** Open TCP connections per address; more are dropped. */
  readonly connections: number;
}

export type PortProblem = Problem<'port-taken' | 'port-refused'>;

export interface Bound {
  readonly port: number;
  readonly servers: readonly Server[];
}

/** Free ports of 127.0.0.1 that may turn out to be somebody else's on ::1. */
const attempts = 10;

/** 127.0.0.1 and, where there is one, ::1 with the same port; by number, so that no name is looked up. */
export async function listenOnLoopback(
  wanted: number | undefined,
  limits: ListenLimits,
): Promise<Result<Bound, PortProblem>> {
  for (let attempt = 1; ; attempt += 1) {
    const four = newServer(limits);
    const refused = await listen(four, '127.0.0.1', wanted ?? 0);
    if (refused !== null) return fail(portProblem(wanted, refused));
    const { port } = four.address() as AddressInfo;
    const six = newServer(limits);
    const refusedSix = await listen(six, '::1', port);
    if (refusedSix === null) return ok({ port, servers: [four, six] });
    // Without IPv6 on this machine, nobody else can answer there either.
    if (refusedSix === 'EADDRNOTAVAIL' || refusedSix === 'EAFNOSUPPORT') return ok({ port, servers: [four] });
    await closeServers([four]);
    // `localhost` would lead to whoever has it, so the port is not ours.
    if (wanted !== undefined || attempt === attempts) return fail(portProblem(wanted, refusedSix));
  }
}

function newServer(limits: ListenLimits): Server {
  const server = createServer({
    headersTimeout: limits.headersWithin,
    requestTimeout: limits.headersWithin,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: Math.min(1_000, limits.headersWithin),
    maxHeaderSize: 16 * 1024,
  });
  server.maxConnections = limits.connections;
  return server;
}

/** Null when it listens, else the errno name. */
function listen(server: Server, host: string, port: number): Promise<string | null> {
  faultPoint('net', 'listen');
  return new Promise((resolve, reject) => {
    const refused = (error: Error): void => {
      if (codeOf(error) === '') reject(error);
      else resolve(codeOf(error));
    };
    server.once('error', refused);
    server.listen({ host, port, exclusive: true, ipv6Only: host === '::1' }, () => {
      server.off('error', refused);
      resolve(null);
    });
  });
}

function portProblem(port: number | undefined, code: string): PortProblem {
  const todo = 'Choose another port, or none to take a free one.';
  return code === 'EADDRINUSE'
    ? { code: 'port-taken', what: `Another program listens on port ${port ?? 'any'} already.`, todo }
    : {
        code: 'port-refused',
        what: `This machine does not let Athene listen on port ${port ?? 'any'}.`,
        todo,
        details: code,
      };
}

/** Ends open connections too. */
export async function closeServers(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}
