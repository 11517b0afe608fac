// From whatever a code host tells of a pull request, written by whomever: plain text of limited length, in the words of Athene.
import { isBot } from './bot-authors.ts';
import { fittingLine, fittingText } from './plain-line.ts';
import { remoteIdSchema, webAddressSchema, type Check, type PullRequestReading } from './pull-request-facts.ts';
import type { PullRequest } from './pull-request.ts';

export interface ToldText {
  readonly id: string;
  readonly author: string | null;
  /** The code host says that it is a program. */
  readonly bot: boolean;
  readonly body: string;
  readonly at: number;
}

type Reading = PullRequestReading;
export type ToldReview = ToldText & Pick<Reading['reviews'][number], 'state'>;
export interface ToldThread {
  readonly id: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly resolved: boolean;
  readonly comments: readonly (ToldText & { readonly url: string | null })[];
}

/** `says`: what it tells of itself at once. What its job printed is asked for later, and of few. */
export type ToldCheck = Omit<Check, 'log'> & { readonly says?: string | null };

export interface ToldPullRequest extends Pick<Reading, 'commit' | 'decision' | 'conflicts' | 'behind' | 'rules'> {
  readonly pullRequest: PullRequest;
  readonly base: string;
  /** Null: they could not be read. */
  readonly checks: readonly ToldCheck[] | null;
  readonly reviews: readonly ToldReview[];
  readonly threads: readonly ToldThread[];
}

/** How many of each are kept: of checks the first, of what people wrote the newest. */
const most = { checks: 200, reviews: 50, threads: 50, comments: 20 } as const;
/** UTF-16 units of one text, of all texts of one pull request together, and of what a check says. */
const longest = { text: 1500, all: 40_000, says: 400 } as const;

export function readingOf(told: ToldPullRequest, readAt: number): Reading {
  const room = { left: longest.all };
  const { pullRequest, commit, decision, conflicts, behind, rules } = told;
  return {
    ...{ commit, decision, conflicts, behind, rules, readAt },
    pullRequest: {
      ...pullRequest,
      title: fittingLine(pullRequest.title, 250),
      url: webAddress(pullRequest.url) ?? '',
      branch: fittingLine(pullRequest.branch, 255),
    },
    base: fittingLine(told.base, 255),
    checks: [...(told.checks ?? [])].sort(failedFirst).slice(0, most.checks).map(plainCheck),
    checksRead: told.checks !== null,
    // Threads first: they are what somebody has to work at.
    threads: newest(told.threads.filter(isNamed), most.threads).map((thread) => plainThread(thread, room)),
    reviews: newest(told.reviews.filter(isNamed), most.reviews).map(({ state, ...text }) => ({
      ...plainText(text, room),
      state,
    })),
  };
}

const newest = <T>(items: readonly T[], count: number): readonly T[] => items.slice(-count);

/** What can't be named can't be told from others either. */
const isNamed = ({ id }: { readonly id: string }): boolean => remoteIdSchema.safeParse(id).success;

const ranks: Partial<Record<Check['state'], number>> = { failed: 0, cancelled: 1 };
const failedFirst = (a: ToldCheck, b: ToldCheck): number => (ranks[a.state] ?? 2) - (ranks[b.state] ?? 2);

const plainCheck = ({ name, state, required, url, says = null }: ToldCheck): Check => ({
  name: fittingLine(name, 200) || 'unnamed',
  ...{ state, required },
  url: url === null ? null : webAddress(url),
  log: state === 'failed' && says !== null ? fittingText(says.trim(), longest.says) || null : null,
});

function plainThread(thread: ToldThread, room: Room): Reading['threads'][number] {
  const { id, path, line, resolved } = thread;
  return {
    ...{ id, resolved },
    path: path === null ? null : fittingLine(path, 500),
    line: line !== null && Number.isSafeInteger(line) && line > 0 ? line : null,
    comments: newest(thread.comments.filter(isNamed), most.comments).map(({ url, ...text }) => ({
      ...plainText(text, room),
      url: url === null ? null : webAddress(url),
    })),
  };
}

interface Room {
  left: number;
}

function plainText({ id, author, bot, body, at }: ToldText, room: Room) {
  const text = fittingText(body, Math.max(Math.min(longest.text, room.left), 100));
  room.left -= text.length;
  const name = fittingLine(author ?? '', 100) || 'somebody';
  return { id, author: name, bot: bot || isBot(name), body: text, at: Number.isSafeInteger(at) && at > 0 ? at : 0 };
}

const webAddress = (text: string): string | null => webAddressSchema.safeParse(text).data ?? null;
