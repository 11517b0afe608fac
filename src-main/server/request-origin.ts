// Where a request comes from, by its headers alone: refuses other sites and rebound names before anything else looks at it.
import type { IncomingMessage } from 'node:http';

export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 421 | 426 | 503;
  readonly why: string;
}

/** The exact values of a Host header that name this server. No other spelling of the same address counts. */
export const hostLiterals = (port: number): readonly string[] => [
  `127.0.0.1:${port}`,
  `[::1]:${port}`,
  `localhost:${port}`,
];

/** Null when the request may go on to authentication. */
export function refuseForeign(request: IncomingMessage, hosts: readonly string[]): Refusal | null {
  const [host, ...otherHosts] = headerValues(request, 'host');
  if (host === undefined || otherHosts.length > 0 || !hosts.includes(host)) {
    return { status: 421, why: 'This address is not one of this server.' };
  }
  const origins = headerValues(request, 'origin');
  // The very address that was asked, not another one of ours: pages of different names share nothing.
  if (origins.some((origin) => origin !== `http://${host}`)) return { status: 403, why: 'Other sites may not ask.' };
  // `same-site` is refused too: ports do not count for a site, so any page of a local server is one.
  const site = headerValues(request, 'sec-fetch-site');
  if (site.some((value) => value !== 'same-origin' && value !== 'none')) {
    return { status: 403, why: 'Open the address directly, not from another page.' };
  }
  return null;
}

/** Every value of a header: Node joins or drops repeated ones, and a second Host is an attack. */
export function headerValues(request: IncomingMessage, name: string): string[] {
  return request.rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === name);
}
