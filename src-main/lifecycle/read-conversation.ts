// Reads the conversation of a session as its agent wrote it down, page by page from the end, and what is written on. It has no timer: whoever looks on asks again.
import type { Beside as AskedBeside, ConversationPage } from '#shared/domain/conversation.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { type Beside, readStretch, type Stretch } from '../lib/growing-file.ts';
import type { AgentDefinition, AgentTranscript } from '../plugins/agents/agent.ts';
import { listAgentMessages } from '../storage/events.ts';
import type { HomePaths } from '../storage/paths.ts';
import type { Store } from '../storage/store.ts';
import { senderIn } from './told-by.ts';

type Read = Result<ConversationPage, Problem<'cannot-tell'>>;

export interface Conversations {
  /** A page at the end, or one before or behind a place of an earlier page. */
  read(record: SessionRecord, beside: AskedBeside | null): Promise<Read>;
}

interface ConversationDependencies {
  readonly agents: { definition(id: string): AgentDefinition | null };
  readonly paths: Pick<HomePaths, 'sessionDirectory'>;
  /** Environment of the person's login shell: where agents keep their files. */
  readonly login: () => Promise<{ readonly env: Readonly<Record<string, string>> }>;
  readonly store: Pick<Store, 'read'>;
}

/** Bytes of one look: some hundred messages, or a few with much in them. */
const stretchLength = 256 * 1024;
/** Looks of one page: what tells nothing is passed over, but not without end. */
const mostStretches = 16;

type Readable = AgentTranscript & Required<Pick<AgentTranscript, 'said'>>;

export function createConversations(dependencies: ConversationDependencies): Conversations {
  /** To find one may mean to look through a directory. */
  const paths = new Map<string, string>();
  return {
    async read(record, beside) {
      const transcript = dependencies.agents.definition(record.agent)?.transcript;
      if (transcript?.said === undefined) return ok({ kind: 'none', why: 'unread' });
      const { conversation } = record;
      if (conversation === null || record.workspace === null) return ok(notBegun);
      const key = `${record.id} ${conversation}`;
      try {
        const path = paths.get(key) ?? (await locate(dependencies, transcript, { ...record, conversation }));
        if (path === null) return ok(notBegun);
        paths.set(key, path);
        const page = pageOf(dependencies, { transcript: transcript as Readable, record, path, beside });
        if (page === 'gone') paths.delete(key);
        return page === 'gone' ? ok(notBegun) : page;
      } catch (error) {
        return fail(unreadable(record.id, String(error)));
      }
    },
  };
}

const notBegun: ConversationPage = { kind: 'none', why: 'not-begun' };

async function locate(
  { paths, login }: ConversationDependencies,
  { locate: find }: AgentTranscript,
  { id, conversation, workspace }: SessionRecord & { readonly conversation: string },
): Promise<string | null> {
  const { env } = await login();
  if (workspace === null) return null;
  return find({
    conversation,
    workspacePath: workspace.path,
    sessionDirectory: paths.sessionDirectory(id),
    login: env,
  });
}

interface Page {
  readonly transcript: Readable;
  readonly record: SessionRecord;
  readonly path: string;
  readonly beside: Beside | null;
}

/** A stretch that tells nothing, as one within a long line, is none to show: the next one may. */
function pageOf(dependencies: ConversationDependencies, page: Page): Read | 'gone' {
  let place = page.beside;
  let read: readonly ReadStretch[] = [];
  for (;;) {
    const stretch = readStretch(page.path, place, stretchLength);
    if (stretch.kind === 'absent') return 'gone';
    if (stretch.kind === 'refused') return fail(unreadable(page.record.id, stretch.why));
    const { file } = stretch;
    read = [...read.filter((before) => before.file === file), stretch];
    const isBehind = place?.side === 'behind';
    const entries = entriesIn(dependencies, page, stretch);
    const isEnd = isBehind ? !stretch.more : stretch.from === 0;
    if (entries.length > 0 || isEnd || read.length === mostStretches) {
      const [from, to] = [Math.min(...read.map((each) => each.from)), Math.max(...read.map((each) => each.to))];
      return ok({ kind: 'page', file, entries, from, to, more: isBehind && stretch.more });
    }
    place = isBehind ? { file, offset: stretch.to, side: 'behind' } : { file, offset: stretch.from, side: 'before' };
  }
}

type ReadStretch = Extract<Stretch, { readonly kind: 'read' }>;

function entriesIn(
  { store }: ConversationDependencies,
  { transcript: { said }, record }: Page,
  { lines }: ReadStretch,
) {
  const found = lines.flatMap(({ offset, text }) =>
    said(text).map((each, index) => ({ id: `${offset}.${index}`, ...each })),
  );
  if (found.length === 0) return [];
  const messages = store.read((tx) => listAgentMessages(tx, record.id));
  return found.map((entry) => ({
    ...entry,
    from: entry.said.kind === 'told' ? senderIn(entry.said.text, record, messages) : null,
  }));
}

const unreadable = (id: string, details: string): Problem<'cannot-tell'> => ({
  code: 'cannot-tell',
  what: `What the agent of ${id} wrote down of its conversation can’t be read.`,
  kept: 'The session is not touched by that.',
  todo: 'Its terminal shows what it says.',
  details,
});
