// All that this host knows of a session beside its record, from every source: what a decision is made from.
import type { Known } from '#shared/domain/decide.ts';
import type { Fact } from '#shared/domain/fact.ts';
import { factsByNow } from '#shared/domain/this-clock.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { listOpenQuestions } from '../storage/questions.ts';
import { lastReport } from '../storage/reports.ts';
import type { ReadTransaction } from '../storage/store.ts';
import type { AwakeWatch } from './awake-watch.ts';
import type { HookFacts } from './hook-facts.ts';
import type { TranscriptWatch } from './transcript-watch.ts';
import type { TerminalWatch } from './terminal-watch.ts';

export type KnownFacts = (tx: ReadTransaction, record: SessionRecord) => Known;

export function createKnownFacts({
  hooks,
  watch,
  transcripts,
  awake,
  now,
}: {
  readonly hooks: HookFacts;
  readonly watch: Pick<TerminalWatch, 'facts'>;
  readonly transcripts: Pick<TranscriptWatch, 'facts'>;
  readonly awake: Pick<AwakeWatch, 'since'>;
  readonly now: () => number;
}): KnownFacts {
  return (tx, record) => {
    const byNow = (facts: readonly Fact[]) => factsByNow(facts, begunAt(record), now());
    return {
      facts: [
        ...byNow(hooks(tx, record)),
        ...byNow(ofThisRun(record, transcripts.facts(record.id))),
        ...byNow(reports(tx, record)),
        ...byNow(questions(tx, record)),
      ],
      terminal: watch.facts(record.terminal),
      thawedAt: Math.max(record.thawedAt ?? 0, awake.since()),
    };
  };
}

const begunAt = ({ restoredAt, lifecycle }: SessionRecord): number => restoredAt ?? lifecycle.session.startedAt ?? 0;

/** A transcript goes on over all runs of a conversation. */
const ofThisRun = (record: SessionRecord, facts: readonly Fact[]): readonly Fact[] =>
  facts.filter(({ at }) => at >= begunAt(record));

/** What it reported in the run before is over. */
function reports(tx: ReadTransaction, { id, terminal }: SessionRecord): readonly Fact[] {
  const report = lastReport(tx, id);
  if (report === null || report.terminal !== terminal) return [];
  const { at, state, note } = report;
  return [{ source: 'report', at, by: id, claim: { kind: 'reports', state, note } }];
}

/** The supervisor looks at screens, and keeps what it found. */
const questions = (tx: ReadTransaction, { id, terminal, agent }: SessionRecord): readonly Fact[] =>
  listOpenQuestions(tx, id)
    .filter((question) => question.terminal === terminal)
    .map(({ source, asked, found, drawsOn }) => ({
      ...{ source: source === 'screen' ? 'screen' : 'hook', at: asked, by: agent },
      claim: { kind: 'asks', question: found, ...(drawsOn ? { drawsOn } : {}) },
    }));
