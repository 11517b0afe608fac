// What a session that lives is doing, from all that is known of it: the one function by which it is recorded and shown. Pure: time comes in.
import { assertNever } from '../lib/assert-never.ts';
import {
  activityOf,
  goesOnAfter,
  quietAfter,
  standingQuestion,
  type Activity,
  type TerminalFacts,
} from './activity.ts';
import { withReport } from './agent-report.ts';
import type { FoundQuestion } from './asked-question.ts';
import { decision, told, trust, type Decision } from './decision.ts';
import type { Fact } from './fact.ts';
import { isEscalated, isTerminal, type Lifecycle } from './lifecycle.ts';
import { turnOf, type Turn, type TurnSoFar } from './turn.ts';

/** Milliseconds for which a turn must have been over before it counts: an agent may go on by itself, or start a helper. */
export const restsAfter = 2000;
/** Milliseconds of silence after which one that says it works is called stuck. */
export const stuckAfter = 10 * 60_000;
/** Milliseconds for which one that says it can't go on may still try again. */
export const blockedAfter = 60_000;
/** All that is known of a session beside its record. */
export interface Known {
  /** Told by hooks, transcripts and reports in the agent's present run; oldest first, few enough to be folded each time. */
  readonly facts: readonly Fact[];
  /** Null when the runtime has not said anything of its terminal. */
  readonly terminal: TerminalFacts | null;
  /** When it was last continued after a pause, or its machine woke: silence counts from then on. */
  readonly thawedAt?: number | null;
}

/** Null: what is recorded stands (being made, ended, lost, escalated), whatever its terminal shows. */
export function decide(lifecycle: Lifecycle, known: Known, now: number): Decision | null {
  if (!isOpen(lifecycle)) return null;
  const { startedAt, lastTransitionAt } = lifecycle.session;
  const look: Look = {
    now,
    recordedAt: lastTransitionAt,
    terminal: known.terminal,
    thawedAt: known.thawedAt ?? null,
    activity: activityOf(known.terminal, startedAt, now),
    ...turnOf(known.facts, now),
  };
  const typedAt = known.terminal?.inputAt ?? null;
  const decided = withReport(byTurn(look) ?? byTerminal(lifecycle, look), look, { now, typedAt });
  // A clock that was put back makes what happened seem to come.
  return { ...decided, since: Math.min(decided.since, now) };
}

/** A state that facts may change. */
export const isOpen = (lifecycle: Lifecycle): boolean =>
  open.has(lifecycle.session.state) && !isEscalated(lifecycle) && !isTerminal(lifecycle);
const open = new Set<string>(['working', 'idle', 'needs_input', 'stuck']);

interface Look extends TurnSoFar {
  readonly now: number;
  /** When the recorded state was entered. */
  readonly recordedAt: number;
  readonly terminal: TerminalFacts | null;
  readonly thawedAt: number | null;
  readonly activity: Activity;
}

/** Null: nobody has told where its turn stands. */
function byTurn(look: Look): Decision | null {
  const { turn } = look;
  switch (turn.kind) {
    case 'unknown':
      return null;
    case 'works':
      return ofWorking(look, turn);
    case 'asks':
      return ofAsking(look, turn);
    case 'rests':
      return ofResting(look, turn);
    case 'blocked':
      return ofBlocked(look, turn);
    default:
      return assertNever(turn);
  }
}

function ofWorking(look: Look, turn: Extract<Turn, { kind: 'works' }>): Decision {
  const asked = askedOnScreen(look, turn.fact.at);
  if (asked !== null) return asked;
  const silent = bySilence(look, turn.fact, {
    stuck: `${told(turn.fact, 'that it works')}, and nothing has been heard of it since.`,
    typed: 'Somebody typed into it while it worked, and it has been quiet since (inferred).',
  });
  if (silent !== null) return silent;
  const on = turn.fact.claim.kind === 'works' && turn.fact.claim.on !== null ? `: ${turn.fact.claim.on}` : '';
  return decision(
    'working',
    'task_in_progress',
    { rule: 'works', confidence: trust(turn.fact), because: `${told(turn.fact, 'that it works')}${on}.` },
    turn.since,
  );
}

/** What the silence says of one that is taken to work; null: nothing. */
function bySilence(
  look: Look,
  fact: Fact,
  because: { readonly stuck: string; readonly typed: string },
): Decision | null {
  const heard = heardAt(fact, look);
  const silentFor = look.now - heard;
  if (silentFor >= stuckAfter) {
    const silent = { rule: 'works-silent', confidence: 'likely', because: because.stuck } as const;
    return decision('stuck', 'task_in_progress', silent, heard);
  }
  // Who interrupts an agent by a key is told of by no hook.
  if (!typedAfter(look, fact.at) || silentFor <= quietAfter) return null;
  const interrupted = { rule: 'interrupted', confidence: 'guessed', because: because.typed } as const;
  return decision('idle', 'awaiting_user_input', interrupted, heard);
}

function ofAsking(look: Look, turn: Extract<Turn, { kind: 'asks' }>): Decision {
  const { fact, since } = turn;
  // An agent that draws all the time (a spinner in its title) prints while it waits: its hooks, or looks at its screen, tell when it goes on.
  const drawsOn = fact.source === 'hook' || fact.claim.drawsOn === true;
  const wentOn = !drawsOn && (look.terminal?.busyAt ?? 0) - fact.at > goesOnAfter;
  if (typedAfter(look, fact.at) || wentOn) {
    const asked = askedOnScreen(look, fact.at);
    if (asked !== null) return asked;
    const silent = bySilence(look, fact, {
      stuck: 'It asked something and went on, and nothing has been heard of it since.',
      typed: 'It asked something, somebody typed, and it has been quiet since (inferred).',
    });
    if (silent !== null) return silent;
    const because = wentOn
      ? 'It asked something, and has worked on since.'
      : 'It asked something, and somebody has typed since.';
    return decision(
      'working',
      'task_in_progress',
      { rule: 'asked-and-went-on', confidence: 'likely', because },
      look.terminal?.inputAt ?? fact.at,
    );
  }
  const { question } = fact.claim;
  const because =
    fact.source === 'screen' ? onScreen(question.text) : `${told(fact, 'that it asks')}: ${question.text}`;
  const asked = { rule: 'asks', confidence: trust(fact), because };
  return asking(decision('needs_input', 'awaiting_user_input', asked, since), question);
}

function ofResting(look: Look, turn: Extract<Turn, { kind: 'rests' }>): Decision {
  const { fact, since, helpers, began } = turn;
  if (helpers > 0) {
    const because = `Its turn is over, and ${helpers === 1 ? 'a helper' : `${helpers} helpers`} of it still ${helpers === 1 ? 'works' : 'work'}.`;
    return decision('working', 'task_in_progress', { rule: 'helpers-work', confidence: trust(fact), because }, since);
  }
  const asked = askedOnScreen(look, since);
  if (asked !== null) return asked;
  const { busyAt = null, inputAt = null } = look.terminal ?? {};
  if (
    busyAt !== null &&
    busyAt - since > goesOnAfter &&
    (inputAt === null || busyAt - inputAt > goesOnAfter) &&
    look.activity.kind === 'busy'
  ) {
    const because = 'Its turn was over, and it prints again (inferred).';
    return decision(
      'working',
      'task_in_progress',
      { rule: 'prints-after-rest', confidence: 'guessed', because },
      since,
    );
  }
  if (look.now - since < restsAfter && !began) {
    const because = `${told(fact, 'that its turn is over')}; it may still go on.`;
    return decision('working', 'task_in_progress', { rule: 'rests-a-moment', confidence: 'likely', because }, since);
  }
  const because = began
    ? `${told(fact, 'that it has started')}, and it waits for a prompt.`
    : `${told(fact, 'that its turn is over')}.`;
  return decision(
    'idle',
    'awaiting_user_input',
    { rule: began ? 'started' : 'rests', confidence: trust(fact), because },
    since,
  );
}

function ofBlocked(look: Look, { fact, since }: Extract<Turn, { kind: 'blocked' }>): Decision {
  const because = `${told(fact, 'that it can not go on')}: ${fact.claim.why}`;
  return look.now - Math.max(since, look.thawedAt ?? 0) < blockedAfter
    ? decision('working', 'task_in_progress', { rule: 'blocked-a-moment', confidence: trust(fact), because }, since)
    : decision('stuck', 'error_in_process', { rule: 'blocked', confidence: trust(fact), because }, since);
}

/** A question that came onto the screen after something was told. Bells and notices don't count: who tells needs none. */
function askedOnScreen({ terminal, now }: Look, toldAt: number): Decision | null {
  const standing = terminal === null ? null : standingQuestion(terminal, now);
  if (standing === null || standing.at < toldAt) return null;
  const because = onScreen(standing.question);
  const asked = { rule: 'screen-asks', confidence: 'guessed', because } as const;
  return asking(decision('needs_input', 'awaiting_user_input', asked, standing.since), standing.found);
}

const onScreen = (question: string): string => `Its screen ends with a question: "${question}" (inferred).`;

const asking = (decided: Decision, { kind }: Pick<FoundQuestion, 'kind'>): Decision => ({
  ...decided,
  asks: kind === 'permission' || kind === 'trust' ? 'permission' : 'something',
});

/** By its terminal alone, as for any command. */
function byTerminal({ session }: Lifecycle, { activity, terminal, recordedAt, now }: Look): Decision {
  switch (activity.kind) {
    case 'asks': {
      const asked = { rule: 'terminal-asks', confidence: 'guessed', because: activity.because } as const;
      const decided = decision('needs_input', 'awaiting_user_input', asked, activity.since);
      const standing = terminal === null ? null : standingQuestion(terminal, now);
      return standing === null ? decided : asking(decided, standing.found);
    }
    case 'busy':
      return decision(
        'working',
        'task_in_progress',
        activity.says === true
          ? { rule: 'terminal-says', confidence: 'likely', because: 'Its terminal shows that it works (inferred).' }
          : { rule: 'terminal-prints', confidence: 'likely', because: 'Its process runs and prints.' },
        session.state === 'working' ? recordedAt : (terminal?.outputSince ?? recordedAt),
      );
    case 'quiet':
      if (activity.says === true) {
        const because = 'Its terminal shows that it is done, or at its prompt (inferred).';
        const said = { rule: 'terminal-says', confidence: 'likely', because } as const;
        return decision('idle', 'awaiting_user_input', said, activity.since ?? recordedAt);
      }
      return decision(
        'idle',
        'task_in_progress',
        {
          rule: 'terminal-quiet',
          confidence: 'guessed',
          because:
            activity.since === null
              ? 'Its process runs and has printed nothing yet (inferred).'
              : 'Its process runs and has printed nothing for a while (inferred).',
        },
        activity.since ?? recordedAt,
      );
    case 'unknown':
      return asRecorded(session);
    default:
      return assertNever(activity);
  }
}

/** Nobody knows better just now. */
function asRecorded({ state, reason, lastTransitionAt }: Lifecycle['session']): Decision {
  const because =
    state === 'working'
      ? 'Its process was started; the terminal service has not said more yet.'
      : `Recorded as ${reason.replaceAll('_', ' ')}.`;
  return decision(
    state === 'idle' || state === 'needs_input' || state === 'stuck' ? state : 'working',
    reason,
    { rule: 'as-recorded', confidence: 'unknown', because },
    lastTransitionAt,
  );
}

/** Its last sign of life: what it told, or what it printed. */
const heardAt = ({ at }: Pick<Fact, 'at'>, { terminal, thawedAt }: Pick<Known, 'terminal' | 'thawedAt'>): number =>
  Math.max(at, terminal?.lastOutputAt ?? 0, thawedAt ?? 0);

const typedAfter = ({ terminal }: Look, at: number): boolean => (terminal?.inputAt ?? 0) > at;
