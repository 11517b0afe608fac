// Port: one agent program, declared. Whatever differs between agents stands in its definition and nowhere else.
import type { Said } from '#shared/domain/conversation.ts';
import type { Fact, FactClaim } from '#shared/domain/fact.ts';
import type { AgentIcon } from '#shared/domain/own-agent.ts';
import type { QuestionSigns } from '#shared/domain/found-question.ts';

export interface LaunchContext {
  readonly session: string;
  readonly project: string;
  readonly workspacePath: string;
  /** 0700 directory of the session in the home: prompt files, hook settings, agent configuration. */
  readonly sessionDirectory: string;
  /** What the person typed; null when the session starts without a task. */
  readonly prompt: string | null;
  /** File that holds the system prompt; null when there is none. */
  readonly systemPromptFile: string | null;
  /** Command line of a `custom` agent. */
  readonly command: string | null;
  /** Assigned at launch where the agent allows it (UUID). */
  readonly conversation: string | null;
  readonly permissions: 'ask' | 'permissionless';
  readonly model: string | null;
  /** Absolute path of the found program; null for agents that need none. */
  readonly program: string | null;
  /** The person's shell, absolute. */
  readonly shell: string;
  /** Environment of the person's login shell: where the agent keeps its own files. */
  readonly login: Readonly<Record<string, string>>;
  /** Directories that come first on its PATH, with `:` between; a login shell's profile may put others in front of them. */
  readonly firstOnPath?: string;
}

export interface Launch {
  readonly argv: readonly [string, ...string[]];
  /** Added to the session's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Files to write first, names relative to the session directory, mode 0600. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Of which session the conversation is looked for. */
export interface ConversationLook {
  readonly session: string;
  /** Null when others may have worked there too. */
  readonly workspacePath: string | null;
  /** A directory that is there, of the session's repository. */
  readonly cwd: string;
  readonly program: string | null;
  readonly login: Readonly<Record<string, string>>;
}

export type DeletionLook = Pick<ConversationLook, 'cwd' | 'program' | 'login'> & { readonly conversation: string };

/** Ids that can be of this session alone, the one that was used last first; or why nobody can tell. */
export type FoundConversations =
  | { readonly kind: 'listed'; readonly conversations: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** `missing`: it had none of that name, so there is nothing left to delete. */
export type DeletedConversation =
  | { readonly kind: 'deleted' | 'missing' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Handed over beside a launch, whatever it is: a first one or one that resumes. */
export interface HandOver {
  /** Right after the program. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** As those of a launch. */
  readonly files?: Readonly<Record<string, string>>;
}

/** How the agent is made to tell what happens in it; the person's own hooks and settings stay as they are. */
export interface AgentHooks {
  /** @param command absolute path; called as `COMMAND AGENT KIND`, with what the agent tells as JSON on its standard input */
  handOver(context: LaunchContext, command: string): HandOver;
  /** The agent's own conversation, where an event tells it: what a later `resume` goes on with. */
  conversation(event: ToldEvent): string | null;
  /** What an event says of the session; nothing for one that says nothing. */
  facts(event: ToldEvent): readonly FactClaim[];
  /** For one that takes hooks from nowhere but a directory of the person: ours beside theirs. */
  readonly extension?: AgentExtension;
}

/** It is there for every program of that agent that the person starts, so it does nothing without the variables of a session. */
export interface AgentExtension {
  /** Absolute; null where that can't be told. */
  directory(login: Readonly<Record<string, string>>): string | null;
  /** The file by whose content, the same in every version, the directory is known as ours. */
  readonly mark: string;
  /** All that is in it, names relative to it. */
  files(directory: string): Readonly<Record<string, string>>;
}

/**
 * How the agent is told that the person trusts a worktree, so that it does not ask. Only used for worktrees of Athene, with the person's consent.
 * `launch`: for this launch alone. `file`: an entry for exactly that worktree in the agent's own file, taken out again with the worktree.
 */
export type AgentTrust =
  | { readonly kind: 'launch'; handOver(context: LaunchContext): HandOver }
  | {
      readonly kind: 'file';
      /** Absolute; its lock, if the agent uses one, is a directory beside it, with `.lock` after its name. */
      file(login: Readonly<Record<string, string>>): string;
      /** The file's new text; null when the worktree is trusted already. Throws when it does not understand the text. */
      add(text: string, worktree: string): string | null;
      /** Null when there is nothing to take out. Throws likewise. */
      remove(text: string, worktree: string): string | null;
    };

/** The record that the agent itself keeps of a conversation: looked into, never written. */
export interface AgentTranscript {
  /**
   * Absolute path of the file that grows with this conversation: a regular one, really inside of the agent's own directory; null while there is
   * none. Throws when that can't be told.
   */
  locate(look: TranscriptLook): string | null;
  /** What a whole line of it says, in order; nothing for one that says nothing or can't be read. Never throws. */
  facts(line: string): readonly ToldInLine[];
  /** What was said by a whole line of it, harmless, in order. Never throws. Not there: nobody has looked what its lines say, or they can't be told apart. */
  said?(line: string): readonly SaidInLine[];
}

/** `at` null: lines have no time of their own, so it is that of the file. */
export type ToldInLine = Pick<Fact, 'claim'> & { readonly at: Fact['at'] | null };

/** `at` null: lines have no time of their own. */
export interface SaidInLine {
  readonly at: number | null;
  readonly said: Said;
}

export interface TranscriptLook {
  /** Exactly this conversation, never the latest. */
  readonly conversation: string;
  readonly workspacePath: string;
  /** As that of a launch. */
  readonly sessionDirectory: string;
  readonly login: Readonly<Record<string, string>>;
}

/** `data.told`: what the agent told its hook, unchecked. */
export interface ToldEvent {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AgentDefinition {
  /** Stable id, as in configuration and the command: `claude-code`. */
  readonly id: string;
  /** As on screen: `Claude Code`. */
  readonly name: string;
  /** How the program is found and asked for its version; null when Athene ships it or any command will do. */
  readonly program: {
    readonly command: string;
    readonly versionArguments: readonly string[];
    readonly install: string;
  } | null;
  /** `argument`: the launch hands the prompt over. `typed`: it is typed after the first output. `none`: it takes none. */
  readonly promptDelivery: 'argument' | 'typed' | 'none';
  /** `file`: the launch hands `systemPromptFile` over. `first-words`: there is no place for it but before the first prompt. Not there: it is told none. */
  readonly systemPrompt?: 'file' | 'first-words';
  /** Not there: its initials. */
  readonly icon?: AgentIcon;
  readonly takesCommand: boolean;
  readonly assignsConversation: boolean;
  /** What runs in it is the person, who may do everything: it gets no token. */
  readonly actsForPerson?: true;
  /** Not there: it can't be made to tell; states are concluded from its terminal. */
  readonly hooks?: AgentHooks;
  /** Not there: it keeps none, or none that could be followed. */
  readonly transcript?: AgentTranscript;
  /** Not there: it does not ask, or can't be told. */
  readonly trust?: AgentTrust;
  /** What its screen tells of the text that is typed into it. Not there: only what any program shows counts. */
  readonly screenSigns?: ScreenSigns;
  /** What it writes into the title of its terminal. Not there: nothing of whose turn it is. */
  readonly titleSigns?: TitleSigns;
  /** How its dialogs are drawn and answered. Not there: as most programs do it. */
  readonly questionSigns?: QuestionSigns;
  launch(context: LaunchContext): Launch;
  /** Goes on with `context.conversation`, exactly that one, without a prompt. Not there, or null: the agent can't. */
  resume?(context: LaunchContext & { readonly conversation: string }): Launch | null;
  /** Looks into the agent's own store; only for agents that neither take an id at launch nor tell theirs. */
  discoverConversation?(look: ConversationLook): Promise<FoundConversations>;
  /** Has the agent delete exactly this conversation for good, by its own command. Not there: it has none for one conversation. */
  deleteConversation?(look: DeletionLook): Promise<DeletedConversation>;
}

/** A regular expression, or one of a kind whose time is bounded, where a person wrote it. */
export interface Pattern {
  test(text: string): boolean;
  [Symbol.replace](text: string, by: string): string;
}

/** Each tried on one row, without trailing blanks. */
export interface ScreenSigns {
  /** Its line for input, which stands while it takes text, also while it works and the rest of its screen moves. */
  readonly inputRow: Pattern;
  /** What stands there for a long paste; null when it shows the text. */
  readonly pasted: RegExp | null;
  /** Says that it has put a message aside until its turn ends; null when it says nothing. */
  readonly queued: RegExp | null;
}

/** Each tried on the whole title. */
export interface TitleSigns {
  readonly works: Pattern;
  /** Null where its title at rest is like any other. */
  readonly rests: Pattern | null;
}

/** What a look at the login shell's PATH told. */
export type AgentPresence =
  | { readonly kind: 'found'; readonly path: string | null; readonly version: string | null }
  | { readonly kind: 'missing'; readonly install: string }
  | { readonly kind: 'unknown'; readonly why: string };
