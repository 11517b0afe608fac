import { Popover as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

export function Popover({
  trigger,
  label,
  open,
  onOpenChange,
  align = 'start',
  width = 360,
  children,
}: {
  /** One element that takes a ref, such as a button. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly align?: 'start' | 'end';
  /** CSS pixels. */
  readonly width?: number;
  readonly children: ReactNode;
}) {
  return (
    <Primitive.Root {...(open === undefined ? {} : { open })} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          style={{ width }}
          className="over-frame z-30 max-w-[calc(100vw-16px)] rounded-card border border-control bg-surface p-3.5 motion-safe:animate-pop"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
