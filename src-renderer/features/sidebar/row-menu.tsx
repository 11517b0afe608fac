import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';

export interface RowAction {
  readonly title: string;
  readonly act: () => void;
}

/** What can be done with a row, behind its end. `quiet`: seen only while the row is pointed at or has the keyboard. */
export function RowMenu({
  of,
  actions,
  quiet = false,
}: {
  readonly of: string;
  readonly actions: readonly RowAction[];
  readonly quiet?: boolean;
}) {
  const shown = quiet
    ? 'bg-raised opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100'
    : '';
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        aria-label={`Actions for ${of}`}
        tabIndex={quiet ? -1 : undefined}
        className={`absolute end-1 top-[3px] flex size-6 items-center justify-center rounded-control text-soft hover:bg-selected hover:text-ink ${shown}`}
      >
        <Ellipsis size={15} />
      </DropdownMenu.Trigger>
      <MenuItems actions={actions} />
    </DropdownMenu.Root>
  );
}

export const MenuItems = ({ actions }: { readonly actions: readonly RowAction[] }) => (
  <DropdownMenu.Portal>
    <DropdownMenu.Content
      align="end"
      sideOffset={4}
      className="over-frame z-30 min-w-36 rounded-card border border-control bg-surface p-1 motion-safe:animate-pop"
    >
      {actions.map(({ title, act }) => (
        <DropdownMenu.Item
          key={title}
          className="flex h-7 items-center rounded-control px-2 outline-none data-highlighted:bg-raised"
          onSelect={act}
        >
          {title}
        </DropdownMenu.Item>
      ))}
    </DropdownMenu.Content>
  </DropdownMenu.Portal>
);
