// One that leads: a diamond around its state; over several projects a double one.
import type { CoordinatorKind } from '#shared/domain/coordinator.ts';
import type { ScreenState } from '#shared/domain/status.ts';
import { StateIcon } from './state-icon.tsx';

export function CoordinatorIcon({
  kind,
  state,
  size = 18,
  quiet = false,
}: {
  readonly kind: CoordinatorKind;
  /** Null: there is none yet. */
  readonly state: ScreenState | null;
  /** CSS pixels. */
  readonly size?: number;
  readonly quiet?: boolean;
}) {
  const isMeta = kind === 'meta-orchestrator';
  return (
    <span
      aria-hidden="true"
      style={{ width: size, height: size }}
      className={`relative inline-flex shrink-0 items-center justify-center ${isMeta ? 'text-ink' : 'text-faint'}`}
    >
      <svg viewBox="0 0 18 18" className="absolute inset-0" fill="none" stroke="currentColor" strokeLinejoin="round">
        <path
          d="M9 .8 17.200 9 9 17.200.8 9z"
          strokeWidth="1.200"
          {...(state === null ? { strokeDasharray: '2 1.800' } : {})}
        />
        {isMeta ? <path d="M9 3.200 14.800 9 9 14.800 3.200 9z" strokeWidth="1.200" /> : null}
      </svg>
      {state === null ? null : (
        <StateIcon state={state} size={Math.round(size * (isMeta ? 0.4 : 0.46))} quiet={quiet} />
      )}
    </span>
  );
}
