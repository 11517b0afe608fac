// What the server does with a request, once it has been listened to: refuse, let in, give a file, or upgrade.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Transport } from '#shared/rpc/transport.ts';
import type { Authentication } from './authentication.ts';
import { pages } from './plain-pages.ts';
import { headerValues, refuseForeign, type Refusal } from './request-origin.ts';
import { securityHeaders } from './security-headers.ts';
import { readStaticFile } from './static-files.ts';
import type { Sockets } from './web-socket.ts';

/** How the client proved that it may come in. */
export interface ConnectionContext {
  readonly admittedBy: 'token' | 'cookie';
}

export interface Site {
  readonly rendererDirectory: string;
  readonly serveConnection: (transport: Transport, context: ConnectionContext) => void;
  readonly onError: (error: unknown) => void;
  readonly mostSockets: number;
  readonly authentication: Authentication;
  readonly sockets: Sockets;
  readonly hosts: readonly string[];
  readonly mintTicketUrl: () => string;
}

/** Sends the server's requests and upgrades here. */
export function attach(server: Server, site: Site): void {
  const { onError } = site;
  server.on('request', (request, response) => {
    answer(request, response, site).catch((error: unknown) => {
      onError(error);
      if (response.headersSent) response.destroy();
      else send(response, 500, {}, 'Something went wrong.');
    });
  });
  server.on('upgrade', (request, socket, head) => {
    // A peer that goes away while it is refused is no news.
    socket.on('error', () => socket.destroy());
    try {
      upgrade(request, socket, head, site);
    } catch (error) {
      onError(error);
      socket.destroy();
    }
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const foreign = refuseForeign(request, site.hosts);
  for (const [name, value] of Object.entries(securityHeaders(foreign === null ? hostOf(request) : null))) {
    response.setHeader(name, value);
  }
  if (foreign !== null) return refuse(response, foreign);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, { status: 405, why: 'Only GET and HEAD are answered.' });
  }
  const { path, query } = splitTarget(request.url ?? '');
  if (path === '/ticket') return answerTicket(request, response, site, query);
  if (path === '/rpc') return refuse(response, { status: 426, why: 'This is a WebSocket.' });
  if (!isAdmitted(request, site)) return sendPage(response, 401, pages.signIn);
  return answerFile(response, site, path);
}

/** With a ticket: lets this browser in. With the token: a new ticket's address, for programs that open a browser. */
function answerTicket(request: IncomingMessage, response: ServerResponse, site: Site, query: string): void {
  const { authentication, mintTicketUrl } = site;
  // HEAD is what previewers of links send; it must not spend a ticket.
  if (request.method !== 'GET') return refuse(response, { status: 405, why: 'Only GET spends a ticket.' });
  const ticket = /^ticket=([\w-]{1,200})$/.exec(query)?.[1];
  if (ticket === undefined && authentication.isToken(request.headers.authorization)) {
    return send(response, 200, { 'Content-Type': 'application/json' }, JSON.stringify({ url: mintTicketUrl() }));
  }
  const secret = ticket === undefined ? null : authentication.redeem(ticket);
  if (secret === null) return sendPage(response, 401, pages.ticketSpent);
  const cookie = `${authentication.cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
  send(response, 303, { 'Set-Cookie': cookie, Location: '/' }, '');
}

async function answerFile(response: ServerResponse, { rendererDirectory }: Site, path: string): Promise<void> {
  const file = await readStaticFile(rendererDirectory, path);
  if (file !== null) return send(response, 200, file.headers, file.content);
  if (path === '/') return sendPage(response, 503, pages.notBuilt);
  refuse(response, { status: 404, why: 'There is nothing here.' });
}

function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, site: Site): void {
  const { authentication, sockets, serveConnection } = site;
  const refusal = refuseForeign(request, site.hosts) ?? refuseUpgrade(request, site);
  if (refusal !== null) return refuseSocket(socket, refusal);
  const admittedBy = authentication.isToken(request.headers.authorization) ? 'token' : 'cookie';
  sockets.accept(request, socket, head, {
    serve: (transport) => serveConnection(transport, { admittedBy }),
    // A screen that is open all day stays admitted.
    alive: () => void authentication.isCookie(request.headers.cookie),
  });
}

function refuseUpgrade(request: IncomingMessage, site: Site): Refusal | null {
  const { authentication, sockets, mostSockets } = site;
  if (request.method !== 'GET') return { status: 405, why: 'Only GET can be upgraded.' };
  if (request.url !== '/rpc') return { status: 404, why: 'There is nothing here.' };
  if (request.headers.upgrade?.toLowerCase() !== 'websocket') return { status: 400, why: 'Only WebSockets.' };
  const byToken = authentication.isToken(request.headers.authorization);
  if (!byToken && !authentication.isCookie(request.headers.cookie)) return { status: 401, why: 'Not let in.' };
  // A browser always names the origin; without one a cookie proves nothing.
  if (!byToken && headerValues(request, 'origin').length !== 1) return { status: 403, why: 'No origin was named.' };
  if (sockets.size >= mostSockets) return { status: 503, why: 'Too many are connected.' };
  return null;
}

const isAdmitted = ({ headers }: IncomingMessage, { authentication }: Site): boolean =>
  authentication.isToken(headers.authorization) || authentication.isCookie(headers.cookie);

const hostOf = (request: IncomingMessage): string | null => request.headers.host ?? null;

/** Not by URL: that would resolve dots, and read `//name` as another host. */
function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const cut = target.indexOf('?');
  return cut === -1 ? { path: target, query: '' } : { path: target.slice(0, cut), query: target.slice(cut + 1) };
}

function refuse(response: ServerResponse, { status, why }: Refusal): void {
  response.setHeader('Connection', 'close');
  send(response, status, { 'Content-Type': 'text/plain; charset=utf-8' }, `${why}\n`);
}

const sendPage = (response: ServerResponse, status: number, page: string): void =>
  send(response, status, { 'Content-Type': 'text/html; charset=utf-8' }, page);

/** Node leaves the body out of an answer to HEAD. */
function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { 'Cache-Control': 'no-store', ...headers, 'Content-Length': length }).end(body);
}

function refuseSocket(socket: Duplex, { status, why }: Refusal): void {
  const lines = [
    `HTTP/1.1 ${status} Refused`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(why)}`,
    ...Object.entries(securityHeaders(null)).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${why}`, () => socket.destroy());
}
