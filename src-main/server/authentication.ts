// Who may come in: local programs by the token of a private file, browsers by a one-use ticket that becomes a cookie.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Milliseconds in which a ticket must be used. */
const ticketLife = 60_000;
/** Milliseconds without a request or a living socket after which a browser must be let in anew. */
const idleLife = 24 * 60 * 60_000;
/** Tickets and browsers known at once; the oldest makes room. */
const mostKept = 32;

export interface Authentication {
  /** For the private file; never for an address, a log or an argument. */
  readonly token: string;
  readonly cookieName: string;
  /** 256 random bits, good for one use. */
  mintTicket(): string;
  /** The secret for a new cookie; null when the ticket is unknown, used or too old. */
  redeem(ticket: string): string | null;
  /** By the `Authorization` header. */
  isToken(authorization: string | undefined): boolean;
  /** By the `Cookie` header. Keeps the browser's admission alive. */
  isCookie(cookie: string | undefined): boolean;
}

/** `now` in milliseconds. The cookie's name bears the port, for browsers send cookies to every port of a host. */
export function createAuthentication(port: number, now: () => number): Authentication {
  const token = secret();
  const tickets = new ExpiringSecrets(ticketLife, now);
  const browsers = new ExpiringSecrets(idleLife, now);
  const cookieName = `athene-${port}`;
  return {
    token,
    cookieName,
    mintTicket: () => tickets.add(),
    redeem: (ticket) => (tickets.take(ticket) ? browsers.add() : null),
    isToken(authorization) {
      const presented = /^Bearer ([\w-]{1,200})$/i.exec(authorization ?? '')?.[1];
      return presented !== undefined && isSame(digest(presented), digest(token));
    },
    isCookie: (cookie) => cookieValues(cookie, cookieName).some((value) => browsers.renew(value)),
  };
}

/** Holds digests only, and looks at all of them whatever matches, so that time tells nothing. */
class ExpiringSecrets {
  readonly #kept: { readonly digest: Buffer; until: number }[] = [];
  readonly #life: number;
  readonly #now: () => number;

  constructor(life: number, now: () => number) {
    this.#life = life;
    this.#now = now;
  }

  add(): string {
    const added = secret();
    this.#kept.push({ digest: digest(added), until: this.#now() + this.#life });
    if (this.#kept.length > mostKept) this.#kept.shift();
    return added;
  }

  /** True once. */
  take(presented: string): boolean {
    const found = this.#find(presented);
    if (found === undefined) return false;
    this.#kept.splice(this.#kept.indexOf(found), 1);
    return found.until > this.#now();
  }

  renew(presented: string): boolean {
    const found = this.#find(presented);
    if (found === undefined || found.until <= this.#now()) return false;
    found.until = this.#now() + this.#life;
    return true;
  }

  #find(presented: string): { readonly digest: Buffer; until: number } | undefined {
    const wanted = digest(presented);
    return this.#kept.filter((kept) => isSame(kept.digest, wanted))[0];
  }
}

const secret = (): string => randomBytes(32).toString('base64url');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (a: Buffer, b: Buffer): boolean => timingSafeEqual(a, b);

/** Another page of this machine may have set one of the same name for a longer path; every one is looked at. */
function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
    .slice(0, mostKept);
}
