// What a new meta orchestrator is called, and over which projects it leads.
import { useId } from 'react';
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import { TextField } from '../../components/field.tsx';
import { ProjectMark } from '../../components/project-mark.tsx';
import { Segments } from '../../components/segments.tsx';
import { useApp, useStore } from '../app-context.tsx';

export interface MetaForm {
  readonly name: string;
  readonly scope: 'all' | 'chosen';
  readonly projects: readonly string[];
}

export const newMeta: MetaForm = { name: '', scope: 'all', projects: [] };

export const scopeOf = ({ scope, projects }: MetaForm): 'all' | { projects: string[] } =>
  scope === 'all' ? 'all' : { projects: [...projects] };

export interface MetaFault {
  readonly field: 'name' | 'projects';
  readonly what: string;
}

/** @param taken ids of coordinators that there are */
export function metaFault({ name, scope, projects }: MetaForm, taken: readonly string[]): MetaFault | null {
  const id = name.trim();
  if (id === '') return { field: 'name', what: 'It needs a name.' };
  if (!sessionIdSchema.safeParse(id).success) return { field: 'name', what: 'Letters, digits, - and _ only.' };
  if (taken.some((other) => other.toLowerCase() === id.toLowerCase()))
    return { field: 'name', what: 'There is one of this name.' };
  return scope === 'chosen' && projects.length === 0 ? { field: 'projects', what: 'Choose at least one.' } : null;
}

export function MetaFields({
  form,
  fault,
  change,
}: {
  readonly form: MetaForm;
  readonly fault: MetaFault | null;
  readonly change: (form: MetaForm) => void;
}) {
  const label = useId();
  const projects = (useStore(useApp().projects) ?? []).filter(({ state }) => state === 'ready');
  const toggle = (id: string, on: boolean): void =>
    change({ ...form, projects: on ? [...form.projects, id] : form.projects.filter((other) => other !== id) });
  return (
    <>
      <TextField
        label="Name"
        placeholder="release-2"
        autoFocus
        maxLength={64}
        value={form.name}
        error={fault?.field === 'name' ? fault.what : undefined}
        onChange={(event) => change({ ...form, name: event.target.value })}
      />
      <div>
        <p id={label} className="mb-1.5 text-caption font-medium text-soft">
          It leads
        </p>
        <div className="flex">
          <Segments
            options={scopes}
            chosen={form.scope}
            labelledBy={label}
            onChoose={(scope) => change({ ...form, scope })}
          />
        </div>
        {form.scope === 'all' ? null : (
          <ul className="mt-2 grid max-h-40 grid-cols-2 gap-x-4 overflow-y-auto rounded-control border border-line px-3 py-1.5">
            {projects.map(({ id, name, colour }) => (
              <li key={id}>
                <label className="flex h-7 items-center gap-2">
                  <input
                    type="checkbox"
                    className="accent-(--accent-fill)"
                    checked={form.projects.includes(id)}
                    onChange={(event) => toggle(id, event.target.checked)}
                  />
                  <ProjectMark colour={colour} />
                  <span className="min-w-0 truncate">{name}</span>
                </label>
              </li>
            ))}
          </ul>
        )}
        {fault?.field === 'projects' ? (
          <p role="alert" className="mt-1 text-caption text-fail">
            {fault.what}
          </p>
        ) : null}
      </div>
    </>
  );
}

const scopes = [
  { value: 'all', label: 'All projects' },
  { value: 'chosen', label: 'Chosen projects' },
] as const;
