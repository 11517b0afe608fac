// Looks at the screens of terminals that came to rest, and of those that never do: few at a time, few a second, and each for a bounded time.
import type { ScreenQuestion } from '#shared/domain/activity.ts';
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import type { TerminalScreen, TerminalStatus } from '#shared/domain/terminal-status.ts';
import type { Result } from '#shared/lib/result.ts';
import { inTime } from '../lib/in-time.ts';
import { isAtRest, isFlood, lookDueAt, type LastLook } from './due-look.ts';
import { believe, noBelief, type Belief } from './screen-belief.ts';

/** Looks at once; milliseconds between two beginnings; milliseconds for an answer. */
const [atOnce, restBetween, patience] = [2, 250, 5000];
/** Looks at the same output when nobody can tell, or not yet; milliseconds between the first two, doubled after each. */
const [tries, againAfter] = [5, 250];

export interface ScreenLooksOptions {
  readonly screen: (terminal: string) => Promise<Result<TerminalScreen, unknown>>;
  /** What a screen of the session asks. */
  readonly read: (session: string, screen: TerminalScreen) => FoundQuestion | null;
  readonly now: () => number;
  /** A terminal was seen; not called when nobody could tell, which changes nothing. */
  readonly seen: (terminal: string) => void;
}

export interface ScreenLooks {
  /** When it is to be looked at; null when all that it has printed was. May be over. */
  dueAt(status: TerminalStatus): number | null;
  /** Looks once at what it has printed by now; again only when it has printed more, or nobody could tell. */
  want(status: TerminalStatus): void;
  /** What its screen ended with, as far as the looks at it are to be believed. */
  questionOf(terminal: string): ScreenQuestion | null;
  /** Its last output that was looked at; null when nobody could yet. */
  seenAt(terminal: string): number | null;
  /** False as long as it is not known that it asks nothing. */
  hasSeen(terminal: string): boolean;
  forget(terminal: string): void;
  forgetAll(): void;
  close(): void;
}

interface Look {
  /** Output that was there when it was wanted. */
  readonly offset: number;
  /** What is left of `tries`. */
  readonly left: number;
  /** The last that was begun. */
  readonly last: LastLook | null;
  readonly seenAt: number | null;
  readonly belief: Belief;
}

export function createScreenLooks({ screen, read, now, seen }: ScreenLooksOptions): ScreenLooks {
  const looks = new Map<string, Look>();
  const waiting = new Map<string, TerminalStatus>();
  const running = new Set<string>();
  let begunAt = -Infinity;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const next = (): void => {
    const due = [...waiting.values()].filter(({ terminal }) => !running.has(terminal));
    // Who has come to rest may wait for somebody; who draws is looked at again anyway.
    const status = due.find((one) => isAtRest(one, now())) ?? due[0];
    if (closed || timer !== null || status === undefined || running.size >= atOnce) return;
    const wait = begunAt + restBetween - now();
    // Longer than that only when the clock was put back.
    if (wait > 0 && wait <= restBetween) {
      timer = setTimeout(() => {
        timer = null;
        next();
      }, wait).unref();
      return;
    }
    begunAt = now();
    waiting.delete(status.terminal);
    running.add(status.terminal);
    void look(status).finally(() => {
      running.delete(status.terminal);
      next();
    });
    next();
  };

  const look = async (status: TerminalStatus): Promise<void> => {
    const { terminal, offset } = status;
    const before = looks.get(terminal);
    const last = { at: now(), offset };
    if (before !== undefined) looks.set(terminal, { ...before, left: before.left - 1, last });
    const wasAtRest = isAtRest(status, now());
    const shown = await inTimeOrNull(screen(terminal));
    const known = looks.get(terminal);
    if (closed || known === undefined || shown === null) return;
    const isSame = known.offset === offset;
    // What it printed last is on its way to the screen.
    if (wasAtRest && isSame && known.left > 0 && shown.offset < offset) return;
    const isSettled = wasAtRest && isSame && shown.offset <= offset;
    const found = read(status.session, shown);
    // One that was not at rest is looked at again when it is, although it prints no more.
    const left = isSettled ? 0 : Math.max(known.left, wasAtRest ? 0 : 1);
    const belief = believe(known.belief, { status, rows: shown.rows, found, isSettled });
    looks.set(terminal, {
      ...{ offset: known.offset, left, seenAt: status.lastOutputAt, belief },
      last: { ...last, doubts: belief.last !== null && belief.missed > 0 },
    });
    seen(terminal);
  };

  return {
    dueAt(status) {
      const known = looks.get(status.terminal);
      const isSame = known?.offset === status.offset;
      if (isSame && known.left === 0) return null;
      // A clock that was put back makes the last look seem to come.
      const last = known === undefined || (known.last?.at ?? 0) > now() ? null : known.last;
      const dueAt = lookDueAt(status, last);
      const wait = againAfter * 2 ** (tries - (known?.left ?? tries) - 1);
      return dueAt !== null && last?.offset === status.offset ? Math.max(dueAt, last.at + wait) : dueAt;
    },
    want(status) {
      const { terminal, offset } = status;
      const known = looks.get(terminal) ?? unseen;
      const isSame = known.offset === offset;
      if (isSame && (known.left === 0 || running.has(terminal) || waiting.has(terminal))) return;
      const floods = known.last !== null && !isAtRest(status, now()) && isFlood(status, known.last, now());
      if (floods) return void looks.set(terminal, { ...known, last: { at: now(), offset } });
      if (!isSame) looks.set(terminal, { ...known, offset, left: tries });
      waiting.set(terminal, status);
      next();
    },
    questionOf: (terminal) => looks.get(terminal)?.belief.believed?.question ?? null,
    seenAt: (terminal) => looks.get(terminal)?.seenAt ?? null,
    hasSeen: (terminal) => looks.get(terminal)?.belief.isCertain ?? false,
    forget(terminal) {
      looks.delete(terminal);
      waiting.delete(terminal);
    },
    forgetAll() {
      looks.clear();
      waiting.clear();
    },
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

const unseen: Look = { offset: -1, left: 0, last: null, seenAt: null, belief: noBelief };

/** Null when it failed, or takes too long. */
async function inTimeOrNull(asked: Promise<Result<TerminalScreen, unknown>>): Promise<TerminalScreen | null> {
  // A failure is "can't tell" here; whoever shows the terminal meets it as well and says so.
  const answer = await inTime(
    asked.catch(() => null),
    patience,
  );
  return answer?.ok === true ? answer.value : null;
}
