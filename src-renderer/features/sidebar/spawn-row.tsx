import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { SpawnView } from '#shared/domain/spawn.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { stepWords } from '../../text.ts';
import { useApp } from '../app-context.tsx';
import { useSpawnActions } from '../spawn/spawn-actions.ts';
import { Row, type RowProps } from './row.tsx';

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
  const actions = useSpawnActions(spawn);
  const item = 'flex h-7 items-center rounded-control px-2 outline-none data-highlighted:bg-raised';
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        aria-label={`Actions for ${spawn.name}`}
        className="absolute end-1 top-[3px] flex size-6 items-center justify-center rounded-control text-soft hover:bg-selected hover:text-ink"
      >
        <Ellipsis size={15} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-30 min-w-36 rounded-card border border-control bg-surface p-1 motion-safe:animate-pop"
        >
          <DropdownMenu.Item className={item} onSelect={actions.retry}>
            Retry
          </DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={actions.edit}>
            Edit and retry
          </DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={actions.dismiss}>
            Dismiss
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
