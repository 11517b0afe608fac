// What is to be done, and what is only told. Pure.
import {
  actFor,
  classify,
  isMassDeath,
  isReapable,
  orphanGrace,
  type Classification,
  type RecoveryAct,
} from '#shared/domain/recovery.ts';
import { evidenceLine, recoveryWords, type RecoveryItem } from '#shared/domain/recovery-report.ts';
import type { Orphan, RecoveryFacts, SessionFacts } from './facts.ts';

export interface RecoveryWish {
  readonly project: string | null;
  /** A person asks: what has lost its terminal is ended now, not after a while. */
  readonly asked: boolean;
  /** A person says that so many have indeed ended. */
  readonly endMany: boolean;
  /** Terminals that an earlier pass of this process found without a place already. */
  readonly seenBefore: ReadonlySet<string>;
}

export type RecoveryStep =
  | {
      readonly kind: 'session';
      readonly act: RecoveryAct;
      readonly classification: Classification;
      readonly facts: SessionFacts;
      readonly item: RecoveryItem;
    }
  | { readonly kind: 'orphan'; readonly orphan: Orphan; readonly ours: boolean; readonly item: RecoveryItem }
  | { readonly kind: 'claim'; readonly session: string; readonly item: RecoveryItem }
  | { readonly kind: 'half-made'; readonly item: RecoveryItem };

export interface RecoveryPlan {
  readonly steps: readonly RecoveryStep[];
  readonly held: boolean;
  /** Terminals that are to be ended once they have been seen for longer. */
  readonly waiting: ReadonlySet<string>;
}

export function planRecovery(facts: RecoveryFacts, wish: RecoveryWish): RecoveryPlan {
  const halfMade = new Set(facts.halfMade.map(({ session }) => session));
  const judged = facts.sessions
    .filter(({ record }) => !halfMade.has(record.id))
    .map((each) => judge(each, facts, wish))
    .filter((step) => wish.project === null || step.facts.record.project === wish.project);
  const held = !wish.endMany && seemsMassDeath(judged);
  const steps: readonly RecoveryStep[] = [
    ...facts.halfMade
      .filter((row) => wish.project === null || projectOf(facts, row.session) === wish.project)
      .map(({ id, session }) => halfMadeStep(id, session)),
    ...facts.idleClaims.filter(({ project }) => wish.project === null || project === wish.project).map(claimStep),
    ...(held ? judged.map(holdBack) : judged).filter(isWorthTelling),
    ...(wish.project === null ? orphanSteps(facts, wish) : []),
  ];
  return { steps, held, waiting: waitingIn(facts) };
}

type SessionStep = Extract<RecoveryStep, { kind: 'session' }>;

function judge(session: SessionFacts, facts: RecoveryFacts, wish: RecoveryWish): SessionStep {
  const { record, evidence, processes } = session;
  const classification = classify(evidence);
  const ours = isReapable(record.id, facts) && record.terminal !== facts.ownTerminal;
  const due = wish.asked || (isOld(ages(processes)) && wish.seenBefore.has(record.terminal ?? ''));
  const act = actFor(
    classification,
    {
      state: evidence.record,
      recoveries: record.recoveryCount,
      escalatedFor: record.lifecycle.session.state === 'stuck' ? record.escalationReason : null,
      stopped:
        record.lifecycle.session.reason !== 'agent_process_exited' &&
        record.lifecycle.session.reason !== 'runtime_lost',
    },
    { ours, due },
  );
  return { kind: 'session', act, classification, facts: session, item: itemOf(session, classification, act, ours) };
}

function itemOf(
  { record, evidence }: SessionFacts,
  { class: kind, reason }: Classification,
  act: RecoveryAct,
  ours: boolean,
): RecoveryItem {
  return {
    ...{ subject: record.id, session: record.id, class: kind, act },
    state: act === 'none' ? 'left' : 'planned',
    what: recoveryWords[reason],
    evidence: evidenceLine(evidence),
    todo: todoFor(record.id, { kind, reason, act, ours }),
  };
}

function todoFor(
  id: string,
  { kind, reason, act, ours }: { kind: string; reason: Classification['reason']; act: RecoveryAct; ours: boolean },
): string {
  if (kind === "can't-tell")
    return reason === 'in-work' ? '' : 'Try again in a moment; `athene doctor` shows what does not answer.';
  if (reason === 'runs-without-terminal' && act !== 'reap')
    return ours ? `Ended soon; at once by \`athene recover\`.` : `End it: athene session kill ${id}`;
  if (kind === 'partial' && act !== 'reap')
    return `Look at it; athene session kill ${id} ends it, restore starts it again.`;
  return act === 'end' || act === 'reap' ? `Go on with it: athene session restore ${id}` : '';
}

/** Of a boot that is over nothing can be left, and an end that was seen is no guess. */
const seemsDead = ({ act, classification, facts }: SessionStep): boolean =>
  act === 'end' && classification.reason === 'vanished' && facts.trace?.earlierBoot !== true;

function seemsMassDeath(steps: readonly SessionStep[]): boolean {
  const takenToLive = steps.filter(
    ({ facts }) => facts.evidence.record === 'running' || facts.evidence.record === 'doubted',
  );
  return isMassDeath(steps.filter(seemsDead).length, takenToLive.length);
}

function holdBack(step: SessionStep): SessionStep {
  if (!seemsDead(step)) return step;
  const todo = 'If they have indeed ended: athene recover --end-many';
  return { ...step, item: { ...step.item, state: 'held', todo } };
}

/** What is as it should be is not told; nor what has ended. */
const isWorthTelling = ({ act, classification }: SessionStep): boolean =>
  act !== 'none' ||
  classification.class === 'partial' ||
  (classification.class === "can't-tell" && classification.reason !== 'in-work');

/** So many at once mean a database of another time rather than as many forgotten programs: a person says so first. */
function orphanSteps(facts: RecoveryFacts, wish: RecoveryWish): readonly OrphanStep[] {
  const steps = facts.orphans.map((orphan) => orphanStep(orphan, facts, wish));
  const ending = steps.filter(({ item }) => item.state === 'planned').length;
  if (wish.asked || !isMassDeath(ending, facts.sessions.length + facts.orphans.length)) return steps;
  const todo = 'So many at once are left alone. To end them: athene recover';
  return steps.map((step) => ({ ...step, item: { ...step.item, state: 'left', todo } }));
}

type OrphanStep = Extract<RecoveryStep, { kind: 'orphan' }>;

function orphanStep(orphan: Orphan, facts: RecoveryFacts, wish: RecoveryWish): OrphanStep {
  const { terminal, session, age, pids, shown } = orphan;
  const ours = isReapable(session, facts) && terminal !== facts.ownTerminal;
  const due = isOld([age]) && (wish.asked || wish.seenBefore.has(terminal));
  return {
    kind: 'orphan',
    orphan,
    ours,
    item: {
      ...{ subject: terminal, session: null, class: 'orphan', act: 'reap' },
      state: ours && due ? 'planned' : 'left',
      what: `A program that was started for ${session} runs, and no terminal of it is on record.`,
      evidence: `terminal ${shown ? 'shown' : 'absent'}, pids ${pids.join(' ')}, age ${age === null ? 'unknown' : `${Math.round(age / 1000)} s`}`,
      todo: ours
        ? due
          ? ''
          : 'Ended once it is older than two minutes.'
        : 'Not a name that Athene gives: look at it.',
    },
  };
}

const halfMadeStep = (request: string, session: string | null): RecoveryStep => ({
  kind: 'half-made',
  item: {
    ...{ subject: session ?? request, session, class: 'half-made', act: 'settle', state: 'planned' },
    what: 'The process that was making it is gone.',
    evidence: 'its maker gone',
    todo: '',
  },
});

const claimStep = ({ session, issue }: { readonly session: string; readonly issue: string }): RecoveryStep => ({
  kind: 'claim',
  session,
  item: {
    ...{ subject: issue, session, class: 'claim', act: 'free', state: 'planned' },
    what: `${session} holds issue ${issue} although it has ended.`,
    evidence: 'session ended',
    todo: '',
  },
});

function waitingIn({ sessions, orphans }: RecoveryFacts): ReadonlySet<string> {
  const hidden = sessions.filter(({ evidence }) => classify(evidence).reason === 'runs-without-terminal');
  return new Set([
    ...hidden.flatMap(({ record }) => record.terminal ?? []),
    ...orphans.map(({ terminal }) => terminal),
  ]);
}

const projectOf = ({ sessions }: RecoveryFacts, session: string | null): string | null =>
  sessions.find(({ record }) => record.id === session)?.record.project ?? null;

const ages = (processes: SessionFacts['processes']): readonly (number | null)[] => processes.map(({ age }) => age);
const isOld = (all: readonly (number | null)[]): boolean =>
  all.length > 0 && all.every((age) => age !== null && age >= orphanGrace);
