// What the sessions of a home ask, looked at again and again by the host that supervises.
import { standingQuestion } from '#shared/domain/activity.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { listOpenQuestions } from '../storage/questions.ts';
import { getSession } from '../storage/sessions.ts';
import { listOpenAgents } from '../storage/terminals.ts';
import { showQuestion, type ShownQuestion } from '../sessions/questions/show-question.ts';
import type { TerminalWatch } from './terminal-watch.ts';

type Dependencies = Pick<SessionDependencies, 'store' | 'newId' | 'now'>;
type Watch = Pick<TerminalWatch, 'facts' | 'hasSeenScreen'>;

/** One session, or all; those of which nothing is to be said cost a look into memory. */
export async function lookForQuestions(
  dependencies: Dependencies,
  watch: Watch,
  session: string | null = null,
): Promise<void> {
  const { store, now } = dependencies;
  const records = store.read((tx) => {
    const open = listOpenQuestions(tx).map((question) => question.session);
    const ids = session === null ? new Set([...listOpenAgents(tx), ...open]) : [session];
    return [...ids].flatMap((id) => {
      const stored = getSession(tx, id);
      return stored === null || 'damaged' in stored ? [] : [stored.record];
    });
  });
  const open = new Set(store.read((tx) => listOpenQuestions(tx, session)).map((question) => question.session));
  for (const record of records) {
    const shown = shownQuestion(record, watch, now());
    if (shown.kind === 'asks' || open.has(record.id)) await showQuestion(dependencies, record.id, shown);
  }
}

function shownQuestion({ lifecycle, terminal }: SessionRecord, watch: Watch, now: number): ShownQuestion {
  if (isTerminal(lifecycle) || terminal === null) return { kind: 'nothing', why: 'ended' };
  const facts = watch.facts(terminal);
  if (facts === null) return { kind: 'unknown' };
  if (facts.exit !== null) return { kind: 'nothing', why: 'ended' };
  const standing = standingQuestion(facts, now);
  if (standing !== null) {
    const { found, since } = standing;
    return { kind: 'asks', terminal, source: 'screen', found, at: since, typedAt: facts.inputAt };
  }
  if (!watch.hasSeenScreen(terminal)) return { kind: 'unknown' };
  const wasTyped = facts.screen !== null && facts.inputAt !== null && facts.inputAt > facts.screen.at;
  return { kind: 'nothing', why: wasTyped ? 'typed' : 'withdrawn' };
}
