// What follows from an event for its session's record. Pure: the event says that something happened, the facts say what is so.
import { withPullRequestOpened } from '#shared/domain/lifecycle.ts';
import { onBranch } from '#shared/domain/session-branch.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { SpooledEvent } from './read-spool.ts';

export interface EventFacts {
  /** The branch that the session's worktree really stands on; null when it was not asked, or stands on none. */
  readonly branch: string | null;
  /** The agent's own conversation, when the event tells it. */
  readonly conversation: string | null;
}

/** After these the worktree may stand on another branch. */
export const mayMoveBranch = ({ source, kind }: SpooledEvent): boolean =>
  (source === 'git' && kind === 'checkout') || kind === 'Stop';

/** Told by the wrapper of its command. */
export const isCodeHost = (source: string): boolean => source === 'gh' || source === 'glab';

/** The same object when nothing follows. */
export function withEvent(record: SessionRecord, event: SpooledEvent, facts: EventFacts, now: number): SessionRecord {
  const told = withConversation(withPullRequest(record, event, now), event, facts);
  return facts.branch === null ? told : onBranch(told, facts.branch);
}

function withPullRequest(record: SessionRecord, event: SpooledEvent, now: number): SessionRecord {
  if (!isCodeHost(event.source) || event.kind !== 'pr-create') return record;
  const { told } = event.data;
  const opened = pullRequestAt(typeof told === 'object' && told !== null && 'url' in told ? told.url : null);
  if (opened === null) return record;
  const lifecycle = withPullRequestOpened(record.lifecycle, opened, now);
  return lifecycle === record.lifecycle ? record : { ...record, lifecycle };
}

/** Of GitHub or GitLab, or a server of one's own. */
export function pullRequestAt(url: unknown): { readonly url: string; readonly number: number } | null {
  if (typeof url !== 'string' || url.length > 500) return null;
  const match =
    /^https:\/\/[A-Za-z0-9.-]+(?::\d+)?\/(?:[\w.-]+\/[\w.-]+\/pull|[\w.-]+(?:\/[\w.-]+)+\/-\/merge_requests)\/([1-9]\d{0,8})$/.exec(
      url,
    );
  return match === null ? null : { url, number: Number(match[1]) };
}

/** Only from the terminal that the agent runs in now: one that was replaced has nothing more to say. */
function withConversation(record: SessionRecord, event: SpooledEvent, { conversation }: EventFacts): SessionRecord {
  if (conversation === null || conversation === record.conversation || event.terminal !== record.terminal)
    return record;
  return { ...record, conversation };
}
