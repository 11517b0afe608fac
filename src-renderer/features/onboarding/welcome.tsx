// The first screen, and later the place to add a project: what is found, what to add, and a project to try.
import { Check, FolderOpen, Play, TriangleAlert } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { AgentView } from '#shared/domain/agent.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { DoctorCheck } from '#shared/domain/system.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { inputLook } from '../../components/field.tsx';
import { Owl } from '../../components/owl.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { useDoctor } from '../settings/use-doctor.ts';

export function AddProject() {
  const app = useApp();
  const projects = useStore(app.projects) ?? [];
  const agents = useStore(app.agents);
  const found = agents?.filter(({ presence }) => presence.kind === 'found').length ?? 0;
  const first = projects[0];
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 py-10">
      <div className="mx-auto max-w-[680px]">
        <header className="flex items-center gap-5">
          <Owl size={44} />
          <div>
            <h2 className="text-welcome font-semibold">Run many agents, answer only what needs you</h2>
            <p className="text-soft">Two steps, about a minute. No account; everything stays on this machine.</p>
          </div>
        </header>
        <Step
          number={1}
          done={found > 0}
          title="Tools"
          note={agents === null ? 'looking…' : `${found} of ${agents.length} agents found; one is enough`}
        >
          <Tools agents={agents} />
        </Step>
        <Step number={2} done={projects.length > 0} title="Add a project" note="a folder with a git repository">
          <AddByPath />
        </Step>
        <footer className="ms-[34px] mt-7 flex items-center gap-2 border-t border-line pt-4">
          <span className="me-auto text-caption text-faint">
            {first === undefined
              ? 'You can come back to this from the overview.'
              : `${projects.length === 1 ? 'One project' : `${projects.length} projects`} so far.`}
          </span>
          <Button kind="quiet" size={32} onClick={() => app.view.go({ kind: 'home' })}>
            Skip for now
          </Button>
          <Button
            kind={first === undefined ? 'normal' : 'primary'}
            size={32}
            disabled={first === undefined}
            onClick={() =>
              app.view.update((view) => ({ ...view, dialog: first === undefined ? {} : { project: first.id } }))
            }
          >
            Continue to the first session
          </Button>
        </footer>
      </div>
    </div>
  );
}

function Step({
  number,
  done,
  title,
  note,
  children,
}: {
  readonly number: number;
  readonly done: boolean;
  readonly title: string;
  readonly note: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="mt-7" aria-label={title}>
      <header className="mb-2.5 flex items-center gap-3">
        <span
          className="flex size-[22px] items-center justify-center rounded-full text-caption font-semibold"
          style={
            done
              ? {
                  background: 'color-mix(in srgb, var(--state-ready) var(--tint), transparent)',
                  color: 'var(--state-ready)',
                }
              : { background: 'var(--bg-3)' }
          }
        >
          {done ? <Check size={14} aria-label="done" /> : number}
        </span>
        <h3 className="text-strong font-semibold">{title}</h3>
        <span className="text-faint">{note}</span>
      </header>
      <div className="ms-[34px]">{children}</div>
    </section>
  );
}

function Tools({ agents }: { readonly agents: readonly AgentView[] | null }) {
  const app = useApp();
  const { checks, look } = useDoctor();
  const git = checks?.find(({ name }) => /\bgit\b/i.test(name));
  const again = () => {
    look();
    void app.lookForAgents(true);
  };
  return (
    <div className="overflow-hidden rounded-card border border-line bg-surface [&>*+*]:border-t [&>*+*]:border-line">
      {git === undefined ? null : <GitRow check={git} again={again} />}
      {agents === null ? (
        <p className="px-3.5 py-3 text-faint">Looking for agents on your login shell's PATH…</p>
      ) : null}
      {agents?.map((agent) => (
        <AgentRow key={agent.id} agent={agent} again={again} />
      ))}
    </div>
  );
}

function GitRow({ check, again }: { readonly check: DoctorCheck; readonly again: () => void }) {
  const version = /\d+\.\d+(?:\.\d+)?/.exec(check.what)?.[0];
  return (
    <ToolRow
      good={check.state !== 'failure'}
      name="git"
      version={check.state === 'failure' ? 'not found' : (version ?? 'found')}
      where={check.todo ?? (version === undefined ? check.what : '')}
    >
      {check.state === 'fine' ? null : <CheckAgain again={again} />}
    </ToolRow>
  );
}

/** One agent program: where it is, or how to get it. */
export function AgentRow({ agent, again }: { readonly agent: AgentView; readonly again?: () => void }) {
  const { presence, name } = agent;
  if (presence.kind === 'found')
    return (
      <ToolRow
        good
        name={name}
        version={presence.version ?? (presence.path === null ? 'built in' : 'found')}
        where={presence.path ?? ''}
      />
    );
  if (presence.kind === 'unknown')
    return (
      <ToolRow good={false} name={name} version="can't tell" where={presence.why}>
        {again === undefined ? null : <CheckAgain again={again} />}
      </ToolRow>
    );
  return (
    <ToolRow good={false} name={name} version="not found" where={presence.install}>
      <CopyButton text={presence.install} label={`Copy the command that installs ${name}`} />
      {again === undefined ? null : <CheckAgain again={again} />}
    </ToolRow>
  );
}

const CheckAgain = ({ again }: { readonly again: () => void }) => (
  <Button size={24} onClick={again}>
    Check again
  </Button>
);

function ToolRow({
  good,
  name,
  version,
  where,
  children,
}: {
  readonly good: boolean;
  readonly name: string;
  readonly version: string;
  readonly where: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="flex min-h-10 items-center gap-2.5 py-1.5 ps-3.5 pe-3.5">
      {good ? (
        <Check size={16} className="shrink-0 text-ready" aria-label="found" />
      ) : (
        <TriangleAlert size={16} className="shrink-0 text-ask" aria-label="missing" />
      )}
      <span className="w-[124px] shrink-0 truncate font-medium">{name}</span>
      <span className="tabular w-[68px] shrink-0 truncate text-soft" title={version}>
        {version}
      </span>
      <code className="min-w-0 flex-1 truncate font-mono text-caption text-faint" title={where}>
        {where}
      </code>
      {children}
    </div>
  );
}

function AddByPath() {
  const app = useApp();
  const [path, setPath] = useState('');
  const [busy, setBusy] = useState<'add' | 'sandbox' | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (path.trim() === '') return;
    setBusy('add');
    const added = await app.connection.call('project.add', { path: path.trim(), id: null });
    setBusy(null);
    setProblem(added.ok ? null : added.problem);
    if (!added.ok) return;
    setPath('');
    app.view.toast(`Added ${added.value.name}`);
    app.view.update((view) => ({ ...view, dialog: { project: added.value.id } }));
  };
  const sandbox = async (): Promise<void> => {
    setBusy('sandbox');
    const added = await app.connection.call('project.addSandbox', {});
    setBusy(null);
    setProblem(added.ok ? null : added.problem);
    if (!added.ok) return;
    app.view.update((view) => ({ ...view, dialog: { project: added.value.id, agent: 'demo', prompt: firstTask } }));
  };
  return (
    <form onSubmit={(event) => void add(event)} className="flex flex-col gap-2">
      <div className="flex items-center gap-3 rounded-card border border-dashed border-control px-4 py-3.5">
        <FolderOpen size={18} strokeWidth={1.4} className="shrink-0 text-soft" aria-hidden="true" />
        <div className="min-w-0 flex-1">
          <label htmlFor="project-path" className="block font-medium">
            Path of the repository
          </label>
          <input
            id="project-path"
            type="text"
            value={path}
            onChange={(event) => setPath(event.target.value)}
            placeholder="/home/you/code/project"
            autoComplete="off"
            spellCheck={false}
            aria-describedby="project-path-note"
            className={`${inputLook} mt-1.5 h-7 font-mono text-[12.5px]`}
          />
          <p id="project-path-note" className="mt-1.5 text-caption text-faint">
            The repository is not changed. Agents work in worktrees beside it.
          </p>
        </div>
        <Button kind="primary" size={32} type="submit" disabled={busy !== null || path.trim() === ''}>
          {busy === 'add' ? 'Adding…' : 'Add project'}
        </Button>
      </div>
      {problem === null ? null : <ErrorBlock problem={problem} />}
      <div className="flex items-center gap-3">
        <Button onClick={() => void sandbox()} disabled={busy !== null}>
          <Play size={14} strokeWidth={1.6} /> {busy === 'sandbox' ? 'Making it…' : 'Try the sandbox project'}
        </Button>
        <span className="text-caption text-faint">
          a small repository made here in seconds, with an agent that needs no account
        </span>
      </div>
    </form>
  );
}

const firstTask = 'Read the README, add a short greeting to it, and commit the change.';
