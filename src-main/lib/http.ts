// The door to the web: one request that is sent there, with an end, a limit and no way to another host. Addresses may be secrets: no
// outcome holds one.
import { request as requestPlainly, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestSafely } from 'node:https';
import { faultPoint } from './fault-points.ts';

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds for all of it, redirects included. */
  readonly timeoutMs: number;
  /** Bytes of the answer that are kept; of a longer one the rest is not waited for. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export type PostOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | null; readonly text: string }
  /** `why` is one of the system's or of TLS's codes. */
  | { readonly kind: 'unreachable' | 'unsafe'; readonly why: string }
  /** To another host, or too often. */
  | { readonly kind: 'redirected'; readonly to: string }
  | { readonly kind: 'timed-out' | 'cancelled' };

type Get = Omit<Post, 'body'>;

/** Never rejects; follows no redirection. */
export async function get(spec: Get): Promise<PostOutcome> {
  const answer = await send({ ...spec, body: null }, AbortSignal.timeout(spec.timeoutMs));
  return answer.kind === 'cancelled' ? { kind: 'timed-out' } : answer;
}

const mostRedirects = 3;

/** Never rejects. Redirects are followed within the same origin, where they keep the method. */
export async function post(spec: Post): Promise<PostOutcome> {
  const ended = AbortSignal.timeout(spec.timeoutMs);
  const signal = spec.signal === undefined ? ended : AbortSignal.any([ended, spec.signal]);
  let { url } = spec;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await send({ ...spec, url }, signal);
    if (answer.kind === 'cancelled') return { kind: spec.signal?.aborted === true ? 'cancelled' : 'timed-out' };
    if (answer.kind !== 'answered') return answer;
    const { location, ...answered } = answer;
    if (location === null) return answered;
    const target = URL.canParse(location, url) ? new URL(location, url) : null;
    if (target?.origin !== url.origin || redirects === mostRedirects) {
      return { kind: 'redirected', to: target?.host ?? 'nowhere' };
    }
    url = target;
  }
}

type Answer = Extract<PostOutcome, { kind: 'answered' }> & { readonly location: string | null };

/** @param spec without a body it is a GET */
function send(
  spec: Get & { readonly body: string | null },
  signal: AbortSignal,
): Promise<Answer | Exclude<PostOutcome, { kind: 'answered' }>> {
  return new Promise((resolve) => {
    const failed = (error: unknown): void => resolve(signal.aborted ? { kind: 'cancelled' } : failureOf(error));
    let sent: ClientRequest;
    try {
      const method = spec.body === null ? 'GET' : 'POST';
      faultPoint('net', `${method} ${spec.url.host}`);
      const request = spec.url.protocol === 'https:' ? requestSafely : requestPlainly;
      const length = spec.body === null ? {} : { 'content-length': String(Buffer.byteLength(spec.body)) };
      const headers = { ...spec.headers, ...length };
      // No agent: no connection outlives its request.
      sent = request(spec.url, { method, headers, agent: false, signal });
    } catch (error) {
      return failed(error);
    }
    sent.on('error', failed);
    sent.on('response', (response) => {
      // What goes wrong from now on shows in what comes of the answer.
      sent.off('error', failed).on('error', () => undefined);
      void collect(response, spec.maxBytes).then((text) => {
        sent.destroy();
        resolve({ kind: 'answered', ...headOf(response), text });
      });
    });
    sent.end(spec.body ?? '');
  });
}

function headOf({ statusCode = 0, headers }: IncomingMessage): Pick<Answer, 'status' | 'retryAfter' | 'location'> {
  const keepsMethod = statusCode === 307 || statusCode === 308;
  const isRedirect = keepsMethod || statusCode === 301 || statusCode === 302 || statusCode === 303;
  return {
    status: statusCode,
    retryAfter: headers['retry-after'] ?? null,
    // Where the method would become GET, nothing would be told: as good as nowhere.
    location: isRedirect ? (keepsMethod ? (headers.location ?? '') : 'invalid:') : null,
  };
}

/** Its status has come: what is missing of the rest is no failure. */
function collect(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    const done = (): void => resolve(Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'));
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maxBytes) done();
    });
    for (const event of ['end', 'error', 'close', 'aborted']) response.on(event, done);
  });
}

function failureOf(error: unknown): PostOutcome & { readonly kind: 'unreachable' | 'unsafe' } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
  return { kind: untrusted.test(code) ? 'unsafe' : 'unreachable', why: code };
}

/** Codes of TLS that say that the other side can't prove who it is. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_|_SSL_|ERR_TLS|CRL_|HOSTNAME_MISMATCH/;
