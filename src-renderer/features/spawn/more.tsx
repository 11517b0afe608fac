// What most spawns leave as it is: where it works, on which branch, and whether that place is set up first.
import { ChevronRight, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ProjectView } from '#shared/domain/project.ts';
import { chosenWorkspaceKindSchema, isOwnWorkspace, warningOf, type WorkspaceKind } from '#shared/domain/workspace.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { Switch } from '../../components/switch.tsx';
import { placeWords } from '../place-words.ts';
import { workSummary } from './work-summary.ts';
import type { FormErrors, SpawnForm } from './spawn-form.ts';

export function More({
  form,
  errors,
  change,
  project,
}: {
  readonly form: SpawnForm;
  readonly errors: FormErrors;
  readonly change: (part: Partial<SpawnForm>) => void;
  readonly project: ProjectView | undefined;
}) {
  const isUsual = form.branch === '' && form.base === '' && form.place === 'worktree' && form.setUp;
  const [open, setOpen] = useState(!isUsual);
  const own = isOwnWorkspace(form.place);
  return (
    <details className="group" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex w-fit list-none items-center gap-2 rounded-control">
        <ChevronRight size={14} aria-hidden="true" className="text-soft group-open:rotate-90" />
        <span className="font-medium">More</span>
        <span className="text-faint">where it works, branch, set-up</span>
      </summary>
      <div className="mt-3 grid grid-cols-2 gap-3 max-[620px]:grid-cols-1">
        <SelectField
          label="Works in"
          value={form.place}
          onChange={(event) => change({ place: chosenWorkspaceKindSchema.parse(event.target.value) })}
        >
          {chosenWorkspaceKindSchema.options.map((kind) => (
            <option key={kind} value={kind}>
              {placeWords[kind]}
            </option>
          ))}
        </SelectField>
        {form.place === 'adopted' ? (
          <TextField
            label="Its path"
            mono
            placeholder="/home/you/worktrees/idea"
            value={form.worktree}
            error={errors.worktree}
            onChange={(event) => change({ worktree: event.target.value })}
          />
        ) : (
          <span className="max-[620px]:hidden" />
        )}
        {own ? <Branch form={form} errors={errors} change={change} base={project?.defaultBranch ?? ''} /> : null}
      </div>
      {own ? null : <Warning kind={form.place} path={form.place === 'adopted' ? form.worktree : project?.path} />}
      {form.place === 'in-place' ? (
        <Choice id="spawn-alongside" on={form.alongside} onChange={(alongside) => change({ alongside })}>
          Also beside another session that works there
        </Choice>
      ) : null}
      {own && project !== undefined && workSummary(project.work) !== null ? (
        <Choice id="spawn-set-up" on={form.setUp} onChange={(setUp) => change({ setUp })}>
          {`Set up first: ${workSummary(project.work)}`}
        </Choice>
      ) : null}
    </details>
  );
}

function Branch({
  form,
  errors,
  change,
  base,
}: {
  readonly form: SpawnForm;
  readonly errors: FormErrors;
  readonly change: (part: Partial<SpawnForm>) => void;
  readonly base: string;
}) {
  return (
    <>
      <TextField
        label="Branch"
        mono
        placeholder="made from the issue or the session's id"
        value={form.branch}
        error={errors.branch}
        onChange={(event) => change({ branch: event.target.value })}
      />
      <TextField
        label="From"
        mono
        placeholder={base}
        value={form.base}
        error={errors.base}
        onChange={(event) => change({ base: event.target.value })}
      />
    </>
  );
}

function Warning({ kind, path }: { readonly kind: WorkspaceKind; readonly path: string | undefined }) {
  const text = warningOf(kind, path === undefined || path.trim() === '' ? 'a worktree' : path);
  if (text === null) return null;
  return (
    <p role="note" className="mt-2.5 flex items-start gap-2 break-words text-soft">
      <TriangleAlert size={15} strokeWidth={1.6} className="mt-0.5 shrink-0 text-ask" aria-hidden="true" /> {text}
    </p>
  );
}

function Choice({
  id,
  on,
  onChange,
  children,
}: {
  readonly id: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children: string;
}) {
  return (
    <div className="mt-2 flex items-center gap-3">
      <p id={id} className="min-w-0 flex-1 truncate" title={children}>
        {children}
      </p>
      <Switch on={on} labelledBy={id} onChange={onChange} />
    </div>
  );
}
