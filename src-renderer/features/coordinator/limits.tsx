// How much a coordinator may start by itself, how much of it is used, and what happens then.
import type { ReactNode } from 'react';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { limitUseOf, type LimitUse } from '../../state/limit-use.ts';
import { useApp, useNow, useStore } from '../app-context.tsx';
import { CountField } from './count-field.tsx';
import { limitWords } from './limit-words.ts';

function useLimits(session: SessionView): readonly LimitUse[] {
  const app = useApp();
  const sessions = useStore(app.sessions);
  return limitUseOf(session, sessions ?? [], useStore(app.settings), useNow());
}

/** Under the tree: the two that are reached first. */
export function LimitsLine({ session, onAll }: { readonly session: SessionView; readonly onAll: () => void }) {
  const limits = useLimits(session).slice(0, 2);
  return (
    <section
      aria-label="Limits"
      className="@container flex h-11 min-w-0 shrink-0 items-center gap-3 border-t border-line ps-4 pe-2 text-caption"
    >
      <h2 className="text-faint">Limits</h2>
      {limits.map((use) => (
        <span key={use.name} className="tabular flex shrink-0 items-center gap-2">
          <span className={isFull(use) ? 'font-medium text-ask' : ''}>
            {use.used} of {use.allowed} {limitWords[use.name].short}
          </span>
          <span className="flex @max-[490px]:hidden">
            <ProgressBar done={use.used} of={use.allowed} width={36} full={isFull(use)} />
          </span>
        </span>
      ))}
      <Button kind="quiet" size={24} className="ms-auto" onClick={onAll}>
        then refused
      </Button>
    </section>
  );
}

/** Its last level is there to be used. */
const isFull = ({ name, used, allowed }: LimitUse): boolean =>
  used >= allowed && name !== 'orchestratorDepth' && name !== 'metaOrchestratorDepth';

export function Limits({ session }: { readonly session: SessionView }) {
  const limits = useLimits(session);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto [&>*+*]:border-t [&>*+*]:border-line">
      {limits.map((use) => (
        <Limit key={use.name} use={use} />
      ))}
      <Part title="At a limit">
        Its next <code className="font-mono text-[12px]">athene spawn</code> is refused with the reason, and nothing is
        created. Those that run go on. It is told to do without or to ask you, and the refusal stands in the ledger.
        Each number holds for every coordinator by itself.
      </Part>
      <Part title="It may">
        start sessions {session.kind === 'orchestrator' ? 'in its project' : 'in its projects'}, write to its workers,
        answer for once what they ask, pause, stop and restore them, and remove those that left nothing unsaved.
      </Part>
      <Part title="It may not">
        change settings or projects, raise its limits, touch workers that others lead, allow a worker something for
        good, or discard work.
      </Part>
      <Together />
    </div>
  );
}

function Limit({ use }: { readonly use: LimitUse }) {
  const app = useApp();
  const { title, note, most } = limitWords[use.name];
  const label = `limit-${use.name}`;
  return (
    <section className="flex items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p id={label}>{title}</p>
        <p className="text-caption text-faint">{note}</p>
        <p className="tabular mt-1.5 flex items-center gap-2 text-caption">
          <ProgressBar done={use.used} of={use.allowed} width={120} full={isFull(use)} />
          <span className={isFull(use) ? 'font-medium text-ask' : 'text-soft'}>
            {use.used} of {use.allowed}
            {isFull(use) ? ', no more' : ''}
          </span>
        </p>
      </div>
      <CountField
        value={use.allowed}
        most={most}
        labelledBy={label}
        onChange={(count) => void app.changeSettings({ [use.name]: count })}
      />
    </section>
  );
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="px-4 py-3">
    <h2 className="mb-1 text-caption font-medium text-faint">{title}</h2>
    <p className="leading-[1.5] text-soft">{children}</p>
  </section>
);

/** What holds for all agents, whoever starts them. */
function Together() {
  const app = useApp();
  const { maximalAgents, spawnsPaused } = useStore(app.settings);
  const sessions = useStore(app.sessions);
  const paused = (sessions ?? []).filter(({ kind, spawningPaused }) => isCoordinator(kind) && spawningPaused);
  return (
    <Part title="Besides">
      {maximalAgents === null
        ? 'How many agents run at once is not limited otherwise.'
        : `At most ${maximalAgents} agents run at once, whoever starts them; the next wait in line.`}{' '}
      {spawnsPaused ? 'All new spawns are paused.' : ''}
      {paused.length === 0 ? '' : `Paused in spawning: ${paused.map(({ name }) => name).join(', ')}.`}
    </Part>
  );
}
