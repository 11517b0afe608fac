// What the sessions of a home ask, looked at again and again by the host that supervises.
import { standingQuestion } from '#shared/domain/activity.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { listOpenQuestions } from '../storage/questions.ts';
import { getSession } from '../storage/sessions.ts';
import { listOpenAgents } from '../storage/terminals.ts';
import { showQuestion, type ShownQuestion } from '../sessions/questions/show-question.ts';
import { shownTogether } from '../sessions/questions/shown-together.ts';
import type { TerminalWatch } from './terminal-watch.ts';
import type { ToldQuestion, ToldQuestions } from './told-question.ts';

type Dependencies = Pick<SessionDependencies, 'store' | 'newId' | 'now'>;
interface Sources {
  readonly watch: Pick<TerminalWatch, 'facts' | 'hasSeenScreen'>;
  readonly told: ToldQuestions;
}

export interface QuestionWatch {
  /** At one session, or at all. */
  look(session?: string): Promise<void>;
}

export const watchQuestions = (dependencies: Dependencies, sources: Sources): QuestionWatch => ({
  look: (session) => lookForQuestions(dependencies, sources, session ?? null),
});

/** Those of which nothing is to be said cost a look into memory. */
async function lookForQuestions(
  dependencies: Dependencies,
  { watch, told }: Sources,
  session: string | null,
): Promise<void> {
  const { store, now } = dependencies;
  const records = store.read((tx) => {
    const open = listOpenQuestions(tx).map((question) => question.session);
    const ids = session === null ? new Set([...listOpenAgents(tx), ...open]) : [session];
    return [...ids].flatMap((id) => {
      const stored = getSession(tx, id);
      return stored === null || 'damaged' in stored ? [] : [{ record: stored.record, told: told(tx, stored.record) }];
    });
  });
  const open = new Set(store.read((tx) => listOpenQuestions(tx, session)).map((question) => question.session));
  for (const { record, ...sources } of records) {
    const shown = shownQuestion(record, { watch, ...sources }, now());
    if (shown.kind === 'asks' || open.has(record.id)) await showQuestion(dependencies, record.id, shown);
  }
}

function shownQuestion(
  { lifecycle, terminal }: SessionRecord,
  { watch, told }: Pick<Sources, 'watch'> & { readonly told: ToldQuestion },
  now: number,
): ShownQuestion {
  if (isTerminal(lifecycle) || terminal === null) return { kind: 'nothing', why: 'ended' };
  const facts = watch.facts(terminal);
  if (facts === null) return { kind: 'unknown' };
  if (facts.exit !== null) return { kind: 'nothing', why: 'ended' };
  const standing = standingQuestion(facts, now);
  const isStale = standing === null || standing.at < (told.wentOnAt ?? 0);
  const onScreen = isStale ? null : { found: standing.found, at: standing.since };
  const together = shownTogether(told.asked, onScreen, facts.inputAt);
  const drawsOn = standing?.drawsOn === true;
  if (together !== null) return { kind: 'asks', terminal, ...together, typedAt: facts.inputAt, drawsOn };
  if (!watch.hasSeenScreen(terminal)) return { kind: 'unknown' };
  const wasTyped = facts.screen !== null && facts.inputAt !== null && facts.inputAt > facts.screen.at;
  return { kind: 'nothing', why: wasTyped ? 'typed' : 'withdrawn' };
}
