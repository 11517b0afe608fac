// Follows what agents write down of their conversations themselves, for sessions whose agent does. It has no timer and no process: whoever polls
// looks, and each look reads what has come since the last one.
import type { Fact } from '#shared/domain/fact.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { type Place, readGrowth } from '../lib/growing-file.ts';
import type { Log } from '../lib/log.ts';
import type { AgentDefinition, AgentTranscript } from '../plugins/agents/agent.ts';
import type { HomePaths } from '../storage/paths.ts';

export type Followed = Pick<SessionRecord, 'id' | 'agent' | 'conversation' | 'workspace'>;

export interface TranscriptWatch {
  /**
   * What was written since the last look, oldest first. Nothing when nothing came, when there is no transcript, and when that can't be told.
   * The first look also tells what was written before, as far back as one look reaches.
   */
  look(session: Followed): Promise<readonly Fact[]>;
  /** All that the looks have told of its present conversation, the last of it when that is long; oldest first. */
  facts(session: string): readonly Fact[];
  forget(session: string): void;
}

/** Bytes of one look: a turn or several. What came before them says nothing of now. */
const lookLength = 256 * 1024;
/** Facts that are kept of a session. */
const mostFacts = 80;
/** Milliseconds until one that was not found is looked for again: that may mean to look through a whole directory. */
const findAgainAfter = 10_000;
/** Milliseconds by which a clock may be ahead; what is said of a later time is not believed. */
const skew = 60_000;

interface Following {
  readonly conversation: string;
  /** Null while it was not found. */
  readonly path: string | null;
  /** When it was looked for in vain. */
  readonly missedAt: number | null;
  readonly place: Place | null;
  readonly facts: readonly Fact[];
}

export function createTranscriptWatch({
  agents,
  paths,
  login,
  now,
  log,
}: {
  readonly agents: { definition(id: string): AgentDefinition | null };
  readonly paths: Pick<HomePaths, 'sessionDirectory'>;
  /** Environment of the person's login shell: where agents keep their files. */
  readonly login: () => Promise<{ readonly env: Readonly<Record<string, string>> }>;
  readonly now: () => number;
  readonly log: Log;
}): TranscriptWatch {
  const known = new Map<string, Following>();
  return {
    async look(session) {
      const { id, agent, conversation } = session;
      const transcript = agents.definition(agent)?.transcript;
      if (transcript === undefined || conversation === null) return [];
      try {
        const { env } = await login();
        const { following, fresh } = follow(transcript, followingOf(known.get(id), conversation), {
          ...{ session, sessionDirectory: paths.sessionDirectory(id), login: env, now: now() },
        });
        known.set(id, following);
        return fresh;
      } catch (error) {
        log('debug', 'transcript.unreadable', { session: id, error: String(error) });
        return []; // It can't be told now; the next look may.
      }
    },
    facts: (session) => known.get(session)?.facts ?? [],
    forget: (session) => void known.delete(session),
  };
}

/** What was said in another conversation is over. */
const followingOf = (before: Following | undefined, conversation: string): Following =>
  before?.conversation === conversation ? before : { conversation, path: null, missedAt: null, place: null, facts: [] };

interface Look {
  readonly session: Followed;
  readonly sessionDirectory: string;
  readonly login: Readonly<Record<string, string>>;
  readonly now: number;
}

function follow(
  transcript: AgentTranscript,
  before: Following,
  look: Look,
): { readonly following: Following; readonly fresh: readonly Fact[] } {
  const path = before.path ?? find(transcript, before, look);
  if (path === null) return { following: missed(before, look), fresh: [] };
  const growth = readGrowth(path, before.place, lookLength);
  // Gone, or no file any more: it is looked for anew, since it may have moved, and read anew when it comes back.
  if (growth.kind !== 'read') return { following: { ...before, path: null, place: null }, fresh: [] };
  const { lines, place, modifiedAt } = growth;
  const fresh = lines
    .flatMap((line) => transcript.facts(line))
    .map(({ at, claim }): Fact => ({ source: 'transcript', at: at ?? modifiedAt, by: look.session.agent, claim }))
    .filter(({ at }) => at <= look.now + skew);
  return { following: { ...before, path, place, facts: [...before.facts, ...fresh].slice(-mostFacts) }, fresh };
}

function find(
  transcript: AgentTranscript,
  { conversation, missedAt }: Following,
  { session, sessionDirectory, login, now }: Look,
): string | null {
  if (session.workspace === null || isRecent(missedAt, now)) return null;
  return transcript.locate({ conversation, workspacePath: session.workspace.path, sessionDirectory, login });
}

const missed = (before: Following, { now }: Look): Following =>
  isRecent(before.missedAt, now) ? before : { ...before, missedAt: now };

/** Not when the clock was put back since. */
const isRecent = (missedAt: number | null, now: number): boolean =>
  missedAt !== null && missedAt <= now && now - missedAt < findAgainAfter;
