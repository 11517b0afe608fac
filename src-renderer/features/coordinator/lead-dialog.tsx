// Starts an agent that leads others: says what it does and what it may not, asks once for the consent, and shows why there is none.
import { Bot } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { AgentView } from '#shared/domain/agent.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { AgentIcon } from '../../components/agent-icon.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { ProjectMark } from '../../components/project-mark.tsx';
import type { LeadDialogStart } from '../../state/view.ts';
import { useApp, useStore, useView } from '../app-context.tsx';
import { MetaFields, metaFault, newMeta, type MetaForm } from './meta-fields.tsx';
import { startLead } from './start-lead.ts';

export function LeadDialog() {
  const { leading } = useView();
  return leading === null ? null : <Open key={JSON.stringify(leading)} leading={leading} />;
}

function Open({ leading }: { readonly leading: LeadDialogStart }) {
  const app = useApp();
  const agents = useStore(app.agents) ?? [];
  const { permissionlessCoordinators } = useStore(app.settings);
  const asks = useAsks(leading);
  const agreed = permissionlessCoordinators || asks;
  const [agent, chooseAgent] = useState('');
  const [command, setCommand] = useState('');
  const [meta, setMeta] = useState<MetaForm>(newMeta);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isNewMeta = leading.kind === 'meta' && leading.name === null;
  const taken = useStore(app.coordinators.all)?.map(({ id }) => id) ?? [];
  const fault = isNewMeta ? metaFault(meta, taken) : null;
  const chosen = agents.find(({ id }) => id === agent);
  const takesCommand = chosen?.takesCommand === true;
  const commandFault = takesCommand && command.trim() === '' ? 'Which command is it?' : null;
  const close = (): void => app.view.update((view) => ({ ...view, leading: null }));
  const begin = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (busy || fault !== null || commandFault !== null) return;
    setBusy(true);
    setProblem(null);
    const how = {
      agent: agent === '' ? null : agent,
      command: takesCommand ? command.trim() : null,
      // Whoever pressed the button has read the words above it.
      allowPermissionless: !asks,
    };
    const started = await startLead(app, leading, { meta, how });
    setBusy(false);
    if (!started.ok) return setProblem(started.problem);
    close();
    app.view.go({ kind: 'session', id: started.value }, { focus: true });
  };
  return (
    <Dialog title={titles[leading.kind]} note={<Of leading={leading} />} width={620} onClose={close}>
      <form onSubmit={(event) => void begin(event)} className="min-h-0">
        <div className="flex flex-col gap-4 px-5 py-4">
          {problem === null ? null : <ErrorBlock problem={problem} />}
          {leading.kind === 'relaunch' ? <Anew /> : <What isMeta={leading.kind === 'meta'} />}
          {isNewMeta ? <MetaFields form={meta} fault={tried ? fault : null} change={setMeta} /> : null}
          <SelectField
            label="Agent"
            icon={chosen === undefined ? <Bot size={15} strokeWidth={1.4} /> : <AgentIcon agent={chosen} />}
            value={agent}
            onChange={(event) => chooseAgent(event.target.value)}
          >
            <option value="">As it is configured</option>
            {agents
              .filter(({ takesPrompt }) => takesPrompt)
              .map((candidate) => (
                <option key={candidate.id} value={candidate.id} disabled={candidate.presence.kind === 'missing'}>
                  {candidate.name}
                  {tail(candidate)}
                </option>
              ))}
          </SelectField>
          {takesCommand ? (
            <TextField
              label="Command"
              mono
              placeholder="my-agent --flag"
              value={command}
              error={tried ? commandFault : undefined}
              onChange={(event) => setCommand(event.target.value)}
            />
          ) : null}
          {agreed ? null : <Consent />}
        </div>
        <footer className="sticky bottom-0 flex items-center justify-end gap-2 rounded-b-dialog border-t border-line bg-surface px-5 py-3">
          <span className="me-auto text-caption text-faint">
            {asks
              ? 'It asks before it acts, as config.yaml has it.'
              : agreed
                ? 'You agreed that agents which lead act without asking; Settings takes it back.'
                : ''}
          </span>
          <Button size={32} onClick={close}>
            Cancel
          </Button>
          <Button kind="primary" size={32} type="submit" disabled={busy}>
            {busy ? 'Starting…' : agreed ? verbs[leading.kind] : `Agree and ${verbs[leading.kind].toLowerCase()}`}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Whoever leads here asks like everybody: no consent is needed for that. */
function useAsks(leading: LeadDialogStart): boolean {
  const known = useStore(useApp().coordinators.all) ?? [];
  const meant = known.find(({ id, kind, project }) => {
    if (leading.kind === 'orchestrator') return kind === 'orchestrator' && project === leading.project;
    return id === (leading.kind === 'meta' ? leading.name : leading.id);
  });
  return meant?.asks ?? false;
}

const titles = {
  orchestrator: 'Start orchestrator',
  meta: 'Meta orchestrator',
  relaunch: 'Start a new agent in its place',
} as const;
const verbs = { orchestrator: 'Start', meta: 'Start', relaunch: 'Start anew' } as const;

const tail = ({ presence }: AgentView): string => (presence.kind === 'missing' ? ' – not installed' : '');

function Of({ leading }: { readonly leading: LeadDialogStart }): ReactNode {
  const app = useApp();
  const projects = useStore(app.projects);
  const sessions = useStore(app.sessions);
  if (leading.kind === 'meta') return leading.name ?? 'over several projects';
  if (leading.kind === 'relaunch') return sessions?.find(({ id }) => id === leading.id)?.name ?? leading.id;
  const project = projects?.find(({ id }) => id === leading.project);
  return (
    <span className="flex items-center gap-1.5">
      {project === undefined ? null : <ProjectMark colour={project.colour} />}
      {project?.name ?? leading.project}
    </span>
  );
}

/** What it is for, for somebody who never had one. */
const What = ({ isMeta }: { readonly isMeta: boolean }) => (
  <>
    <p className="leading-[1.5] text-soft">
      An agent that leads others instead of writing code. You tell it what is to be done; it splits the work, starts a
      session for each part, and watches over them.
    </p>
    <div className="grid grid-cols-2 gap-5 max-[560px]:grid-cols-1">
      <List title="What it does">
        <li>
          starts workers {isMeta ? 'in its projects, and orchestrators' : 'in this project'}, each in its worktree
        </li>
        <li>answers what they ask, or leaves it to you</li>
        <li>passes on failing checks and reviews, and stops what is done</li>
      </List>
      <List title="What it may not">
        <li>start more than its limits say</li>
        <li>change settings, projects, or workers that others lead</li>
        <li>discard work: what is not committed is put aside</li>
      </List>
    </div>
  </>
);

const List = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section>
    <h2 className="mb-1.5 text-caption font-medium text-faint">{title}</h2>
    <ul className="flex list-disc flex-col gap-1 ps-4 text-soft marker:text-faint">{children}</ul>
  </section>
);

const Anew = () => (
  <p className="leading-[1.5] text-soft">
    The agent that is there ends, and a new one begins with a new prompt: it knows nothing of the conversation so far.
    What is not committed in its worktree is put aside first, and its branch stays. Its workers go on, and are its
    workers still.
  </p>
);

const Consent = () => (
  <section
    aria-label="Consent"
    className="rounded-card border border-control bg-raised px-3.5 py-3 leading-[1.5] text-soft"
  >
    <p className="font-semibold text-ink">It runs commands without asking you</p>
    <p className="mt-1">
      Whoever leads can't wait for you at every command. So it reads, writes and runs what it takes for right on this
      machine, as you could. You are asked this once, for all agents that lead; workers go on asking. Settings takes it
      back.
    </p>
  </section>
);
