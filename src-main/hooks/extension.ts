// Puts a directory of ours beside the extensions of an agent that takes hooks from nowhere else, and takes it out again.
import {
  foreignDirectoryState,
  placeForeignDirectory,
  removeForeignDirectory,
  type ForeignDirectoryState,
} from '../lib/foreign-directory.ts';
import type { AgentDefinition, LaunchContext } from '../plugins/agents/agent.ts';
import { deleteExtension, insertExtension, listExtensions, type ExtensionEntry } from '../storage/extensions.ts';
import type { TrustDependencies } from './trust.ts';

export type ExtensionDependencies = Pick<TrustDependencies, 'store' | 'agents' | 'log'>;

export interface ExtensionView extends ExtensionEntry {
  readonly state: ForeignDirectoryState;
}

/** Before each launch, once the person has agreed. On record before it is there, as with trust. One that can't be made leaves the agent without hooks. */
export async function placeExtension(
  { store, log }: ExtensionDependencies,
  { id, hooks }: AgentDefinition,
  { login }: LaunchContext,
): Promise<void> {
  const directory = hooks?.extension?.directory(login) ?? null;
  if (hooks?.extension === undefined || directory === null) return;
  const entry = { agent: id, directory };
  const isNew = await store.write('extension: enter', (tx) => insertExtension(tx, entry));
  try {
    await placeForeignDirectory(directory, ownFiles(hooks.extension, directory));
    // Somebody may have forgotten the row while nothing was there yet.
    if (!isOnRecord(store.read(listExtensions), entry))
      await store.write('extension: enter', (tx) => insertExtension(tx, entry));
  } catch (error) {
    log('extension.failed', { directory, why: String(error) });
    if (isNew) await store.write('extension: not entered', (tx) => deleteExtension(tx, entry));
  }
}

const isOnRecord = (entries: readonly ExtensionEntry[], { agent, directory }: ExtensionEntry): boolean =>
  entries.some((entry) => entry.agent === agent && entry.directory === directory);

/** Those for which `wanted` is true. What could not be taken out stays on record, and is told. */
export async function withdrawExtensions(
  { store, agents, log }: ExtensionDependencies,
  wanted: (entry: ExtensionEntry) => boolean = () => true,
): Promise<void> {
  for (const entry of store.read(listExtensions).filter(wanted)) {
    const extension = agents.definition(entry.agent)?.hooks?.extension;
    try {
      if (extension) await removeForeignDirectory(entry.directory, ownFiles(extension, entry.directory));
      await store.write('extension: withdrawn', (tx) => deleteExtension(tx, entry));
    } catch (error) {
      log('extension.failed', { directory: entry.directory, why: String(error) });
    }
  }
}

export const viewExtensions = ({ store, agents }: ExtensionDependencies): readonly ExtensionView[] =>
  store.read(listExtensions).map((entry) => {
    const extension = agents.definition(entry.agent)?.hooks?.extension;
    const own = extension === undefined ? null : ownFiles(extension, entry.directory);
    return { ...entry, state: own === null ? 'foreign' : foreignDirectoryState(entry.directory, own) };
  });

type Extension = NonNullable<NonNullable<AgentDefinition['hooks']>['extension']>;

const ownFiles = ({ mark, files }: Extension, directory: string) => ({ mark, files: files(directory) });
