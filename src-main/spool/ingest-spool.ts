// Takes in every event of the spool exactly once: its id and all that follows from it are one transaction, then its file goes.
import { join } from 'node:path';
import type { EventSource } from '#shared/domain/event.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { removeFile } from '../lib/files.ts';
import { identityOf } from '../lib/process-identity.ts';
import type { AgentCatalogue } from '../plugins/agents/agent-catalogue.ts';
import type { HomePaths } from '../storage/paths.ts';
import { getSession, hasConversation, updateSession } from '../storage/sessions.ts';
import { insertSpoolEvent } from '../storage/spool-events.ts';
import type { ReadTransaction, Store, Transaction } from '../storage/store.ts';
import { getTerminal } from '../storage/terminals.ts';
import { isCodeHost, mayMoveBranch, withEvent, type EventFacts } from './effects.ts';
import { eventBody } from './event-body.ts';
import { readSpool, type SpoolFile, type SpooledEvent } from './read-spool.ts';
import { setAside } from './set-aside.ts';

export interface SpoolDependencies {
  readonly store: Store;
  readonly paths: HomePaths;
  readonly agents: Pick<AgentCatalogue, 'definition'>;
  /** The branch that the session's worktree really stands on, when it is one of its project's repository. */
  readonly branchOf: (record: SessionRecord) => Promise<string | null>;
  readonly now: () => number;
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}

/** Milliseconds for which an event waits for the end of the program that it tells of. */
const patience = 60_000;

/** How many events were new. What can't be taken in now stays for the next time and blocks nothing else. */
export async function ingestSpool(dependencies: SpoolDependencies): Promise<number> {
  const { log } = dependencies;
  const once = { ...dependencies, branchAtEnd: askedOnce(dependencies.branchOf) };
  let taken = 0;
  for (const file of lookInto(dependencies)) {
    try {
      if (await ingest(once, file)) taken += 1;
    } catch (error) {
      log('spool.failed', { file: file.file, error: String(error) });
    }
  }
  return taken;
}

function lookInto({ paths, now, log }: SpoolDependencies): readonly SpoolFile[] {
  try {
    return readSpool(paths.spool, now());
  } catch (error) {
    log('spool.failed', { error: String(error) });
    return [];
  }
}

interface Look extends SpoolDependencies {
  /** As it stands at the end of turns: many of them, taken in at one look, tell no more than one. */
  readonly branchAtEnd: SpoolDependencies['branchOf'];
}

function askedOnce(ask: SpoolDependencies['branchOf']): SpoolDependencies['branchOf'] {
  const asked = new Map<string, Promise<string | null>>();
  return (record) => {
    const known = asked.get(record.id) ?? ask(record);
    asked.set(record.id, known);
    return known;
  };
}

async function ingest(dependencies: Look, file: SpoolFile): Promise<boolean> {
  const { paths, log } = dependencies;
  if (file.kind === 'unreadable') {
    log('spool.failed', { file: file.file, error: file.why });
    return false;
  }
  if (file.kind === 'event' && isStillAtIt(file.event, dependencies.now())) return false;
  const outcome = file.kind === 'event' ? await take(dependencies, file.event) : { refused: file.why };
  if (typeof outcome === 'object') {
    log('spool.refused', { file: file.file, why: outcome.refused });
    await setAside(paths, file.file);
    return false;
  }
  removeFile(join(paths.spool, file.file));
  return outcome === 'new';
}

const isStillAtIt = ({ pid, at }: SpooledEvent, now: number): boolean =>
  pid !== undefined && now - at < patience && identityOf(pid) !== null;

type Taken = 'new' | 'known' | { readonly refused: string };

async function take(dependencies: Look, event: SpooledEvent): Promise<Taken> {
  const { store } = dependencies;
  const believed = store.read((tx) => recordFor(tx, event));
  if (typeof believed === 'string') return { refused: believed };
  const facts = await gatherFacts(dependencies, event, believed.record);
  return store.write('spool: event', (tx) => {
    const still = recordFor(tx, event);
    if (typeof still === 'string') return { refused: still };
    const { id, session, terminal, source, kind, at, data } = event;
    if (!insertSpoolEvent(tx, { id, session, terminal, source, kind, at, body: eventBody(data) })) return 'known';
    const next = withEvent(still.record, event, withoutTaken(tx, session, facts), tx.now);
    if (next !== still.record) updateSession(tx, session, still.rev, next, sourceOf(event));
    return 'new';
  });
}

/** Who has told what its record changes by. */
function sourceOf({ source }: SpooledEvent): EventSource {
  if (source === 'git') return 'git';
  return isCodeHost(source) ? 'code-host' : 'hook';
}

/** An event is believed when it was written in a terminal of the session that it names; else the text says why it is not. */
function recordFor(tx: ReadTransaction, { session, terminal }: SpooledEvent) {
  const stored = getSession(tx, session);
  if (stored === null) return 'names a session that is not known';
  if ('damaged' in stored) return 'names a session whose record is damaged';
  return getTerminal(tx, terminal)?.session === session ? stored : 'was not written in a terminal of its session';
}

async function gatherFacts(
  { agents, branchOf, branchAtEnd }: Look,
  event: SpooledEvent,
  record: SessionRecord,
): Promise<EventFacts> {
  const isItsAgent = event.source === record.agent;
  return {
    branch: await branchAfter(event, { branchOf, branchAtEnd }, record),
    conversation: isItsAgent
      ? conversationIn(agents.definition(record.agent)?.hooks?.conversation(event) ?? null)
      : null,
  };
}

const branchAfter = async (
  event: SpooledEvent,
  { branchOf, branchAtEnd }: Pick<Look, 'branchOf' | 'branchAtEnd'>,
  record: SessionRecord,
): Promise<string | null> => {
  if (!mayMoveBranch(event)) return null;
  return event.kind === 'Stop' ? branchAtEnd(record) : branchOf(record);
};

/** It becomes a word of a command line. */
const conversationIn = (told: string | null): string | null =>
  told !== null && /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(told) ? told : null;

/** Two sessions never go on with the same conversation. */
const withoutTaken = (tx: Transaction, session: string, facts: EventFacts): EventFacts =>
  facts.conversation !== null && hasConversation(tx, facts.conversation, session)
    ? { ...facts, conversation: null }
    : facts;
