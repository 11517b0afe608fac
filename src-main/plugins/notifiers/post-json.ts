// What webhooks of all kinds have in common: JSON is posted to an address, and the status says whether it was taken.
import { plainLine } from '#shared/domain/plain-line.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { post, type PostOutcome } from '../../lib/http.ts';
import { failedForGood, type Notifier, type Told } from './notifier.ts';
import type { Tidings } from './notifier.ts';

export interface PostTarget {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Milliseconds, and bytes of an answer: nobody needs more of it than a word of why not. */
const [patience, longestAnswer] = [10_000, 16 * 1024];
/** The longest wait that a server may ask for, in milliseconds. */
const longestWait = 5 * 60_000;

export function postsJson(target: PostTarget, shape: (tidings: Tidings) => unknown): Notifier {
  return {
    async tell(tidings, signal) {
      const headers = { ...target.headers, 'content-type': 'application/json', 'user-agent': 'Athene' };
      const body = JSON.stringify(shape(tidings));
      const limits = { timeoutMs: patience, maxBytes: longestAnswer };
      return judge(await post({ url: target.url, headers, body, signal, ...limits }), target);
    },
  };
}

function judge(outcome: PostOutcome, target: PostTarget): Told {
  const { host } = target.url;
  switch (outcome.kind) {
    case 'answered':
      return judgeStatus(outcome, target);
    case 'timed-out':
      return failedForNow(`${host} gave no answer within ${patience / 1000} seconds.`);
    case 'cancelled':
      return failedForNow('Athene ended while it was sent.');
    case 'unreachable':
      return failedForNow(`${host} could not be reached (${outcome.why}).`);
    case 'unsafe':
      return failedForGood(`${host} can't prove who it is (${outcome.why}): nothing was sent.`);
    case 'redirected':
      return failedForGood(
        `${host} leads on to ${outcome.to}, and nothing is sent there: put the right address into config.yaml.`,
      );
    default:
      return assertNever(outcome);
  }
}

function judgeStatus(answer: Extract<PostOutcome, { kind: 'answered' }>, target: PostTarget): Told {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'told' };
  const said = plainLine(withoutSecrets(answer.text, target), 200);
  const why = `${target.url.host} answered ${status}${said === '' ? '' : `: ${said}`}`;
  const again = status === 408 || status === 425 || status === 429 || status >= 500;
  return again ? failedForNow(why, waitOf(answer.retryAfter)) : failedForGood(why);
}

const failedForNow = (why: string, after: number | null = null): Told => ({ kind: 'failed', why, again: true, after });

/** Seconds; a date is rare, and our own waiting does as well. */
function waitOf(retryAfter: string | null): number | null {
  const seconds = Number(retryAfter ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, longestWait) : null;
}

/** A server may answer with what it was sent. */
function withoutSecrets(text: string, { url, headers }: PostTarget): string {
  const secrets = [url.href, url.pathname, url.search, ...url.pathname.split('/'), ...Object.values(headers)];
  return secrets
    .filter((secret) => secret.length > 5)
    .toSorted((a, b) => b.length - a.length)
    .reduce((told, secret) => told.replaceAll(secret, '***'), text);
}
