// What the worktrees of a project need: one file or command a line; saved into config.yaml.
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '#shared/domain/problem.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import { projectWorkSchema, type ProjectWork } from '#shared/domain/set-up.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { LinesField, TextField } from '../../components/field.tsx';
import { useApp } from '../app-context.tsx';
import { linesIn } from './lines-in.ts';
import { workSummary } from '../spawn/work-summary.ts';

type Texts = Readonly<Record<keyof ProjectWork, string>>;

export function ProjectWorkRow({ project }: { readonly project: ProjectView }) {
  return (
    <details className="group px-3.5 py-2">
      <summary className="-ms-0.5 flex list-none items-center gap-2 rounded-control text-caption text-faint">
        <ChevronRight size={14} aria-hidden="true" className="shrink-0 group-open:rotate-90" />
        <span className="shrink-0 font-medium text-soft">Worktrees of {project.name}</span>
        <span className="truncate">{workSummary(project.work) ?? 'no set-up'}</span>
      </summary>
      <Form key={JSON.stringify(project.work)} project={project} />
    </details>
  );
}

function Form({ project }: { readonly project: ProjectView }) {
  const app = useApp();
  const [texts, setTexts] = useState<Texts>(() => textsOf(project.work));
  const [problem, setProblem] = useState<Problem | null>(null);
  const work = workIn(texts);
  const errors = errorsOf(work);
  const changed = JSON.stringify(work) !== JSON.stringify(project.work);
  const save = async (): Promise<void> => {
    const saved = await app.connection.call('project.configure', { id: project.id, work });
    setProblem(saved.ok ? null : saved.problem);
    if (saved.ok) app.view.toast(`Saved what worktrees of ${project.name} need`);
  };
  const lines = (name: keyof ProjectWork, label: string, help: string) => (
    <LinesField
      label={label}
      help={help}
      error={errors[name]}
      value={texts[name]}
      onChange={(event) => setTexts((before) => ({ ...before, [name]: event.target.value }))}
    />
  );
  return (
    <form
      className="mt-3 flex flex-col gap-3 pb-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="grid grid-cols-2 gap-3 max-[620px]:grid-cols-1">
        {lines('copy', 'Copy', 'Files of your own checkout, one a line: .env, packages/*/.env')}
        {lines('link', 'Link', 'Files or directories: node_modules')}
      </div>
      {lines('setUp', 'Set-up', 'Commands, one a line, in this order; the agent starts when they succeeded.')}
      {lines('tearDown', 'Tear-down', 'Commands before a worktree is removed; one that fails stops the removal.')}
      <TextField
        label="Run"
        mono
        help="Started with Run in a session's bar, with its ports: $ATHENE_PORT_BASE and on."
        error={errors.run}
        value={texts.run}
        onChange={(event) => setTexts((before) => ({ ...before, run: event.target.value }))}
      />
      {problem === null ? null : <ErrorBlock problem={problem} />}
      <div className="flex gap-1.5">
        <Button kind="primary" type="submit" disabled={!changed || Object.keys(errors).length > 0}>
          Save
        </Button>
        <Button kind="quiet" disabled={!changed} onClick={() => setTexts(textsOf(project.work))}>
          Discard changes
        </Button>
      </div>
    </form>
  );
}

const textsOf = ({ run, ...lists }: ProjectWork): Texts => ({
  copy: lists.copy.join('\n'),
  link: lists.link.join('\n'),
  setUp: lists.setUp.join('\n'),
  tearDown: lists.tearDown.join('\n'),
  run: run ?? '',
});

const workIn = ({ run, ...lists }: Texts): ProjectWork => ({
  copy: linesIn(lists.copy),
  link: linesIn(lists.link),
  setUp: linesIn(lists.setUp),
  tearDown: linesIn(lists.tearDown),
  run: run.trim() === '' ? null : run.trim(),
});

/** The first of each field, with its line. */
function errorsOf(work: ProjectWork): Partial<Record<keyof ProjectWork, string>> {
  const { error } = projectWorkSchema.safeParse(work);
  const errors: Partial<Record<keyof ProjectWork, string>> = {};
  for (const { path, message } of error?.issues ?? []) {
    const name = path[0] as keyof ProjectWork;
    const line = typeof path[1] === 'number' ? `Line ${path[1] + 1} ` : 'It ';
    errors[name] ??= `${line}${message}`;
  }
  return errors;
}
