// Follows what the runtime says of its terminals: keeps the passing facts, and writes down what lasts.
import { activityOf, turningPoints, type ScreenQuestion, type TerminalFacts } from '#shared/domain/activity.ts';
import { isUnderWay, type SetUpState } from '#shared/domain/set-up.ts';
import { statusByNow } from '#shared/domain/this-clock.ts';
import { Emitter } from '#shared/lib/emitter.ts';
import type { TerminalProbe, TerminalStatus } from '#shared/domain/terminal-status.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { readQuestion, type QuestionReading } from '../sessions/questions/read-question.ts';
import { readSetUp } from '../sessions/set-up/set-up-state.ts';
import type { TitleSigns } from '../plugins/agents/agent.ts';
import { listTerminals, type TerminalRow } from '../storage/terminals.ts';
import { createScreenLooks } from './screen-looks.ts';
import { recordSetUp } from './record-set-up.ts';
import { recordExit, settleTerminal } from './settle-terminal.ts';
import { readTitleSigns, saidByTitle } from './title-signs.ts';

export interface TerminalWatch {
  /** Null while the runtime has not spoken of it. */
  facts(terminal: string | null): TerminalFacts | null;
  /** False while nobody has seen its screen: that its facts name no question says nothing then. */
  hasSeenScreen(terminal: string): boolean;
  /** How it answered when it was last asked, by itself or with all others; null when nobody has asked yet, or there is none. */
  probe(terminal: string | null): TerminalProbe | null;
  /** How far the set-up in it has come; null when there is none, or it is long over. */
  setUp(terminal: string | null): SetUpState | null;
  /** Reports a session whose facts would be shown differently now. */
  onFacts(listener: (session: string) => void): () => void;
  readonly reach: RuntimeReach;
  /** Reports that `reach` has changed. */
  onReach(listener: () => void): () => void;
  /** Asks each runtime once, for all terminals. Never ends a session on doubt. */
  refresh(): Promise<void>;
  close(): void;
}

export type RuntimeReach =
  | { readonly state: 'connected' | 'absent'; readonly why: null }
  | { readonly state: 'unreachable'; readonly why: string };

type Dependencies = Pick<SessionDependencies, 'store' | 'runtime' | 'paths' | 'now' | 'log'> & QuestionReading;

/**
 * @param live follow the runtime's reports from now on, and look at the screens of terminals as they print; without it only `refresh`
 * looks, and at no screen: one call of the command must not parse the screens of all sessions
 */
export function watchTerminals(dependencies: Dependencies, live: boolean): TerminalWatch {
  const { runtime, now, log } = dependencies;
  const known = new Map<string, Known>();
  const probes = new Map<string, TerminalProbe>();
  const changed = new Emitter<string>();
  const reached = new Emitter<void>();
  const looks = createScreenLooks({
    screen: (terminal) => runtime.screen(terminal),
    read: (session, screen) => readQuestion(dependencies, session, screen),
    now,
    seen: (terminal) => tell(terminal),
  });
  let reach: RuntimeReach = { state: 'absent', why: null };
  let turnTimer: NodeJS.Timeout | null = null;
  let turnAt = Infinity;
  let doubtTimer: NodeJS.Timeout | null = null;
  let closed = false;

  const take = (told: TerminalStatus): void => {
    const before = known.get(told.terminal);
    const status = statusByNow(
      told,
      before === undefined ? null : { told: before.asTold, status: before.status },
      now(),
    );
    const setUp = lookAtSetUp(status, before);
    const one: Known = {
      ...{ shown: before?.shown ?? null, foundAt: before?.foundAt ?? now(), asTold: told, status, setUp },
      titles: before?.titles === undefined ? readTitleSigns(dependencies, told.session) : before.titles,
    };
    known.set(status.terminal, one);
    if (live && setUp !== null && isNews(setUp, before)) write(recordSetUp(dependencies.store, status, setUp));
    probes.delete(status.terminal);
    if (status.exit !== null) looks.forget(status.terminal);
    if (status.exit !== null && (before?.status.exit ?? null) === null) {
      write(recordExit(dependencies, status, status.exit));
    }
    lookIfDue(status);
    tell(status.terminal);
    watchTurns([one]);
  };
  /** Its script writes before it prints, and what it prints is reported. Once it is over nothing is read any more. */
  const lookAtSetUp = ({ session, exit }: TerminalStatus, before: Known | undefined): SetUpState | null => {
    if (exit !== null || (before !== undefined && !isUnderWay(before.setUp))) return before?.setUp ?? null;
    return readSetUp(dependencies.paths, session);
  };
  /** What was over before anybody looked is told by nobody. */
  const isNews = (setUp: SetUpState, before: Known | undefined): boolean =>
    before === undefined ? isUnderWay(setUp) : JSON.stringify(setUp) !== JSON.stringify(before.setUp);
  const lookIfDue = (status: TerminalStatus): void => {
    const dueAt = live ? looks.dueAt(status) : null;
    if (dueAt !== null && dueAt <= now()) looks.want(status);
  };
  const write = (writing: Promise<unknown>): void =>
    void writing.catch((error: unknown) => log('terminals.record_failed', { error: String(error) }));

  const factsOf = (one: Known): TerminalFacts => {
    const status = byNow(one);
    return {
      ...{ ...status, ...saidByTitle(status, one.titles ?? null) },
      ...{ screen: screenByNow(looks.questionOf(status.terminal), status.lastOutputAt) },
      ...(live ? { seenAt: looks.seenAt(status.terminal) } : {}),
    };
  };
  /** Kept as soon as it differs: the clock may be put back while nothing is printed. */
  const byNow = (one: Known): TerminalStatus => {
    const status = statusByNow(one.asTold, { told: one.asTold, status: one.status }, now());
    if (status !== one.asTold) known.set(status.terminal, { ...(known.get(status.terminal) ?? one), status });
    return status;
  };

  /** Reports it when it would be shown differently than it was last told. */
  const tell = (terminal: string): void => {
    const one = known.get(terminal);
    if (one === undefined) return;
    const shown = JSON.stringify([one.status.exit === null, one.setUp, activityOf(factsOf(one), one.foundAt, now())]);
    if (shown === one.shown) return;
    known.set(terminal, { ...(known.get(terminal) ?? one), shown });
    changed.emit(one.status.session);
  };

  /** One timer for all terminals of which something may turn by itself, none when all rest; brought forward by what turns earlier. */
  const watchTurns = (terminals: Iterable<Known>): void => {
    if (!live || closed) return;
    const due = [...terminals].flatMap((one) => turnsOf(one)).filter((at) => at > now());
    const next = Math.min(...due);
    if (due.length === 0 || (turnTimer !== null && turnAt <= next)) return;
    if (turnTimer !== null) clearTimeout(turnTimer);
    turnAt = next;
    turnTimer = setTimeout(turn, Math.max(leastWait, next - now())).unref();
  };
  const turnsOf = (one: Known): readonly number[] =>
    one.status.exit === null ? [...turningPoints(factsOf(one), one.foundAt), looks.dueAt(byNow(one)) ?? 0] : [];
  const turn = (): void => {
    turnTimer = null;
    for (const one of [...known.values()]) {
      lookIfDue(byNow(one));
      tell(one.status.terminal);
    }
    watchTurns(known.values());
  };

  const setReach = (next: RuntimeReach): void => {
    const differs = next.state !== reach.state || next.why !== reach.why;
    reach = next;
    if (differs) reached.emit();
  };

  const refresh = async (): Promise<void> => {
    const rows = dependencies.store.read((tx) => listTerminals(tx)).filter(isOpen);
    const survey = await runtime.survey(rows.map(({ id, runtime: name }) => ({ terminal: id, runtime: name })));
    const { unreachable } = survey;
    setReach(unreachable === null ? { state: 'connected', why: null } : { state: 'unreachable', why: unreachable });
    for (const status of survey.statuses) take(status);
    takeProbes(rows, survey.probes);
    const named = new Map(survey.statuses.map((status) => [status.terminal, status]));
    const settled = await Promise.allSettled(
      rows.map((row) =>
        settleTerminal(dependencies, row, { status: named.get(row.id), probe: survey.probes.get(row.id) }),
      ),
    );
    for (const each of settled) {
      if (each.status === 'rejected') log('terminals.record_failed', { error: String(each.reason) });
    }
    lookAgain(unreachable !== null || settled.some((each) => each.status === 'rejected' || each.value === 'in-doubt'));
  };

  /** What no status told: kept until one does, and told when it is another answer. */
  const takeProbes = (rows: readonly TerminalRow[], answers: ReadonlyMap<string, TerminalProbe>): void => {
    const before = new Map(probes);
    probes.clear();
    for (const { id, session } of rows) {
      const answer = answers.get(id);
      if (answer !== undefined) probes.set(id, answer);
      if (JSON.stringify(answer) !== JSON.stringify(before.get(id))) changed.emit(session);
    }
  };

  /** The runtime went away, and agents that it ran may outlive it by moments or by hours. */
  const lookAgain = (inDoubt: boolean): void => {
    if (doubtTimer !== null) clearTimeout(doubtTimer);
    doubtTimer = live && inDoubt && !closed ? setTimeout(() => write(refresh()), doubtEvery).unref() : null;
  };

  const stop = live
    ? runtime.onStatus((status) => {
        if (status !== null) return take(status);
        known.clear();
        looks.forgetAll();
        write(refresh());
      })
    : () => undefined;

  return {
    facts: (terminal) => {
      const one = known.get(terminal ?? '');
      return one === undefined ? null : factsOf(one);
    },
    hasSeenScreen: (terminal) => looks.hasSeen(terminal),
    probe(terminal) {
      if (terminal === null) return null;
      const status = known.get(terminal)?.status;
      const told: TerminalProbe | null =
        status === undefined ? null : status.exit === null ? alive(status) : { kind: 'ended', exit: status.exit };
      return probes.get(terminal) ?? told;
    },
    setUp: (terminal) => known.get(terminal ?? '')?.setUp ?? null,
    onFacts: (listener) => changed.on(listener),
    onReach: (listener) => reached.on(listener),
    get reach() {
      return reach;
    },
    refresh,
    close() {
      closed = true;
      stop();
      looks.close();
      if (turnTimer !== null) clearTimeout(turnTimer);
      if (doubtTimer !== null) clearTimeout(doubtTimer);
    },
  };
}

const alive = ({ pid }: TerminalStatus): TerminalProbe => ({ kind: 'alive', pid });

interface Known {
  readonly asTold: TerminalStatus;
  /** By this clock. */
  readonly status: TerminalStatus;
  readonly setUp: SetUpState | null;
  /** How its agent's titles are read; undefined while that can't be told. */
  readonly titles: TitleSigns | null | undefined;
  /** When it was first heard of. */
  readonly foundAt: number;
  /** What was last told of it to others; null before anything was. */
  readonly shown: string | null;
}

/** It was seen with some output, which is not later than the last. */
const screenByNow = (screen: ScreenQuestion | null, lastOutputAt: number | null): ScreenQuestion | null =>
  screen === null || lastOutputAt === null || screen.at <= lastOutputAt
    ? screen
    : { ...screen, at: lastOutputAt, since: Math.min(screen.since, lastOutputAt) };

/** Milliseconds between two turns, at least. */
const leastWait = 50;
/** Milliseconds between two looks at terminals of which the runtime says nothing. */
const doubtEvery = 2000;

const isOpen = ({ state }: TerminalRow): boolean => state === 'alive' || state === 'lost';
