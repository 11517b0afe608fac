// How sessions of a project are started where nobody says it, and what its workers are told; saved into config.yaml.
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { AgentView } from '#shared/domain/agent.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { ProjectView, Start } from '#shared/domain/project.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { LinesField, SelectField, TextField } from '../../components/field.tsx';
import { useApp, useStore } from '../app-context.tsx';

interface Texts {
  readonly agent: string;
  readonly model: string;
  readonly permissions: Start['permissions'];
  readonly agentRules: string;
}

export function ProjectStartRow({ project }: { readonly project: ProjectView }) {
  const agents = useStore(useApp().agents) ?? [];
  return (
    <details className="group px-3.5 pt-2">
      <summary className="-ms-0.5 flex list-none items-center gap-2 rounded-control text-caption text-faint">
        <ChevronRight size={14} aria-hidden="true" className="shrink-0 group-open:rotate-90" />
        <span className="shrink-0 font-medium text-soft">Sessions of {project.name}</span>
        <span className="truncate">{summaryOf(project, agents)}</span>
      </summary>
      <Form key={JSON.stringify(textsOf(project))} project={project} agents={agents} />
    </details>
  );
}

function summaryOf({ start, agentRules }: ProjectView, agents: readonly AgentView[]): string {
  return [
    start.agent === null ? 'the agent that is there' : nameOf(start.agent, agents),
    ...(start.model === null ? [] : [start.model]),
    start.permissions === 'ask' ? 'asks for permission' : 'no permission asking',
    ...(agentRules === '' ? [] : ['rules']),
  ].join(' · ');
}

const nameOf = (id: string, agents: readonly AgentView[]): string =>
  agents.find((agent) => agent.id === id)?.name ?? id;

const textsOf = ({ start, agentRules }: ProjectView): Texts => ({
  agent: start.agent ?? '',
  model: start.model ?? '',
  permissions: start.permissions,
  agentRules,
});

function Form({ project, agents }: { readonly project: ProjectView; readonly agents: readonly AgentView[] }) {
  const app = useApp();
  const before = textsOf(project);
  const held = heldBy(project);
  const [texts, setTexts] = useState(before);
  const [problem, setProblem] = useState<Problem | null>(null);
  const change = (part: Partial<Texts>): void => setTexts((given) => ({ ...given, ...part }));
  const changes = changesOf(before, texts);
  const save = async (): Promise<void> => {
    for (const [field, value] of changes) {
      const key = `projects.${project.id}.${field}`;
      const set = await app.connection.call('config.set', { key, value: value === '' ? null : JSON.stringify(value) });
      if (!set.ok) return setProblem(set.problem);
    }
    setProblem(null);
    app.view.toast(`Saved how sessions of ${project.name} start`);
  };
  return (
    <form
      className="mt-3 flex flex-col gap-3 pb-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="grid grid-cols-3 gap-3 max-[620px]:grid-cols-1">
        <SelectField
          label="Agent"
          {...held('agent')}
          value={texts.agent}
          onChange={(event) => change({ agent: event.target.value })}
        >
          <option value="">As everywhere</option>
          {choices(agents, texts.agent).map((id) => (
            <option key={id} value={id}>
              {nameOf(id, agents)}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Model"
          mono
          {...held('agentConfig')}
          placeholder="the agent's own"
          value={texts.model}
          onChange={(event) => change({ model: event.target.value })}
        />
        <SelectField
          label="Permissions"
          {...held('agentConfig')}
          value={texts.permissions}
          onChange={(event) => change({ permissions: event.target.value === 'ask' ? 'ask' : 'permissionless' })}
        >
          <option value="ask">Asks before it acts</option>
          <option value="permissionless">Acts without asking</option>
        </SelectField>
      </div>
      {texts.permissions === 'ask' ? null : (
        <p className="text-caption text-ask">
          Agents of {project.name} then run any command without asking you. Their sessions carry a chip that says so.
        </p>
      )}
      <LinesField
        label="Rules for agents"
        help="Every new worker is told this with its first words."
        {...held('agentRules')}
        value={texts.agentRules}
        onChange={(event) => change({ agentRules: event.target.value })}
      />
      {problem === null ? null : <ErrorBlock problem={problem} />}
      <div className="flex gap-1.5">
        <Button kind="primary" type="submit" disabled={changes.length === 0}>
          Save
        </Button>
        <Button kind="quiet" disabled={changes.length === 0} onClick={() => setTexts(before)}>
          Discard changes
        </Button>
      </div>
    </form>
  );
}

/** What the repository's own file says lies over what is written here. */
const heldBy =
  ({ file }: ProjectView) =>
  (field: string) =>
    file?.counts.includes(field) === true
      ? { disabled: true, help: `${file.path.split('/').at(-1)} of the repository says it.` }
      : {};

/** One that is configured and not found stays to be chosen. */
const choices = (agents: readonly AgentView[], chosen: string): readonly string[] => {
  const ids = agents.filter(({ takesCommand }) => !takesCommand).map(({ id }) => id);
  return chosen === '' || ids.includes(chosen) ? ids : [...ids, chosen];
};

const fields = {
  agent: 'agent',
  model: 'agentConfig.model',
  permissions: 'agentConfig.permissions',
  agentRules: 'agentRules',
} as const;

/** What is the same stays as it is written, or not written at all. */
const changesOf = (before: Texts, after: Texts): readonly (readonly [string, string])[] =>
  (['agent', 'model', 'permissions', 'agentRules'] as const)
    .filter((name) => before[name].trim() !== after[name].trim())
    .map((name) => [fields[name], after[name].trim()]);
