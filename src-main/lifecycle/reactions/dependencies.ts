import type { Notice } from '#shared/domain/notice.ts';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { ProjectConfiguration } from '../../projects/configuration.ts';
import type { SessionDependencies } from '../../sessions/dependencies.ts';
import type { ReadTransaction, Transaction } from '../../storage/store.ts';
import type { KnownFacts } from '../known-facts.ts';

/** What reactions need of the host. */
export interface ReactionDependencies {
  readonly sessions: SessionDependencies;
  readonly configuration: Pick<ProjectConfiguration, 'wholeConfig'>;
  /** What is known of a session's pull request; null: nothing yet. Nobody is asked for it. */
  readonly pullRequest: (tx: ReadTransaction, record: SessionRecord) => PullRequestFacts | null;
  /** When somebody last typed into a terminal; null when that is not known. */
  readonly typedAt: (terminal: string | null) => number | null;
  readonly known: KnownFacts;
  /** Writes down a notice, and where it goes. */
  readonly tellNotice: (tx: Transaction, notice: Notice) => void;
}
