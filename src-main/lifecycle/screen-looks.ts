// Looks at the screens of terminals that came to rest: few at a time, few a second, and each for a bounded time.
import type { ScreenQuestion } from '#shared/domain/activity.ts';
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import type { TerminalScreen, TerminalStatus } from '#shared/domain/terminal-status.ts';
import type { Result } from '#shared/lib/result.ts';
import { inTime } from '../lib/in-time.ts';

/** Looks at once; milliseconds between two beginnings; milliseconds for an answer; looks at the same output when nobody can tell. */
const [atOnce, restBetween, patience, tries] = [2, 250, 5000, 3];

export interface ScreenLooksOptions {
  readonly screen: (terminal: string) => Promise<Result<TerminalScreen, unknown>>;
  /** What a screen of the session asks. */
  readonly read: (session: string, screen: TerminalScreen) => FoundQuestion | null;
  readonly now: () => number;
  /** A terminal was seen; not called when nobody could tell, which changes nothing. */
  readonly seen: (terminal: string) => void;
}

export interface ScreenLooks {
  /** Looks once at what it has printed by now; again only when it has printed more, or nobody could tell. */
  want(status: TerminalStatus): void;
  /** What its screen ended with when it was last looked at. */
  questionOf(terminal: string): ScreenQuestion | null;
  /** False while nobody has seen its screen: then it is not known that it asks nothing. */
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
  readonly seen: boolean;
  readonly question: ScreenQuestion | null;
}

export function createScreenLooks({ screen, read, now, seen }: ScreenLooksOptions): ScreenLooks {
  const looks = new Map<string, Look>();
  const waiting = new Map<string, TerminalStatus>();
  const running = new Set<string>();
  let begunAt = -Infinity;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const next = (): void => {
    const [status] = [...waiting.values()].filter(({ terminal }) => !running.has(terminal));
    if (closed || timer !== null || status === undefined || running.size >= atOnce) return;
    const wait = begunAt + restBetween - now();
    if (wait > 0) {
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
    if (before !== undefined) looks.set(terminal, { ...before, left: before.left - 1 });
    const shown = await inTimeOrNull(screen(terminal));
    const known = looks.get(terminal);
    // A screen that has gone on is no settled one: it is looked at when it settles.
    if (closed || known?.offset !== offset || shown === null || shown.offset > offset) return;
    const found = read(status.session, shown);
    const question = found === null ? null : questionOn(found, status, known.question);
    looks.set(terminal, { offset, left: 0, seen: true, question });
    seen(terminal);
  };

  return {
    want(status) {
      const { terminal, offset } = status;
      const known = looks.get(terminal);
      const isSame = known?.offset === offset;
      if (isSame && (known.left === 0 || running.has(terminal) || waiting.has(terminal))) return;
      if (!isSame) {
        looks.set(terminal, { offset, left: tries, seen: known?.seen ?? false, question: known?.question ?? null });
      }
      waiting.set(terminal, status);
      next();
    },
    questionOf: (terminal) => looks.get(terminal)?.question ?? null,
    hasSeen: (terminal) => looks.get(terminal)?.seen ?? false,
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

/** The same question again, with nothing typed in between, is as old as it was: a screen is redrawn for many reasons. */
function questionOn(
  found: FoundQuestion,
  { lastOutputAt, inputAt }: TerminalStatus,
  before: ScreenQuestion | null,
): ScreenQuestion {
  const question = plainLine(found.text, longest);
  const at = lastOutputAt ?? 0;
  const isSame = before?.question === question && (inputAt === null || inputAt <= before.at);
  return { question, found, at, since: isSame ? before.since : at };
}

/** Characters of the sentence that names it. */
const longest = 160;

/** Null when it failed, or takes too long. */
async function inTimeOrNull(asked: Promise<Result<TerminalScreen, unknown>>): Promise<TerminalScreen | null> {
  // A failure is "can't tell" here; whoever shows the terminal meets it as well and says so.
  const answer = await inTime(
    asked.catch(() => null),
    patience,
  );
  return answer?.ok === true ? answer.value : null;
}
