import { Check, CircleX, FolderPlus, Minus, Plus, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ProjectView } from '#shared/domain/project.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Popover } from '../../components/popover.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { AgentRow } from '../onboarding/welcome.tsx';
import { useDoctor } from './use-doctor.ts';

export function SettingsPage() {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 py-8">
      <div className="mx-auto flex max-w-[720px] flex-col gap-8">
        <Appearance />
        <Agents />
        <Projects />
        <Doctor />
      </div>
    </div>
  );
}

function Section({
  title,
  note,
  action,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <header className="mb-2.5 flex h-7 items-center gap-3">
        <h2 className="text-strong font-semibold">{title}</h2>
        <span className="min-w-0 flex-1 truncate text-faint">{note}</span>
        {action}
      </header>
      <div className="overflow-hidden rounded-card border border-line bg-surface [&>*+*]:border-t [&>*+*]:border-line">
        {children}
      </div>
    </section>
  );
}

const Row = ({ children }: { readonly children: ReactNode }) => (
  <div className="flex min-h-11 items-center gap-3 px-3.5 py-1.5">{children}</div>
);

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
] as const;

function Appearance() {
  const app = useApp();
  const { theme, terminalFontSize } = useStore(app.settings);
  const setSize = (size: number) => void app.changeSettings({ terminalFontSize: size });
  return (
    <Section title="Appearance">
      <Row>
        <span className="flex-1" id="theme-label">
          Theme
        </span>
        <div role="radiogroup" aria-labelledby="theme-label" className="flex rounded-control bg-raised p-0.5">
          {themes.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              role="radio"
              aria-checked={theme === value}
              onClick={() => void app.changeSettings({ theme: value })}
              className={`h-6 rounded-[3px] px-2.5 text-caption font-medium ${theme === value ? 'bg-selected text-ink' : 'text-soft hover:text-ink'}`}
            >
              {label}
            </button>
          ))}
        </div>
      </Row>
      <Row>
        <span className="flex-1">Terminal font size</span>
        <IconButton label="Smaller" disabled={terminalFontSize <= 8} onClick={() => setSize(terminalFontSize - 1)}>
          <Minus size={15} />
        </IconButton>
        <output className="tabular w-10 text-center" aria-label="Terminal font size">
          {terminalFontSize} px
        </output>
        <IconButton label="Larger" disabled={terminalFontSize >= 32} onClick={() => setSize(terminalFontSize + 1)}>
          <Plus size={15} />
        </IconButton>
      </Row>
    </Section>
  );
}

function Agents() {
  const app = useApp();
  const agents = useStore(app.agents);
  const again = () => void app.lookForAgents(true);
  return (
    <Section
      title="Agents"
      note="as found on your login shell's PATH"
      action={
        <Button size={24} onClick={again}>
          Check again
        </Button>
      }
    >
      {agents === null ? <Row>Looking…</Row> : agents.map((agent) => <AgentRow key={agent.id} agent={agent} />)}
    </Section>
  );
}

function Projects() {
  const app = useApp();
  const projects = useStore(app.projects) ?? [];
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <Section
      title="Projects"
      note={projects.length === 0 ? 'none yet' : String(projects.length)}
      action={
        <Button size={24} onClick={() => app.view.go({ kind: 'welcome' })}>
          <FolderPlus size={14} /> Add project
        </Button>
      }
    >
      {problem === null ? null : <ErrorBlock problem={problem} />}
      {projects.length === 0 ? <Row>A project is a git repository that sessions are made for.</Row> : null}
      {projects.map((project) => (
        <Project key={project.id} project={project} tell={setProblem} />
      ))}
    </Section>
  );
}

function Project({
  project,
  tell,
}: {
  readonly project: ProjectView;
  readonly tell: (problem: Problem | null) => void;
}) {
  const app = useApp();
  const [asking, setAsking] = useState(false);
  const remove = async (): Promise<void> => {
    setAsking(false);
    const removed = await app.connection.call('project.remove', { id: project.id });
    tell(removed.ok ? null : removed.problem);
    if (removed.ok) app.view.toast(`Removed ${project.name} from Athene; its repository is untouched`);
  };
  return (
    <Row>
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 font-medium">
          <span className="truncate">{project.name}</span>
          <span className="text-caption font-normal text-faint">{project.defaultBranch}</span>
        </p>
        <p className="truncate font-mono text-caption text-faint" title={project.path}>
          {project.path}
        </p>
        {project.state === 'ready' ? null : <p className="text-caption text-ask">{project.problem}</p>}
      </div>
      <Popover
        label={`Remove ${project.name}?`}
        align="end"
        open={asking}
        onOpenChange={setAsking}
        trigger={
          <Button kind="quiet" size={24} aria-label={`Remove project ${project.name}`}>
            Remove
          </Button>
        }
      >
        <p className="font-semibold">Remove {project.name} from Athene?</p>
        <p className="mt-1 text-soft">
          Its repository, branches and worktrees stay exactly as they are. You can add it again.
        </p>
        <div className="mt-3 flex gap-1.5">
          <Button kind="danger" onClick={() => void remove()}>
            Remove project
          </Button>
          <Button kind="quiet" onClick={() => setAsking(false)}>
            Cancel
          </Button>
        </div>
      </Popover>
    </Row>
  );
}

const icons = {
  fine: <Check size={16} className="shrink-0 text-ready" aria-label="fine" />,
  warning: <TriangleAlert size={16} className="shrink-0 text-ask" aria-label="warning" />,
  failure: <CircleX size={16} className="shrink-0 text-fail" aria-label="failure" />,
};

function Doctor() {
  const app = useApp();
  const system = useStore(app.system);
  const { checks, look } = useDoctor();
  return (
    <Section
      title="Doctor"
      note="what this machine has, and what is wrong"
      action={
        <Button size={24} onClick={look}>
          Check again
        </Button>
      }
    >
      {system?.troubles.map((trouble) => (
        <Row key={trouble}>
          {icons.warning}
          <span className="min-w-0 flex-1 break-words">{trouble}</span>
        </Row>
      ))}
      {checks === null ? <Row>Checking…</Row> : null}
      {checks?.map(({ name, state, what, todo }) => (
        <Row key={name}>
          {icons[state]}
          <span className="w-[132px] shrink-0 truncate font-medium">{name}</span>
          <span className="min-w-0 flex-1 text-soft">
            <span className="break-words">{what}</span>
            {todo === null ? null : <span className="block text-caption text-faint">{todo}</span>}
          </span>
        </Row>
      ))}
    </Section>
  );
}
