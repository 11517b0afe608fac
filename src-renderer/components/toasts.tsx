import { Check, X } from 'lucide-react';
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** Takes back what it tells of. */
  readonly undo?: () => void;
}
import { Button, IconButton } from './button.tsx';

/** At most two lines that confirm what can't be seen; never the only way to anything. */
export function Toasts({
  toasts,
  onDismiss,
}: {
  readonly toasts: readonly Toast[];
  readonly onDismiss: (id: number) => void;
}) {
  return (
    <div
      role="status"
      className="pointer-events-none absolute bottom-3 start-3 z-30 flex w-[440px] max-w-[calc(100%-24px)] flex-col gap-1.5"
    >
      {toasts.slice(-2).map((toast) => (
        <div
          key={toast.id}
          className="pointer-events-auto flex min-h-9 items-center py-1 gap-2.5 rounded-card border border-line bg-raised ps-3 pe-1 motion-safe:animate-pop"
        >
          <Check size={15} aria-hidden="true" className="text-soft" />
          <span className="min-w-0 flex-1 break-words">{toast.text}</span>
          {toast.undo === undefined ? null : (
            <Button
              size={24}
              onClick={() => {
                toast.undo?.();
                onDismiss(toast.id);
              }}
            >
              Undo
            </Button>
          )}
          <IconButton label="Dismiss" onClick={() => onDismiss(toast.id)}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
