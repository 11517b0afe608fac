import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { KeyCaps } from './key-cap.tsx';

/** An overlay that holds the focus while it is open and gives it back where it was. Escape and the scrim close it. */
export function Dialog({
  title,
  note,
  width = 656,
  onClose,
  focusOn,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  /** CSS pixels. */
  readonly width?: number;
  readonly onClose: () => void;
  /** What has the keyboard first; else the first thing that can have it. */
  readonly focusOn?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}) {
  return (
    <Primitive.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Primitive.Portal>
        <Primitive.Overlay className="over-frame fixed inset-0 z-40 overflow-y-auto bg-(--scrim)">
          <Primitive.Content
            onEscapeKeyDown={(event) => {
              // A list that hangs from a field is closed first.
              const { target } = event;
              if (target instanceof Element && target.getAttribute('aria-expanded') === 'true') event.preventDefault();
            }}
            aria-describedby={undefined}
            onOpenAutoFocus={(event) => {
              const wanted = focusOn?.current ?? null;
              if (wanted === null) return;
              event.preventDefault();
              wanted.focus();
            }}
            style={{ width: `min(${width}px, calc(100vw - 24px))` }}
            className="relative mx-auto my-[min(116px,12vh)] flex flex-col rounded-dialog border border-control bg-surface motion-safe:animate-pop"
          >
            <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line ps-5 pe-3">
              <Primitive.Title className="text-strong font-semibold">{title}</Primitive.Title>
              <span className="min-w-0 flex-1 truncate text-caption text-faint">{note}</span>
              <Primitive.Close className="rounded-control">
                <span className="sr-only">Close</span>
                <KeyCaps keys={['Esc']} />
              </Primitive.Close>
            </header>
            {children}
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
