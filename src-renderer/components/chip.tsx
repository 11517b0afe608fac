import type { ReactNode } from 'react';
import type { ScreenState } from '#shared/domain/status.ts';
import { stateWords } from '../text.ts';
import { StateIcon, stateColour } from './state-icon.tsx';

/** 22 px (18 small), fully round. `colour` tints its ground; without it the chip is neutral. */
export function Chip({
  colour,
  icon,
  small = false,
  children,
}: {
  readonly colour?: string;
  readonly icon?: ReactNode;
  readonly small?: boolean;
  readonly children: ReactNode;
}) {
  const paint =
    colour === undefined
      ? { background: 'var(--bg-2)', color: 'var(--text-2)' }
      : { background: `color-mix(in srgb, ${colour} var(--tint), transparent)`, color: colour };
  return (
    <span
      style={paint}
      className={`chip inline-flex max-w-full shrink-0 items-center gap-1.5 rounded-full font-medium whitespace-nowrap ${small ? 'h-[18px] px-1.5 text-micro' : 'h-[22px] px-2 text-caption'}`}
    >
      {icon}
      <span className="tabular truncate">{children}</span>
    </span>
  );
}

export function StateChip({
  state,
  tail,
  quiet,
}: {
  readonly state: ScreenState;
  readonly tail?: string;
  readonly quiet?: boolean;
}) {
  return (
    <Chip colour={stateColour(state)} icon={<StateIcon state={state} size={14} quiet={quiet ?? false} />}>
      {stateWords[state]}
      {tail === undefined || tail === '' ? '' : ` · ${tail}`}
    </Chip>
  );
}
