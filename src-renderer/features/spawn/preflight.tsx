import { Check, CircleX, GitBranch, ListChecks, TriangleAlert } from 'lucide-react';
import type { AgentView } from '#shared/domain/agent.ts';
import { isOwnWorkspace } from '#shared/domain/workspace.ts';
import { Chip } from '../../components/chip.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useApp, useStore } from '../app-context.tsx';
import type { SpawnForm } from './spawn-form.ts';
import { workSummary } from './work-summary.ts';

/** What is known before anything is started; it never blocks typing. */
export function Preflight({
  agent,
  form,
  agents,
}: {
  readonly agent: AgentView | undefined;
  readonly form: SpawnForm;
  readonly agents: readonly AgentView[];
}) {
  const app = useApp();
  const project = useStore(app.projects)?.find(({ id }) => id === form.project);
  const own = isOwnWorkspace(form.place);
  const setUp = project !== undefined && form.setUp && own ? workSummary(project.work) : null;
  // Whoever has one already knows what they want.
  const hasOne = agents.some(({ presence }) => presence.kind === 'found' && presence.path !== null);
  const missing = agents.filter(({ id, presence }) => presence.kind === 'missing' && (!hasOne || id === agent?.id));
  return (
    <div
      aria-label="Checks"
      role="group"
      className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-5 py-2 text-caption text-soft"
    >
      {agent === undefined ? null : agent.presence.kind === 'found' ? (
        <Verdict
          good
        >{`${agent.name}${agent.presence.version === null ? '' : ` ${agent.presence.version}`} found`}</Verdict>
      ) : (
        <Verdict good={false}>
          {agent.presence.kind === 'missing'
            ? `${agent.name} is not installed`
            : `${agent.name}: ${agent.presence.why}`}
        </Verdict>
      )}
      {project === undefined ? (
        <Verdict good={false}>No project chosen</Verdict>
      ) : project.state !== 'ready' ? (
        <Verdict good={false}>{project.problem ?? 'This project can not be used'}</Verdict>
      ) : own ? (
        <span className="flex items-center gap-1.5">
          <GitBranch size={14} strokeWidth={1.5} aria-hidden="true" /> from{' '}
          {form.base.trim() === '' ? project.defaultBranch : form.base}
        </span>
      ) : null}
      {project?.state === 'ready' && project.start.permissions === 'permissionless' ? (
        <Chip small colour="var(--state-stuck)">
          no permission asking
        </Chip>
      ) : null}
      {setUp === null ? null : (
        <span className="flex min-w-0 items-center gap-1.5">
          <ListChecks size={14} strokeWidth={1.5} aria-hidden="true" className="shrink-0" />
          <span className="truncate" title={project?.work.setUp.join('\n')}>
            sets up first: {setUp}
          </span>
        </span>
      )}
      {missing.slice(0, 2).map(({ id, name, presence }) =>
        presence.kind === 'missing' ? (
          <span key={id} className="flex min-w-0 items-center gap-1 text-faint">
            {name}: <code className="truncate font-mono text-[11.5px]">{presence.install}</code>
            <CopyButton text={presence.install} label={`Copy the command that installs ${name}`} iconOnly />
          </span>
        ) : null,
      )}
    </div>
  );
}

function Verdict({ good, children }: { readonly good: boolean; readonly children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      {good ? (
        <Check size={14} className="text-ready" aria-hidden="true" />
      ) : children.startsWith('No ') ? (
        <CircleX size={14} className="text-fail" aria-hidden="true" />
      ) : (
        <TriangleAlert size={14} className="text-ask" aria-hidden="true" />
      )}
      {children}
    </span>
  );
}
