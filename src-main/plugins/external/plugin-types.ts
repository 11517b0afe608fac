// What plug-ins are written against: `athene/plugin`. Types alone; nothing of Athene runs in a plug-in.
import type { PluginManifest } from '#shared/domain/plugin.ts';
import type { AgentDefinition } from '../agents/agent.ts';
import type { CodeHost } from '../code-hosts/code-host.ts';
import type { Notifier } from '../notifiers/notifier.ts';
import type { Issue, Tracker, TrackerFailure } from '../trackers/tracker.ts';

export type { PluginManifest };

/** What config.yaml has below `config` of the plug-in, and what names it (a project's `tracker`, a notifier) has besides. */
type Config = Readonly<Record<string, unknown>>;
/** Made at once or later. */
type Made<T> = T | Promise<T>;
type Failure<F extends { readonly todo: string; readonly details: string }> = Omit<F, 'todo' | 'details'> &
  Partial<Pick<F, 'todo' | 'details'>>;
type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Failure<TrackerFailure> };

/** Signs of screens and titles are taken from agents that Athene ships or config.yaml defines: not from plug-ins. */
type PluginAgent = Pick<
  AgentDefinition,
  'id' | 'name' | 'program' | 'promptDelivery' | 'systemPrompt' | 'launch' | 'resume'
> &
  Partial<Pick<AgentDefinition, 'assignsConversation'>>;

interface PluginTracker extends Pick<Tracker, 'name' | 'branchName' | 'issueUrl'> {
  getIssue(id: string, signal?: AbortSignal): Promise<Answer<Issue>>;
  isCompleted(id: string): Promise<Answer<boolean>>;
}

export type CreateAgent = (config: Config) => Made<PluginAgent>;
export type CreateTracker = (config: Config) => Made<PluginTracker>;
export type CreateNotifier = (config: Config) => Made<Notifier>;
/** Whatever is done in a worktree is Athene's own. */
export type CreateCodeHost = (
  config: Config,
) => Made<Omit<CodeHost, 'name' | 'authority' | 'checkOut' | Later> & Partial<Pick<CodeHost, Later>>>;
/** What came after the first plug-ins were written. */
type Later = 'reply' | 'resolve';
