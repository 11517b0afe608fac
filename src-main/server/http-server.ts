// `athene serve`: the screen and the contract for browsers and programs of this machine, on loopback only.
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ok, type Result } from '#shared/lib/result.ts';
import { Scope } from '#shared/lib/scope.ts';
import type { Transport } from '#shared/rpc/transport.ts';
import { ensureDirectory, removeFile, writeFileAtomic } from '../lib/files.ts';
import { attach, type ConnectionContext, type Site } from './answer-request.ts';
import { createAuthentication } from './authentication.ts';
import { closeServers, listenOnLoopback, type ListenLimits, type PortProblem } from './listen-on-loopback.ts';
import { hostLiterals } from './request-origin.ts';
import { openSockets } from './web-socket.ts';

export interface ServerOptions {
  /** `run/` of the home: the token file lies here. */
  readonly runDirectory: string;
  /** The built screen. */
  readonly rendererDirectory: string;
  readonly serveConnection: (transport: Transport, context: ConnectionContext) => void;
  /** Any free port when absent. */
  readonly port?: number;
  readonly onError?: (error: unknown) => void;
  readonly now?: () => number;
  readonly limits?: Partial<ServerLimits>;
}

export interface ServerLimits extends ListenLimits {
  readonly sockets: number;
  /** Milliseconds between pings. */
  readonly pingEvery: number;
}

const usualLimits: ServerLimits = { headersWithin: 10_000, connections: 256, sockets: 64, pingEvery: 15_000 };

export interface Server {
  readonly port: number;
  /** Without a ticket: useless to a browser that has not been let in. */
  readonly url: string;
  /** JSON `{ url, token, pid }`, 0600. */
  readonly tokenFile: string;
  /** The addresses that are listened on. */
  readonly addresses: readonly string[];
  /** An address that lets one browser in, once, within a minute. */
  mintTicketUrl(): string;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and, where there is one, on ::1 with the same port. */
export async function createServer(options: ServerOptions): Promise<Result<Server, PortProblem>> {
  const limits = { ...usualLimits, ...options.limits };
  const bound = await listenOnLoopback(options.port, limits);
  if (!bound.ok) return bound;
  const { port, servers } = bound.value;
  const scope = new Scope();
  scope.add(() => closeServers(servers));
  const sockets = openSockets(limits.pingEvery);
  scope.add(() => sockets.close());

  const authentication = createAuthentication(port, options.now ?? Date.now);
  const url = `http://127.0.0.1:${port}/`;
  const mintTicketUrl = (): string => `${url}ticket?ticket=${authentication.mintTicket()}`;
  const { rendererDirectory, serveConnection, onError = () => undefined } = options;
  const site: Site = {
    rendererDirectory,
    serveConnection,
    onError,
    mostSockets: limits.sockets,
    authentication,
    sockets,
    hosts: hostLiterals(port),
    mintTicketUrl,
  };
  for (const server of servers) attach(server, site);

  const tokenFile = join(options.runDirectory, `server-${port}.json`);
  try {
    ensureDirectory(options.runDirectory);
    writeFileAtomic(tokenFile, `${JSON.stringify({ url, token: authentication.token, pid: process.pid })}\n`);
  } catch (error) {
    await scope.close();
    throw error;
  }
  scope.add(() => void removeFile(tokenFile));
  const addresses = servers.map((server) => (server.address() as AddressInfo).address);
  return ok({ port, url, tokenFile, addresses, mintTicketUrl, close: () => scope.close() });
}
