// Text first; everything else has a default. Starting closes at once, and nothing typed is lost whatever happens then.
import { Bot, Folder } from 'lucide-react';
import { useCallback, useState, type KeyboardEvent } from 'react';
import type { AgentView } from '#shared/domain/agent.ts';
import { usualStart } from '#shared/domain/project.ts';
import { AgentIcon } from '../../components/agent-icon.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Field, inputLook, SelectField, TextField } from '../../components/field.tsx';
import { KeyCaps } from '../../components/key-cap.tsx';
import { uuidv7 } from '../../lib/uuid.ts';
import type { SpawnDialogStart } from '../../state/view.ts';
import { platform, useApp, useStore } from '../app-context.tsx';
import { IssuePicker } from './issue-picker.tsx';
import { More } from './more.tsx';
import { Paused } from './paused.tsx';
import { Preflight } from './preflight.tsx';
import {
  checkForm,
  startForm,
  suggestedName,
  toInput,
  workerOn,
  type FormErrors,
  type SpawnForm,
} from './spawn-form.ts';
import { useDraft } from './use-draft.ts';

export function SpawnDialog({ start }: { readonly start: SpawnDialogStart }) {
  const app = useApp();
  const projects = useStore(app.projects) ?? [];
  const agents = useStore(app.agents) ?? [];
  const [typed, setTyped] = useState<Partial<SpawnForm>>({});
  const [tried, setTried] = useState(false);
  const form = { ...startForm(start, { projects, agents, shown: shownProject(app), chosen: typed.project }), ...typed };
  const change = useCallback((part: Partial<SpawnForm>) => setTyped((before) => ({ ...before, ...part })), []);
  const restore = useCallback((prompt: string) => setTyped((before) => ({ prompt, ...before })), []);
  const draft = useDraft(form.prompt, start.prompt !== undefined && start.prompt !== '', restore);
  const agent = agents.find(({ id }) => id === form.agent);
  const taken = workerOn(form, useStore(app.sessions) ?? []);
  const errors = { ...checkForm(form, agent), ...(taken === null ? {} : { issue: `${taken} works on it already` }) };
  const close = () => app.view.update((view) => ({ ...view, dialog: null }));

  const begin = (): void => {
    setTried(true);
    if (Object.keys(errors).length > 0 || agent === undefined) return;
    close();
    draft.clear();
    const usual = projects.find(({ id }) => id === form.project)?.start ?? usualStart;
    void startOrReturn(app, toInput(form, { agent, start: usual, request: uuidv7() }), start);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    begin();
  };
  return (
    <Dialog title="New session" note={draft.saved ? 'Draft saved' : undefined} onClose={close}>
      <form
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <div className="flex flex-col gap-3.5 px-5 pt-4 pb-4">
          <Paused refused={start.problem?.code === 'spawns-paused'} resumeAndStart={begin} />
          {start.problem === undefined || start.problem.code === 'spawns-paused' ? null : (
            <ErrorBlock problem={start.problem} />
          )}
          <Prompt form={form} errors={errors} agent={agent} change={change} />
          <div className="grid grid-cols-3 gap-3 max-[620px]:grid-cols-1">
            <SelectField
              label="Project"
              icon={<Folder size={15} strokeWidth={1.4} />}
              value={form.project}
              error={tried ? errors.project : undefined}
              onChange={(event) => change({ project: event.target.value })}
            >
              {projects.length === 0 ? <option value="">No projects yet</option> : null}
              {projects.map(({ id, name, state }) => (
                <option key={id} value={id} disabled={state !== 'ready'}>
                  {name}
                  {state === 'ready' ? '' : ' (not usable)'}
                </option>
              ))}
            </SelectField>
            <SelectField
              label="Agent"
              icon={agent === undefined ? <Bot size={15} strokeWidth={1.4} /> : <AgentIcon agent={agent} />}
              value={form.agent}
              error={tried ? errors.agent : undefined}
              onChange={(event) => change({ agent: event.target.value })}
            >
              {agents.length === 0 ? <option value="">Looking for agents…</option> : null}
              {agents.map((candidate) => (
                <option
                  key={candidate.id}
                  value={candidate.id}
                  disabled={['missing', 'broken'].includes(candidate.presence.kind)}
                >
                  {candidate.name}
                  {tail(candidate)}
                </option>
              ))}
            </SelectField>
            <IssuePicker
              project={form.project}
              value={form.issue}
              error={errors.issue}
              onChange={(issue) => change({ issue })}
            />
          </div>
          {agent?.takesCommand === true ? (
            <TextField
              label="Command"
              mono
              placeholder="my-agent --flag"
              help="Runs in your login shell, in the session's worktree."
              value={form.command}
              error={tried ? errors.command : undefined}
              onChange={(event) => change({ command: event.target.value })}
            />
          ) : null}
          <TextField
            label="Name"
            placeholder={suggestedName(form) || 'from the text'}
            maxLength={80}
            value={form.name}
            onChange={(event) => change({ name: event.target.value })}
          />
          <More form={form} errors={errors} change={change} project={projects.find(({ id }) => id === form.project)} />
        </div>
        <Preflight agent={agent} form={form} agents={agents} />
        <footer className="sticky bottom-0 flex items-center justify-end gap-2 rounded-b-dialog border-t border-line bg-surface px-5 py-3">
          <span className="me-auto text-caption text-faint">The text is kept, whatever happens.</span>
          <Button size={32} onClick={close}>
            Cancel
          </Button>
          <Button kind="primary" size={32} type="submit">
            Start <KeyCaps keys={[platform === 'mac' ? '⌘' : 'Ctrl', '⏎']} onFill />
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Opens the dialog again, text and all, when not even a row of a failed spawn came of it. */
async function startOrReturn(
  app: ReturnType<typeof useApp>,
  input: ReturnType<typeof toInput>,
  start: SpawnDialogStart,
): Promise<void> {
  const started = await app.spawn(input);
  if (started.ok) {
    if (start.replaces !== undefined) void app.connection.call('session.dismissSpawn', { request: start.replaces });
    return;
  }
  if (app.spawns.get()?.some(({ request }) => request === input.request) === true) return;
  const { prompt, ...rest } = input;
  app.view.update((view) => ({ ...view, dialog: { ...rest, prompt: prompt ?? '', problem: started.problem } }));
  app.view.goBack();
}

function shownProject(app: ReturnType<typeof useApp>): string | null {
  const { place } = app.view.get();
  if (place.kind !== 'session') return null;
  return app.sessions.get()?.find(({ id }) => id === place.id)?.project ?? null;
}

function tail({ presence }: AgentView): string {
  if (presence.kind === 'found') return presence.version === null ? '' : ` ${presence.version}`;
  if (presence.kind === 'broken') return ' – its definition is broken';
  return presence.kind === 'missing' ? ' – not installed' : ' – could not check';
}

interface Part {
  readonly form: SpawnForm;
  readonly errors: FormErrors;
  readonly change: (part: Partial<SpawnForm>) => void;
}

function Prompt({ form, errors, agent, change }: Part & { readonly agent: AgentView | undefined }) {
  const lines = form.prompt === '' ? 0 : form.prompt.split('\n').length;
  const takes = agent?.takesPrompt ?? true;
  return (
    <Field
      label="What should it do?"
      error={errors.prompt}
      help={
        takes
          ? undefined
          : `${agent?.name ?? 'This agent'} takes no text; it opens for you to type. The text only names the session.`
      }
    >
      {(wired) => (
        <div className="relative">
          <textarea
            {...wired}
            autoFocus
            rows={5}
            value={form.prompt}
            placeholder="Fix the flaky login test and prove it with ten green runs."
            onChange={(event) => change({ prompt: event.target.value })}
            className={`${inputLook} block max-h-[40vh] min-h-[116px] resize-y px-3 py-2.5 leading-[1.55] rounded-card text-strong`}
          />
          {lines > 1 ? (
            <span className="tabular pointer-events-none absolute end-3 bottom-2 rounded-control bg-raised px-1 text-caption text-faint">
              {lines} lines
            </span>
          ) : null}
        </div>
      )}
    </Field>
  );
}
