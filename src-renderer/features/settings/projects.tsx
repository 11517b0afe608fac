import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '#shared/domain/problem.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Popover } from '../../components/popover.tsx';
import { Switch } from '../../components/switch.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { DegradedProject } from './degraded-project.tsx';
import { LimitField } from './limit-field.tsx';
import { ProjectRepliesRow } from './project-replies.tsx';
import { ProjectFile } from './project-file.tsx';
import { ProjectStartRow } from './project-start.tsx';
import { ProjectWorkRow } from './project-work.tsx';
import { Row, Section } from './section.tsx';

export function Projects() {
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
        <div key={project.id}>
          <Project project={project} tell={setProblem} />
          {project.state === 'ready' ? (
            <>
              <ProjectFile project={project} />
              <Limit project={project} tell={setProblem} />
              <ProjectStartRow project={project} />
              <ProjectWorkRow project={project} />
              <ProjectRepliesRow project={project} />
            </>
          ) : (
            <DegradedProject project={project} />
          )}
        </div>
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
  const trust = async (on: boolean): Promise<void> => {
    const set = await app.connection.call('project.trust', { id: project.id, trust: on });
    tell(set.ok ? null : set.problem);
  };
  const trustLabel = `trust-${project.id}`;
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
      </div>
      <span id={trustLabel} className="text-caption text-soft" title={trustNote}>
        <span className="sr-only">{project.name}: </span>agents trust its worktrees
      </span>
      <Switch
        on={project.trustWorktrees}
        labelledBy={trustLabel}
        disabled={project.state !== 'ready'}
        onChange={(on) => void trust(on)}
      />
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

function Limit({ project, tell }: Parameters<typeof Project>[0]) {
  const { connection } = useApp();
  const label = `limit-${project.id}`;
  const change = async (maximalAgents: number | null): Promise<void> => {
    const set = await connection.call('project.limit', { id: project.id, maximalAgents });
    tell(set.ok ? null : set.problem);
  };
  return (
    <div className="flex items-center gap-3 px-3.5">
      <p className="min-w-0 flex-1 text-caption text-faint">
        <span id={label} className="font-medium text-soft">
          Agents of {project.name} at once, at most
        </span>{' '}
        within the limit of all
      </p>
      <LimitField value={project.maximalAgents} labelledBy={label} onChange={(limit) => void change(limit)} />
    </div>
  );
}

const trustNote =
  'Agents do not ask in worktrees that Athene makes of it. Switched off, what was entered into their own files is taken out again.';
