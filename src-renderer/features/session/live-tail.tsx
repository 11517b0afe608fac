// The last lines of a terminal, live and only to be read: whoever has its keyboard keeps it.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createStore, type Readable } from '../../lib/store.ts';
import type { LaneState } from '../../terminal/lane-client.ts';
import { palettes, type ThemeName } from '../../terminal/palette.ts';
import { followTail, type Tail, type TailLine } from '../../terminal/tail.ts';
import { useApp, useStore } from '../app-context.tsx';
import { useTheme } from '../use-theme.ts';

/** Lines that are followed; how many are in sight, the page's height decides. */
const most = 60;
/** Milliseconds before a lane that was cut is opened again. */
const pause = 1000;

export function LiveTail({ name, terminal }: { readonly name: string; readonly terminal: string }) {
  const tail = useTail(terminal);
  const lines = useStore(tail?.lines ?? noLines);
  const link = useStore(tail?.lane.state ?? noLane)?.link;
  const theme = useTheme();
  const end = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (lines.length > 0) end.current?.scrollTo({ top: end.current.scrollHeight });
  }, [lines]);
  return (
    <div
      ref={end}
      role="region"
      aria-label={`Preview of ${name}`}
      className="min-h-0 flex-1 overflow-hidden bg-term px-4 py-3 font-mono text-[12px] leading-[1.45] text-soft"
    >
      {link?.kind === 'refused' ? <p className="font-sans text-faint">{link.problem.what}</p> : null}
      {lines.map((line, index) => (
        // Lines have no identity of their own; each is drawn from its text alone.
        <Line key={index} line={line} theme={theme} />
      ))}
    </div>
  );
}

const isRule = /^[─━═▔▁_-]{8,}$/;

function Line({ line, theme }: { readonly line: TailLine; readonly theme: ThemeName }) {
  const text = line.map((span) => span.text).join('');
  const wrap = isRule.test(text.trim()) ? 'overflow-hidden whitespace-pre' : 'whitespace-pre-wrap break-words';
  return (
    <div className={`min-h-[1.45em] ${wrap}`}>
      {line.map((span, index) => (
        <span
          key={index}
          style={{ color: colourOf(span.colour, theme) }}
          className={`${span.bold ? 'font-bold' : ''} ${span.dim ? 'text-faint' : ''}`}
        >
          {span.text}
        </span>
      ))}
    </div>
  );
}

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const brightNames = [
  ...(['brightBlack', 'brightRed', 'brightGreen', 'brightYellow'] as const),
  ...(['brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite'] as const),
];

/** Of the 256 only the first 16 have a colour of the theme; what a program chose for a ground of its own may be unreadable on ours. */
function colourOf(colour: number | string | null, theme: ThemeName): string | undefined {
  if (typeof colour !== 'number') return undefined;
  const name = [...names, ...brightNames][colour];
  return name === undefined || name === 'black' ? undefined : palettes[theme][name];
}

function useTail(terminal: string): Tail | null {
  const { connection } = useApp();
  const connected = useStore(connection.state).kind === 'connected';
  const [opened] = useState(() => createStore<Tail | null>(null));
  const tail = useStore(opened);
  useEffect(() => {
    const follows = followTail({
      open: (from, lease) => connection.openLane('terminal', { terminal, from, lease }),
      most,
    });
    opened.set(follows);
    return () => {
      opened.set(null);
      follows.close();
    };
  }, [connection, opened, terminal]);
  const link = useStore(tail?.lane.state ?? noLane)?.link;
  useEffect(() => {
    if (tail === null || !connected || link?.kind !== 'cut') return undefined;
    const timer = setTimeout(() => tail.lane.attach(), pause);
    return () => clearTimeout(timer);
  }, [tail, connected, link]);
  return tail;
}

const noLines: Readable<readonly TailLine[]> = createStore<readonly TailLine[]>([]);
const noLane: Readable<LaneState | null> = createStore<LaneState | null>(null);
