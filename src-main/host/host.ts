// The host: every operation of Athene in one process, whoever asks. Knows no window, no socket and no command line.
import type { PluginDesk } from './plugin-desk.ts';
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { AgentView } from '#shared/domain/agent.ts';
import type { Caller } from '#shared/domain/caller.ts';
import type { DoctorCheck } from '#shared/domain/system.ts';
import type { Handlers } from '#shared/rpc/handlers.ts';
import type { CareDependencies } from '../care/facts.ts';
import type { HookSwitch } from '../hooks/hooks-status.ts';
import type { ImportDependencies } from '../import/import-foreign.ts';
import type { NoticeDependencies } from '../notices/dependencies.ts';
import type { AwakeWatch } from '../lifecycle/awake-watch.ts';
import type { KnownFacts } from '../lifecycle/known-facts.ts';
import type { ReactionDependencies } from '../lifecycle/reactions/dependencies.ts';
import type { Conversations } from '../lifecycle/read-conversation.ts';
import type { TranscriptWatch } from '../lifecycle/transcript-watch.ts';
import type { TerminalWatch } from '../lifecycle/terminal-watch.ts';
import type { ToldQuestions } from '../lifecycle/told-question.ts';
import type { ProjectConfiguration } from '../projects/configuration.ts';
import type { RecoveryDependencies } from '../recovery/facts.ts';
import type { Recovery } from '../recovery/recovery.ts';
import type { Rescues } from '../rescue/rescues.ts';
import type { UsageWatch } from '../resources/usage-watch.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import type { SpoolDependencies } from '../spool/ingest-spool.ts';
import type { Authorise } from './authorise.ts';
import type { Outlook, StorageTrouble } from './outlook.ts';
import type { ReadingParts } from './reading-parts.ts';

export interface Host extends Outlook {
  /** Each asks `authorise` first. */
  readonly handlers: Handlers<AtheneContract, Caller>;
  /** For what a command does around the handlers. */
  readonly authorise: Authorise;
  /** Who runs a command with this environment. */
  callerOf(env: NodeJS.ProcessEnv): Caller;
  readonly sessions: SessionDependencies;
  readonly watch: TerminalWatch;
  readonly care: CareDependencies;
  /** Resolves when nothing that this process began for a session is half done: spawns, and prompts being typed. */
  settled(): Promise<void>;
  /** Finishes what is being written and lets go of everything; agents run on. */
  close(): Promise<void>;
}

export interface HostParts {
  readonly reading: ReadingParts;
  readonly sessions: SessionDependencies;
  readonly configuration: ProjectConfiguration;
  readonly watch: TerminalWatch;
  readonly known: KnownFacts;
  readonly awake: AwakeWatch;
  readonly told: ToldQuestions;
  readonly transcripts: TranscriptWatch;
  readonly conversations: Conversations;
  readonly agents: (fresh: boolean) => Promise<readonly AgentView[]>;
  readonly doctor: () => Promise<readonly DoctorCheck[]>;
  readonly imports: ImportDependencies;
  readonly rescues: Rescues;
  readonly usage: UsageWatch;
  readonly care: CareDependencies;
  readonly spool: SpoolDependencies;
  readonly hooks: HookSwitch;
  readonly plugins: PluginDesk;
  readonly recovering: RecoveryDependencies;
  readonly recovery: Recovery;
  readonly notices: NoticeDependencies;
  readonly reactions: ReactionDependencies;
  readonly storage: StorageTrouble | null;
  readonly version: string;
  readonly startedAt: number;
}
