import type { SpawnView } from '#shared/domain/spawn.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { stepWords } from '../../text.ts';
import { useApp } from '../app-context.tsx';
import { useSpawnActions } from '../spawn/spawn-actions.ts';
import { Row, type RowProps } from './row.tsx';
import { RowMenu } from './row-menu.tsx';

export function SpawnRow({ spawn, ...wired }: RowProps & { readonly spawn: SpawnView }) {
  const { view } = useApp();
  const running = spawn.state === 'running';
  const at = spawn.steps.findIndex(({ state }) => state === 'running');
  const done = spawn.steps.filter(({ state }) => state === 'done').length;
  const step = `step ${Math.min(spawn.steps.length, at === -1 ? done : at + 1)}/${spawn.steps.length}`;
  const stepName = spawn.steps[at]?.name;
  const second = running
    ? `Starting · ${stepName === undefined ? 'waiting' : stepWords[stepName].toLowerCase()}`
    : failure(spawn);
  return (
    <Row
      {...wired}
      icon={<StateIcon state={running ? 'starting' : 'crashed'} />}
      name={spawn.name}
      strong={!running}
      second={second}
      right={running ? <span className="text-soft">{step}</span> : <span className="inline-block w-6" />}
      label={`${spawn.name}, ${running ? `starting, ${step}` : second}`}
      onOpen={() => view.go({ kind: 'spawn', request: spawn.request })}
    >
      {running ? null : <Actions spawn={spawn} />}
    </Row>
  );
}

const failure = (spawn: SpawnView): string => {
  if (spawn.state === 'cancelled') return 'cancelled, prompt kept';
  if (spawn.state === 'interrupted') return 'interrupted, prompt kept';
  return `not started: ${spawn.problem?.what ?? 'something went wrong'}`;
};

function Actions({ spawn }: { readonly spawn: SpawnView }) {
  const { retry, edit, dismiss } = useSpawnActions(spawn);
  const actions = [
    { title: 'Retry', act: retry },
    { title: 'Edit and retry', act: edit },
    { title: 'Dismiss', act: dismiss },
  ];
  return <RowMenu of={spawn.name} actions={actions} />;
}
