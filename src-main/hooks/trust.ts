// Tells agents that the person trusts a worktree, where the person has agreed; and takes it back with the worktree.
import type { SessionRecord } from '#shared/domain/session.ts';
import type { WorkspaceKind } from '#shared/domain/workspace.ts';
import { isReallyInside } from '../lib/files.ts';
import { editForeignFile } from '../lib/foreign-file.ts';
import type { AgentCatalogue } from '../plugins/agents/agent-catalogue.ts';
import type { AgentDefinition, AgentTrust, HandOver, LaunchContext } from '../plugins/agents/agent.ts';
import type { HomePaths } from '../storage/paths.ts';
import type { Store } from '../storage/store.ts';
import { deleteTrust, insertTrust, listTrusts, type TrustEntry } from '../storage/trusts.ts';

export interface TrustDependencies {
  readonly store: Store;
  readonly paths: HomePaths;
  readonly agents: Pick<AgentCatalogue, 'definition'>;
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}

export interface TrustedLaunch {
  readonly definition: AgentDefinition;
  readonly record: SessionRecord;
  readonly context: LaunchContext;
}

const trusted: readonly (WorkspaceKind | undefined)[] = ['worktree', 'scratch'];

/** Without the agreement, or for what is no worktree of Athene, this is not called. What can't be entered leaves the agent to ask. */
export async function grantTrust(dependencies: TrustDependencies, launch: TrustedLaunch): Promise<HandOver> {
  const { definition, record, context } = launch;
  const { trust } = definition;
  if (trust === undefined || !trusted.includes(record.workspace?.kind)) return {};
  if (!isReallyInside(context.workspacePath, dependencies.paths.worktrees)) return {};
  if (trust.kind === 'launch') return trust.handOver(context);
  const file = trust.file(context.login);
  await enter(dependencies, trust, { agent: definition.id, file, path: context.workspacePath, session: record.id });
  return {};
}

/** On record before it is in the file: whoever is killed in between leaves a row whose entry is not there, which harms nothing. */
async function enter(
  { store, log }: TrustDependencies,
  trust: AgentTrust & { readonly kind: 'file' },
  entry: TrustEntry,
): Promise<void> {
  const isNew = await store.write('trust: enter', (tx) => insertTrust(tx, entry));
  const edited = await editForeignFile(entry.file, (text) => trust.add(text, entry.path));
  if (edited === 'changed') return;
  // The person has trusted it, or it could not be entered: nothing of ours to take out.
  if (isNew) await store.write('trust: not entered', (tx) => deleteTrust(tx, entry));
  if (typeof edited === 'object') log('trust.failed', { file: entry.file, why: edited.refused });
}

/** Takes out the entries for which `wanted` is true. What could not be taken out stays on record and is tried again; it is returned. */
export async function withdrawTrust(
  { store, agents, log }: TrustDependencies,
  wanted: (entry: TrustEntry) => boolean,
): Promise<readonly TrustEntry[]> {
  const left: TrustEntry[] = [];
  for (const entry of store.read(listTrusts).filter(wanted)) {
    const trust = agents.definition(entry.agent)?.trust;
    const edited =
      trust?.kind === 'file' ? await editForeignFile(entry.file, (text) => trust.remove(text, entry.path)) : 'absent';
    if (typeof edited === 'object') {
      log('trust.failed', { file: entry.file, why: edited.refused });
      left.push(entry);
    } else await store.write('trust: withdrawn', (tx) => deleteTrust(tx, entry));
  }
  return left;
}
