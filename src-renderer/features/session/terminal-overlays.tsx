// What floats over a terminal for a while.
import { ArrowDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TerminalSize } from '#shared/domain/terminal.ts';
import { createStore, type Readable } from '../../lib/store.ts';
import type { ScrollState } from '../../terminal/scroll-lock.ts';
import type { TerminalView } from '../../terminal/terminal-view.ts';
import { useStore } from '../app-context.tsx';

const noSize: Readable<TerminalSize | null> = createStore<TerminalSize | null>(null);

export function NewLinesPill({
  scroll,
  onFollow,
}: {
  readonly scroll: Extract<ScrollState, { kind: 'locked' }>;
  readonly onFollow: () => void;
}) {
  const { newLines, orMore } = scroll;
  const text =
    newLines === 0
      ? 'Scrolled up'
      : `${newLines.toLocaleString('en')}${orMore ? '+' : ''} new ${newLines === 1 ? 'line' : 'lines'}`;
  return (
    <button
      type="button"
      aria-label={`${text}. Scroll to the bottom`}
      onClick={onFollow}
      className="tabular absolute end-6 bottom-4 z-10 flex h-7 items-center gap-1.5 rounded-full bg-selected px-3 text-caption font-medium text-ink hover:bg-hover"
    >
      <ArrowDown size={13} aria-hidden="true" /> {text}
    </button>
  );
}

/** Milliseconds for which the size is shown after it changed. */
const sizeShown = 900;
/** Milliseconds after opening in which sizes are on their way to the first fit, and nobody's doing. */
const settling = 1000;

export function SizeDisplay({ view }: { readonly view: TerminalView | null }) {
  const size = useStore(view?.size ?? noSize);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (view === null) return undefined;
    const opened = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = view.size.subscribe(() => {
      if (performance.now() - opened < settling) return;
      setShown(true);
      clearTimeout(timer);
      timer = setTimeout(() => setShown(false), sizeShown);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [view]);
  if (!shown || size === null) return null;
  return (
    <div
      aria-hidden="true"
      className="tabular pointer-events-none absolute inset-0 z-10 m-auto flex h-9 w-28 items-center justify-center rounded-card bg-selected text-strong font-medium"
    >
      {size.cols}×{size.rows}
    </div>
  );
}
