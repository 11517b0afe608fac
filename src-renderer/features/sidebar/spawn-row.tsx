import type { SpawnView } from '#shared/domain/spawn.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { stepWords } from '../../text.ts';
import { useApp } from '../app-context.tsx';
import { useSpawnActions } from '../spawn/spawn-actions.ts';
import { Row, type RowProps } from './row.tsx';
import { RowMenu } from './row-menu.tsx';

export function SpawnRow({ spawn, ...wired }: RowProps & { readonly spawn: SpawnView }) {
  const { view } = useApp();
  const running = spawn.state === 'running' || spawn.state === 'queued';
  const at = spawn.steps.findIndex(({ state }) => state === 'running');
  const done = spawn.steps.filter(({ state }) => state === 'done').length;
  const step = `step ${Math.min(spawn.steps.length, at === -1 ? done : at + 1)}/${spawn.steps.length}`;
  const stepName = spawn.steps[at]?.name;
  const second =
    waits(spawn) ??
    (running ? `Starting · ${stepName === undefined ? 'waiting' : stepWords[stepName].toLowerCase()}` : failure(spawn));
  return (
    <Row
      {...wired}
      icon={<StateIcon state={spawn.state === 'queued' ? 'paused' : running ? 'starting' : 'crashed'} />}
      name={spawn.name}
      strong={!running}
      second={second}
      right={
        spawn.state === 'running' ? <span className="text-soft">{step}</span> : <span className="inline-block w-6" />
      }
      label={`${spawn.name}, ${spawn.state === 'running' ? `starting, ${step}` : second}`}
      onOpen={() => view.go({ kind: 'spawn', request: spawn.request })}
    >
      {spawn.state === 'running' ? null : <Actions spawn={spawn} />}
    </Row>
  );
}

/** Null when it does not. */
const waits = ({ place }: SpawnView): string | null => (place === null ? null : `In line, ${ordinal(place)}`);

const failure = (spawn: SpawnView): string => {
  if (spawn.state === 'cancelled') return 'cancelled, prompt kept';
  if (spawn.state === 'interrupted') return 'interrupted, prompt kept';
  return `not started: ${spawn.problem?.what ?? 'something went wrong'}`;
};

function Actions({ spawn }: { readonly spawn: SpawnView }) {
  const { retry, edit, dismiss, cancel } = useSpawnActions(spawn);
  if (spawn.state === 'queued') return <RowMenu of={spawn.name} actions={[{ title: 'Leave the line', act: cancel }]} />;
  const actions = [
    { title: 'Retry', act: retry },
    { title: 'Edit and retry', act: edit },
    { title: 'Dismiss', act: dismiss },
  ];
  return <RowMenu of={spawn.name} actions={actions} />;
}
