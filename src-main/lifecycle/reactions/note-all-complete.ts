// Tells once that no worker is active any more, until one is again.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import { ruleInForce, type RuleInForce } from '#shared/domain/reaction.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { stateWords } from '#shared/domain/state-words.ts';
import { screenStateOf } from '#shared/domain/status.ts';
import { recordEvent } from '../../storage/events.ts';
import { noteActive, wasAnyActive } from '../../storage/reactions.ts';
import { listSessions, type StoredSession } from '../../storage/sessions.ts';
import type { ReadTransaction, Transaction } from '../../storage/store.ts';
import { readLine } from '../../storage/waiting-line.ts';
import type { ReactionDependencies } from './dependencies.ts';

export async function noteAllComplete(dependencies: ReactionDependencies): Promise<void> {
  const { store } = dependencies.sessions;
  if (store.read(isSame)) return;
  const rule = ruleInForce('all-complete', [dependencies.configuration.wholeConfig().reactions, {}]);
  await store.write('reactions: all complete', (tx) => {
    if (isSame(tx)) return;
    const before = wasAnyActive(tx);
    const active = isAnyActive(tx);
    noteActive(tx, active);
    // What was so before anybody looked is not news.
    if (before === true && !active && rule !== null) tell(tx, dependencies, rule);
  });
}

const isSame = (tx: ReadTransaction): boolean => wasAnyActive(tx) === isAnyActive(tx);

/** Whoever waits in line is about to be; of a damaged record nobody can tell. */
function isAnyActive(tx: ReadTransaction): boolean {
  const { sessions, damaged } = listSessions(tx);
  return (
    damaged.length > 0 || readLine(tx).length > 0 || workersOf(sessions).some(({ lifecycle }) => !isTerminal(lifecycle))
  );
}

const workersOf = (sessions: readonly StoredSession[]): readonly SessionRecord[] =>
  sessions.map(({ record }) => record).filter(({ kind }) => !isCoordinator(kind));

function tell(tx: Transaction, dependencies: ReactionDependencies, rule: RuleInForce): void {
  const over = workersOf(listSessions(tx).sessions);
  // Whoever removed the last one knows.
  if (over.length === 0) return;
  const body = rule.includeSummary ? summaryOf(over) : 'No agent works any more.';
  recordEvent(tx, {
    kind: 'summary.all_complete',
    session: null,
    project: null,
    source: 'athene',
    text: `All complete. ${body}`,
    priority: rule.priority ?? 'info',
  });
  dependencies.tellNotice(tx, {
    ...{ id: dependencies.sessions.newId(), kind: 'finished', priority: rule.priority ?? 'info' },
    ...{ sessions: over.slice(-mostNamed).map(({ id }) => id), title: 'All agents have finished', body },
  });
}

/** Sessions that the notice leads to. */
const mostNamed = 20;

function summaryOf(over: readonly SessionRecord[]): string {
  const states = Map.groupBy(over, ({ lifecycle, exit }) => screenStateOf(lifecycle, exit));
  const parts = [...states].map(([state, of]) => `${of.length} ${stateWords[state].toLowerCase()}`);
  return `${over.length} ${over.length === 1 ? 'session' : 'sessions'}: ${parts.join(', ')}.`;
}
