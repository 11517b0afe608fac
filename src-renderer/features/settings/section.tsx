import type { ReactNode } from 'react';

export function Section({
  title,
  note,
  action,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <header className="mb-2.5 flex h-7 items-center gap-3">
        <h2 className="text-strong font-semibold">{title}</h2>
        <span className="min-w-0 flex-1 truncate text-faint">{note}</span>
        {action}
      </header>
      <div className="overflow-hidden rounded-card border border-line bg-surface [&>*+*]:border-t [&>*+*]:border-line">
        {children}
      </div>
    </section>
  );
}

export const Row = ({ children }: { readonly children: ReactNode }) => (
  <div className="flex min-h-11 items-center gap-3 px-3.5 py-1.5">{children}</div>
);

/** What a row sets, and below it what that means or why it can't be set here. */
export function RowLabel({
  id,
  note,
  children,
}: {
  readonly id?: string;
  readonly note?: string;
  readonly children: string;
}) {
  return (
    <div className="min-w-0 flex-1">
      <p id={id}>{children}</p>
      {note === undefined ? null : <p className="text-caption text-faint">{note}</p>}
    </div>
  );
}
