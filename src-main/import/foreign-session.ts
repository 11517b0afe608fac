// One session file of another tool, as a record of ours: always an ended one, which can be restored here.
import { z } from 'zod';
import { isSafeBranch } from '#shared/domain/branch.ts';
import { sessionIdPattern } from '#shared/domain/identifier.ts';
import { normaliseIssue } from '#shared/domain/issue.ts';
import { initialLifecycle, type Lifecycle } from '#shared/domain/lifecycle.ts';
import { displayName, untouchedSession, type SessionRecord } from '#shared/domain/session.ts';

const text = z.string().max(100_000).nullish();
const moment = z.union([z.string(), z.number()]).nullish();

/** Only what is taken over; everything may be missing, and all of it is outside text. */
export const foreignSessionSchema = z.object({
  branch: text,
  status: text,
  worktree: text,
  issue: text,
  pr: text,
  agent: text,
  role: text,
  summary: text,
  displayName: text,
  userPrompt: text,
  opencodeSessionId: text,
  createdAt: moment,
  lifecycle: z
    .object({
      session: z.object({ state: z.string() }).nullish(),
      pr: z.object({ state: z.string().nullish(), number: z.int().positive().nullish(), url: text }).nullish(),
    })
    .nullish(),
});
export type ForeignSession = z.infer<typeof foreignSessionSchema>;

const endedWords = new Set(['done', 'terminated', 'killed', 'cleanup', 'merged', 'errored', 'exited']);

/** Has it ended there? A session that still may run in the other tool is not taken over: two would work in one worktree. */
export function hasEnded({ lifecycle, status }: ForeignSession): boolean {
  const state = lifecycle?.session?.state;
  if (lifecycle?.pr?.state === 'merged') return true;
  return endedWords.has(state ?? status ?? '');
}

export interface Place {
  readonly project: string;
  readonly repository: string | null;
  /** The worktree is there and git knows it as one of this project. */
  readonly worktreeIsThere: boolean;
  readonly baseCommit: string;
  readonly now: number;
}

/** Null when the id can't be one of ours. */
export function recordOf(id: string, session: ForeignSession, place: Place): SessionRecord | null {
  const prefix = /^(.+)-(?:\d+|orchestrator)$/.exec(id)?.[1];
  if (prefix === undefined || !sessionIdPattern.test(id)) return null;
  const digits = /-(\d{1,15})$/.exec(id)?.[1];
  const orchestrator = session.role === 'orchestrator' || digits === undefined;
  const issue = session.issue ? normaliseIssue(session.issue, place.repository) : null;
  const prompt = session.userPrompt ? printable(session.userPrompt) : null;
  const branch = session.branch && isSafeBranch(session.branch) ? session.branch : null;
  const createdAt = timeOf(session.createdAt) ?? place.now;
  return {
    ...untouchedSession,
    version: 1,
    id,
    project: place.project,
    kind: orchestrator ? 'orchestrator' : 'worker',
    prefix,
    number: digits === undefined ? null : Number(digits),
    name: displayName(session.displayName ?? session.summary ?? prompt, id),
    agent: /^[a-z0-9][a-z0-9-]{0,63}$/.test(session.agent ?? '') ? (session.agent ?? '') : 'claude-code',
    command: null,
    prompt,
    promptDelivery: prompt === null ? 'none' : 'delivered',
    issue: issue === null || !session.issue ? null : { raw: session.issue.slice(0, 500), id: issue },
    owner: { kind: 'project' },
    permissions: 'ask',
    model: null,
    conversation: /^ses_[A-Za-z0-9_-]{1,100}$/.test(session.opencodeSessionId ?? '')
      ? (session.opencodeSessionId ?? null)
      : null,
    workspace:
      place.worktreeIsThere && session.worktree && branch !== null
        ? {
            path: session.worktree,
            branch,
            baseCommit: place.baseCommit,
            branchCreated: false,
            kind: 'adopted',
          }
        : null,
    terminal: null,
    exit: null,
    lifecycle: endedLifecycle(session, createdAt),
    createdAt,
  };
}

function endedLifecycle(session: ForeignSession, createdAt: number): Lifecycle {
  const blank = initialLifecycle(createdAt);
  return {
    session: { ...blank.session, state: 'terminated', reason: 'agent_process_exited', terminatedAt: createdAt },
    pullRequest: pullRequestOf(session) ?? blank.pullRequest,
    runtime: { state: 'exited', reason: 'process_missing', lastObservedAt: createdAt },
  };
}

function pullRequestOf({ pr, lifecycle }: ForeignSession): Lifecycle['pullRequest'] | null {
  const url = lifecycle?.pr?.url ?? pr ?? '';
  const number = /^https:\/\/[^\s/]+\/[^\s]+\/pull\/(\d{1,9})$/.exec(url)?.[1];
  if (number === undefined || url.length > 2000) return null;
  const known = { number: Number(number), url, lastObservedAt: null };
  if (lifecycle?.pr?.state === 'merged') return { ...known, state: 'merged', reason: 'merged' };
  if (lifecycle?.pr?.state === 'closed') return { ...known, state: 'closed', reason: 'closed_unmerged' };
  return { ...known, state: 'open', reason: 'in_progress' };
}

const printable = (prompt: string): string | null => {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const plain = prompt.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '').trim();
  return plain === '' ? null : plain;
};

function timeOf(moment: ForeignSession['createdAt']): number | null {
  const at = typeof moment === 'number' ? moment : Date.parse(moment ?? '');
  return Number.isSafeInteger(at) && at >= 0 ? at : null;
}
