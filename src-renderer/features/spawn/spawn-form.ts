// What the spawn dialog holds, what is wrong with it, and the request that it becomes.
import { attentionOf } from '#shared/domain/attention.ts';
import type { AgentView } from '#shared/domain/agent.ts';
import { isSafeBranch } from '#shared/domain/branch.ts';
import { usualStart, type ProjectView, type Start } from '#shared/domain/project.ts';
import { displayName, maximalPromptLength, type SessionView } from '#shared/domain/session.ts';
import type { SpawnInput } from '#shared/domain/spawn.ts';
import { isOwnWorkspace, type ChosenWorkspaceKind, type WorkspaceChoice } from '#shared/domain/workspace.ts';
import type { SpawnDialogStart } from '../../state/view.ts';

export interface SpawnForm {
  readonly prompt: string;
  readonly project: string;
  readonly agent: string;
  readonly command: string;
  readonly issue: string;
  readonly name: string;
  readonly branch: string;
  readonly base: string;
  /** Where it works. */
  readonly place: ChosenWorkspaceKind;
  /** Path of the one that is there. */
  readonly worktree: string;
  readonly alongside: boolean;
  readonly setUp: boolean;
}

export function startForm(
  start: SpawnDialogStart,
  {
    projects,
    agents,
    shown,
    chosen,
  }: {
    readonly projects: readonly ProjectView[];
    readonly agents: readonly AgentView[];
    readonly shown: string | null;
    /** The project that a person has taken meanwhile. */
    readonly chosen: string | undefined;
  },
): SpawnForm {
  const usable = projects.filter(({ state }) => state === 'ready');
  const project = start.project ?? usable.find(({ id }) => id === shown)?.id ?? usable[0]?.id ?? '';
  const usual = projects.find(({ id }) => id === (chosen ?? project))?.start ?? usualStart;
  return {
    prompt: start.prompt ?? '',
    project,
    agent: start.agent ?? usual.agent ?? preferredAgent(agents),
    command: start.command ?? '',
    issue: start.issue ?? '',
    name: start.name ?? '',
    branch: start.branch ?? '',
    base: start.base ?? '',
    ...startPlace(start.workspace ?? { kind: usual.workspace }),
    setUp: start.setUp ?? true,
  };
}

const startPlace = (choice: WorkspaceChoice): Pick<SpawnForm, 'place' | 'worktree' | 'alongside'> => ({
  place: choice.kind,
  worktree: choice.kind === 'adopted' ? choice.path : '',
  alongside: choice.kind === 'in-place' && choice.alongside,
});

/** The first that is there and takes a text; else the first that is there. */
function preferredAgent(agents: readonly AgentView[]): string {
  const found = agents.filter(({ presence }) => presence.kind === 'found');
  return (found.find(({ takesPrompt, takesCommand }) => takesPrompt && !takesCommand) ?? found[0])?.id ?? '';
}

export type FormErrors = Partial<Record<keyof SpawnForm, string>>;

export function checkForm(form: SpawnForm, agent: AgentView | undefined): FormErrors {
  const errors: FormErrors = {};
  if (form.project === '') errors.project = 'Add a project first';
  if (agent === undefined) errors.agent = 'Choose an agent';
  else if (agent.presence.kind === 'missing') errors.agent = `${agent.name} is not installed`;
  else if (agent.presence.kind === 'broken') errors.agent = agent.presence.why;
  if (agent?.takesCommand === true && form.command.trim() === '') errors.command = 'This agent needs a command line';
  if (form.branch.trim() !== '' && !isSafeBranch(form.branch.trim()))
    errors.branch = 'Not a branch name that git and Athene accept';
  if (form.base.trim() !== '' && !isSafeBranch(form.base.trim())) errors.base = 'Not a branch or commit';
  if (form.place === 'adopted' && !/^(?:\/|[A-Za-z]:[\\/])/.test(form.worktree.trim()))
    errors.worktree = 'Give the absolute path of a worktree';
  if (form.prompt.length > maximalPromptLength)
    errors.prompt = `At most ${maximalPromptLength.toLocaleString()} characters`;
  return errors;
}

/** The session that works on the issue; null when none does. The host refuses it as well. */
export function workerOn({ project, issue }: SpawnForm, sessions: readonly SessionView[]): string | null {
  const id = issue.trim().toLowerCase().replace(/^#/, '');
  if (id === '') return null;
  const works = ({ state }: SessionView): boolean => attentionOf(state) !== 'finished' && state !== 'crashed';
  return sessions.find((one) => one.project === project && one.issue === id && works(one))?.id ?? null;
}

/** Nobody's own checkout is switched to another branch, so none is asked for there. */
function choiceOf({ place, worktree, alongside }: SpawnForm): WorkspaceChoice {
  if (place === 'adopted') return { kind: place, path: worktree.trim() };
  return place === 'in-place' ? { kind: place, alongside } : { kind: place };
}

interface Starting {
  readonly agent: AgentView;
  readonly start: Start;
  readonly request: string;
}

/** @param start how sessions of the project start where nobody says it */
export function toInput(form: SpawnForm, { agent, start, request }: Starting): SpawnInput {
  const own = isOwnWorkspace(form.place);
  return {
    request,
    project: form.project,
    agent: form.agent,
    prompt: orNull(form.prompt.replace(/\r\n?/g, '\n')),
    issue: orNull(form.issue),
    command: agent.takesCommand ? orNull(form.command) : null,
    name: orNull(form.name),
    branch: own ? orNull(form.branch) : null,
    base: own ? orNull(form.base) : null,
    permissions: start.permissions,
    // A model is one of the agent that the project names.
    model: start.agent === null || start.agent === form.agent ? start.model : null,
    runtime: start.runtime,
    workspace: choiceOf(form),
    setUp: form.setUp,
  };
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** The name that the session will get when none is typed. */
export const suggestedName = (form: SpawnForm): string =>
  displayName(form.prompt.trim() === '' ? form.issue : form.prompt, '');
