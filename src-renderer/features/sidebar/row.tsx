import type { MouseEvent, ReactNode } from 'react';

export interface RowProps {
  readonly 'data-row': string;
  readonly tabIndex: number;
  readonly selected: boolean;
}

/** 30 px, or 42 with a second line; the right slot keeps its width and names give way. */
export function Row({
  icon,
  name,
  strong = false,
  second,
  right,
  label,
  onOpen,
  selected,
  children,
  ...wired
}: RowProps & {
  readonly icon: ReactNode;
  readonly name: string;
  readonly strong?: boolean;
  readonly second?: ReactNode;
  readonly right: ReactNode;
  /** What a screen reader says of the whole row. */
  readonly label: string;
  readonly onOpen: (event: MouseEvent) => void;
  readonly children?: ReactNode;
}) {
  return (
    <li
      className={`group/row relative rounded-control transition-colors duration-80 [content-visibility:auto] ${second === undefined || second === null ? '[contain-intrinsic-height:30px]' : '[contain-intrinsic-height:42px]'} ${selected ? 'row-selected bg-selected' : 'hover:bg-raised'}`}
    >
      <button
        type="button"
        {...wired}
        aria-label={label}
        aria-current={selected ? 'page' : undefined}
        onClick={onOpen}
        onDoubleClick={onOpen}
        title={name}
        className={`relative flex w-full gap-2 rounded-control ps-4 pe-2 -outline-offset-2 ${second === undefined || second === null ? 'h-[30px] items-center' : 'h-[42px] items-start pt-[5px]'} ${selected ? 'focus-visible:before:absolute focus-visible:before:inset-y-0 focus-visible:before:start-0 focus-visible:before:w-0.5 focus-visible:before:bg-accent' : ''}`}
      >
        <span className="flex h-[18px] w-4 shrink-0 items-center justify-center">{icon}</span>
        <span className="min-w-0 flex-1 leading-[18px]">
          <span className={`block truncate ${strong || selected ? 'font-medium text-ink' : 'text-soft'}`}>{name}</span>
          {second === undefined || second === null ? null : (
            <span className="block truncate text-caption leading-[15px] text-faint">{second}</span>
          )}
        </span>
        <span
          className={`tabular shrink-0 text-caption leading-[18px] text-faint ${children === undefined ? '' : 'group-hover/row:opacity-0'}`}
        >
          {right}
        </span>
      </button>
      {children}
    </li>
  );
}
