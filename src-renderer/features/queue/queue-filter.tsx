import { ListFilter, X } from 'lucide-react';
import { metaProject, metaProjectName } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { Popover } from '../../components/popover.tsx';
import { noFilter, type QueueFilter } from '../../state/view.ts';
import { stateWords } from '../../text.ts';
import { useApp, useStore } from '../app-context.tsx';

export const passes =
  ({ project, agent, state }: QueueFilter) =>
  (session: SessionView): boolean =>
    (project === null || session.project === project) &&
    (agent === null || session.agent === agent) &&
    (state === null || session.state === state);

/** @param of what there is to choose from */
export function Filter({
  filter,
  of,
  onChange,
}: {
  readonly filter: QueueFilter;
  readonly of: readonly SessionView[];
  readonly onChange: (filter: QueueFilter) => void;
}) {
  const app = useApp();
  const projects = useStore(app.projects);
  const agents = useStore(app.agents);
  const chosen = Object.values(filter).filter((value) => value !== null).length;
  const projectName = (id: string): string =>
    projects?.find((project) => project.id === id)?.name ?? (id === metaProject ? metaProjectName : id);
  const agentName = (id: string): string => agents?.find((agent) => agent.id === id)?.name ?? id;
  return (
    <span className="flex items-center gap-1">
      <Popover
        label="Filter"
        align="end"
        trigger={
          <Button kind="quiet" size={28}>
            <ListFilter size={15} strokeWidth={1.5} aria-hidden="true" /> Filter
            <span className="tabular w-2 text-caption text-accent">{chosen === 0 ? '' : chosen}</span>
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <Pick
            label="Project"
            values={valuesOf(of, 'project')}
            word={projectName}
            value={filter.project}
            onPick={(project) => onChange({ ...filter, project })}
          />
          <Pick
            label="Agent"
            values={valuesOf(of, 'agent')}
            word={agentName}
            value={filter.agent}
            onPick={(agent) => onChange({ ...filter, agent })}
          />
          <Pick
            label="State"
            values={valuesOf(of, 'state')}
            word={(state) => stateWords[state as SessionView['state']]}
            value={filter.state}
            onPick={(state) => onChange({ ...filter, state })}
          />
        </div>
      </Popover>
      {chosen === 0 ? null : (
        <Button kind="quiet" size={28} onClick={() => onChange(noFilter)}>
          <X size={14} aria-hidden="true" /> All
        </Button>
      )}
    </span>
  );
}

const valuesOf = (sessions: readonly SessionView[], key: 'project' | 'agent' | 'state'): readonly string[] =>
  [...new Set(sessions.map((session) => session[key]))].toSorted();

function Pick({
  label,
  values,
  word,
  value,
  onPick,
}: {
  readonly label: string;
  readonly values: readonly string[];
  readonly word: (value: string) => string;
  readonly value: string | null;
  readonly onPick: (value: string | null) => void;
}) {
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      onChange={(event) => onPick(event.target.value === '' ? null : event.target.value)}
    >
      <option value="">All</option>
      {values.map((each) => (
        <option key={each} value={each}>
          {word(each)}
        </option>
      ))}
    </SelectField>
  );
}
