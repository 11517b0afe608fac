// Tabs of a panel, as one stop of the keyboard: arrows go from one to the next, round at the ends.
import type { ReactNode } from 'react';

export interface TabOf<T extends string> {
  readonly id: T;
  readonly label: ReactNode;
}

export function TabList<T extends string>({
  label,
  tabs,
  chosen,
  onChoose,
  className = '',
}: {
  /** Of the whole list, for those who don't see it. */
  readonly label: string;
  readonly tabs: readonly TabOf<T>[];
  readonly chosen: T;
  readonly onChoose: (tab: T) => void;
  readonly className?: string;
}) {
  return (
    <span
      role="tablist"
      aria-label={label}
      className={`flex h-full ${className}`}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
        const at = tabs.findIndex(({ id }) => id === chosen) + (key === 'ArrowRight' ? 1 : -1);
        const next = tabs.at(at % tabs.length);
        if (next === undefined) return;
        onChoose(next.id);
        currentTarget.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
      }}
    >
      {tabs.map(({ id, label: words }) => (
        <button
          key={id}
          type="button"
          role="tab"
          data-tab={id}
          aria-selected={id === chosen}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
          className={`flex h-full items-center gap-1.5 border-b-2 ${id === chosen ? 'border-accent font-semibold' : 'border-transparent text-soft hover:text-ink'}`}
        >
          {words}
        </button>
      ))}
    </span>
  );
}
