// Where an agent's turn stands, by what its hooks and its transcript told: a fold over facts in the order in which they happened. Pure.
import type { Fact } from './fact.ts';

/** Milliseconds by which a transcript's clock may be late: within them a hook's word about the same moment stands. */
const lag = 2000;
/** Milliseconds after which a helper of which nothing is heard counts as ended: its end was lost. */
const helperIsLost = 30 * 60_000;

type ClaimOf<K extends Fact['claim']['kind']> = Fact & { readonly claim: Extract<Fact['claim'], { readonly kind: K }> };

export type Turn =
  /** Nobody has told. */
  | { readonly kind: 'unknown' }
  /** `since` when it began to, `fact` what was told last. */
  | { readonly kind: 'works'; readonly since: number; readonly fact: Fact }
  | { readonly kind: 'asks'; readonly since: number; readonly fact: ClaimOf<'asks'> }
  /** `began`: it has only been started, and waits for its first prompt. `helpers`: agents inside of it that still run. */
  | {
      readonly kind: 'rests';
      readonly since: number;
      readonly fact: Fact;
      readonly began: boolean;
      readonly helpers: number;
    }
  | { readonly kind: 'blocked'; readonly since: number; readonly fact: ClaimOf<'blocked'> };

export interface TurnSoFar {
  readonly turn: Turn;
  /** The last report, while no later prompt made it old. */
  readonly report: ClaimOf<'reports'> | null;
}

/** @param facts in any order; only those of the agent's present run */
export function turnOf(facts: readonly Fact[], now: number): TurnSoFar {
  let state: State = { turn: { kind: 'unknown' }, report: null, helpers: new Map() };
  for (const fact of facts.toSorted((one, other) => one.at - other.at)) state = after(state, fact);
  const helpers = [...state.helpers.values()].filter((at) => now - at < helperIsLost).length;
  const { turn, report } = state;
  return { turn: turn.kind === 'rests' ? { ...turn, helpers } : turn, report };
}

interface State extends TurnSoFar {
  /** When each began; those without a name are numbered, and no number is given twice. */
  readonly helpers: ReadonlyMap<string, number>;
}

function after(state: State, fact: Fact): State {
  const { claim } = fact;
  switch (claim.kind) {
    case 'started':
      return isLate(state.turn, fact)
        ? state
        : { ...state, turn: resting(fact, true), helpers: new Map(), report: null };
    case 'works':
      return isLate(state.turn, fact) ? state : { ...state, ...nextTurn(state, fact) };
    case 'rests':
      return isLate(state.turn, fact) ? state : { ...state, turn: resting(fact, false) };
    case 'asks':
      return isLate(state.turn, fact) ? state : { ...state, turn: asking(state.turn, { ...fact, claim }) };
    case 'answered':
      return state.turn.kind === 'asks' && !isLate(state.turn, fact)
        ? { ...state, turn: working(state.turn, fact) }
        : state;
    case 'blocked':
      return isLate(state.turn, fact) ? state : { ...state, turn: blocked(state.turn, { ...fact, claim }) };
    case 'helper':
      return { ...state, helpers: withHelper(state.helpers, fact.at, claim) };
    case 'reports':
      return { ...state, report: { ...fact, claim } };
    default:
      return state;
  }
}

/** A transcript that tells late of what a hook has told already. */
const isLate = (turn: Turn, { source, at }: Fact): boolean =>
  turn.kind !== 'unknown' && source === 'transcript' && turn.fact.source === 'hook' && at - turn.fact.at < lag;

/** What it reported belongs to the turn that is over. */
const nextTurn = ({ turn, report }: State, fact: Fact): TurnSoFar => ({
  turn: working(turn, fact),
  report: turn.kind === 'rests' ? null : report,
});

const working = (turn: Turn, fact: Fact): Turn => ({
  kind: 'works',
  since: turn.kind === 'works' ? turn.since : fact.at,
  fact,
});

const resting = (fact: Fact, began: boolean): Turn => ({ kind: 'rests', since: fact.at, fact, began, helpers: 0 });

/** Told twice, it asks as long as it did. */
const asking = (turn: Turn, fact: ClaimOf<'asks'>): Turn => ({
  kind: 'asks',
  since: turn.kind === 'asks' && turn.fact.claim.question.text === fact.claim.question.text ? turn.since : fact.at,
  fact,
});

const blocked = (turn: Turn, fact: ClaimOf<'blocked'>): Turn => ({
  kind: 'blocked',
  since: turn.kind === 'blocked' ? turn.since : fact.at,
  fact,
});

function withHelper(
  helpers: ReadonlyMap<string, number>,
  at: number,
  { id, change }: Extract<Fact['claim'], { readonly kind: 'helper' }>,
): ReadonlyMap<string, number> {
  const next = new Map(helpers);
  if (change === 'began') next.set(id ?? freeNumber(next), at);
  // An end without a name ends the one that began first. One whose begin was not told (Claude Code has such of its own) ends no other.
  else next.delete(id ?? [...next.keys()][0] ?? '');
  return next;
}

function freeNumber(helpers: ReadonlyMap<string, number>): string {
  let number = helpers.size;
  while (helpers.has(`#${number}`)) number += 1;
  return `#${number}`;
}
