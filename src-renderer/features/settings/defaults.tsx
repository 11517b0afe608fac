// What holds for every project that says nothing else, and what becomes of sessions whose work is done; saved into config.yaml.
import { useCallback, useState } from 'react';
import type { ConfigValue } from '#shared/domain/configuration.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Segments } from '../../components/segments.tsx';
import { Switch } from '../../components/switch.tsx';
import { Select } from '../../components/field.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { Row, RowLabel, Section } from './section.tsx';
import { useOnConfiguration } from './use-on-configuration.ts';

export function Defaults() {
  const agents = useStore(useApp().agents) ?? [];
  const { valueOf, set, problem } = useConfiguration();
  const agent = String(valueOf('defaults.agent') ?? '');
  const cleans = valueOf('lifecycle.autoCleanupOnMerge') !== false;
  const grace = Number(valueOf('lifecycle.mergeCleanupIdleGraceMs') ?? 300_000);
  return (
    <Section title="Defaults" note="where a project says nothing else">
      {problem === null ? null : <ErrorBlock problem={problem} />}
      <Row>
        <RowLabel id="default-agent" note="Chosen in the spawn dialog and by athene spawn.">
          Agent
        </RowLabel>
        <Select
          aria-labelledby="default-agent"
          value={agent}
          onChange={(event) => void set('defaults.agent', event.target.value === '' ? null : event.target.value)}
        >
          <option value="">The one that is there</option>
          {agents
            .filter(({ takesCommand, id }) => !takesCommand || id === agent)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Select>
      </Row>
      <Row>
        <RowLabel
          id="cleanup-label"
          note="Once its pull request is merged, a session ends and its worktree goes, after unsaved work was put aside. Branches stay."
        >
          Clean up after a merge
        </RowLabel>
        <Switch
          on={cleans}
          labelledBy="cleanup-label"
          onChange={(on) => void set('lifecycle.autoCleanupOnMerge', on ? null : 'false')}
        />
      </Row>
      <Row>
        <RowLabel id="grace-label" note="How long an agent that still works after the merge may go on.">
          Wait for a busy agent
        </RowLabel>
        <Segments
          options={gracesWith(grace)}
          chosen={String(grace)}
          labelledBy="grace-label"
          disabled={!cleans}
          onChoose={(chosen) => void set('lifecycle.mergeCleanupIdleGraceMs', chosen)}
        />
      </Row>
    </Section>
  );
}

const graces = [
  { value: '0', label: 'No' },
  ...[1, 5, 15].map((minutes) => ({ value: String(minutes * 60_000), label: `${minutes} min` })),
];

/** Also what somebody wrote by hand. */
const gracesWith = (grace: number) =>
  graces.some(({ value }) => value === String(grace))
    ? graces
    : [...graces, { value: String(grace), label: `${grace / 1000} s` }];

/** What config.yaml says for all projects. */
function useConfiguration() {
  const { connection } = useApp();
  const [values, setValues] = useState<readonly ConfigValue[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const look = useCallback(() => {
    void connection
      .call('config.explain', { project: null })
      .then((told) => (told.ok ? setValues(told.value.values) : undefined));
  }, [connection]);
  useOnConfiguration(look);
  const set = async (key: string, value: string | null): Promise<void> => {
    const done = await connection.call('config.set', { key, value });
    setProblem(done.ok ? null : done.problem);
    look();
  };
  return { valueOf: (field: string) => values.find((one) => one.field === field)?.value, set, problem };
}
