// One silhouette for each state: told apart in one colour and at 12 px.
import type { ReactNode } from 'react';
import type { ScreenState } from '#shared/domain/status.ts';
import { stateWords } from '../text.ts';

interface Drawing {
  readonly tone: string;
  readonly motion?: 'turn' | 'turn-slow' | 'grow';
  readonly shape: ReactNode;
}

const ring = <circle cx="8" cy="8" r="6" />;
const branch = (
  <>
    <circle cx="4.500" cy="3.500" r="1.600" />
    <circle cx="4.500" cy="12.500" r="1.600" />
    <circle cx="11.500" cy="4.500" r="1.600" />
    <path d="M4.500 5.100v5.800M11.500 6.100c0 2.600-2 3.300-4 3.700-1.400.3-3 .5-3 1.600" />
  </>
);
const arrowUp = <path d="M8 11V5.200M5.400 7.700 8 5.100l2.600 2.600" />;

/** Every state's drawing on a 16 px grid; `tone` is a token of tokens.css. */
const drawings: Readonly<Record<ScreenState, Drawing>> = {
  starting: {
    tone: 'calm',
    motion: 'turn',
    shape: (
      <>
        {ring}
        <path d="M8 8V2a6 6 0 0 1 6 6z" fill="currentColor" stroke="none" />
      </>
    ),
  },
  working: { tone: 'work', motion: 'turn-slow', shape: <path d="M8 2a6 6 0 1 0 6 6" /> },
  idle: { tone: 'calm', shape: <circle cx="8" cy="8" r="3" /> },
  'asks-permission': {
    tone: 'ask',
    motion: 'grow',
    shape: (
      <path
        fill="currentColor"
        strokeWidth="0.6"
        d="M4.600 8.900V4.200a.9.9 0 0 1 1.800 0v3-4.500a.9.9 0 0 1 1.800 0v4.100-4.800a.9.9 0 0 1 1.800 0v4.800-3.800a.9.9 0 0 1 1.800 0v6.500c0 3.300-1.700 5.200-4.200 5.200-2.100 0-3.300-.9-4.300-2.700L1.700 9.500a.95.95 0 0 1 1.600-1z"
      />
    ),
  },
  'asks-you': {
    tone: 'ask',
    motion: 'grow',
    shape: (
      <>
        <rect x="1.500" y="1.500" width="13" height="13" rx="3.200" fill="currentColor" stroke="none" />
        <path d="M6 6.200C6 4.900 6.900 4.200 8 4.200s2 .7 2 1.800c0 1.400-2 1.600-2 3" stroke="var(--bg-0)" />
        <path d="M8 11.600v.01" stroke="var(--bg-0)" strokeWidth="2" />
      </>
    ),
  },
  stuck: {
    tone: 'stuck',
    shape: (
      <path d="M3.500 1.900h9M3.500 14.100h9M4.700 2c0 3.200 3.300 4.300 3.300 6s-3.300 2.800-3.300 6M11.300 2c0 3.200-3.300 4.300-3.300 6s3.300 2.800 3.300 6" />
    ),
  },
  'pr-open': { tone: 'review', shape: branch },
  'review-pending': {
    tone: 'review',
    shape: (
      <>
        <path d="M1.500 6.300C3 4.100 5.200 2.900 8 2.900s5 1.200 6.500 3.400C13 8.500 10.800 9.700 8 9.700S3 8.500 1.500 6.300zM8 9.700v2.200" />
        <circle cx="8" cy="6.300" r="1.300" fill="currentColor" />
        <circle cx="8" cy="13.300" r="1.300" />
      </>
    ),
  },
  'ci-running': {
    tone: 'review',
    shape: (
      <>
        {[0, 40, 80, 120, 160, 200, 240, 280, 320].map((turn, index) => (
          <path key={turn} d="M8 1.700v2.900" transform={`rotate(${turn} 8 8)`} strokeOpacity={index < 5 ? 1 : 0.4} />
        ))}
      </>
    ),
  },
  'ci-failing': {
    tone: 'fail',
    shape: (
      <>
        {ring}
        <path d="m5.900 5.900 4.200 4.200m0-4.200-4.200 4.200" />
      </>
    ),
  },
  'changes-requested': {
    tone: 'change',
    shape: (
      <>
        <path d="M2 2.600h12v8.800H7.600L4.600 14v-2.600H2z" />
        <path d="M8 4.400v3M6.500 5.900h3M6.500 9h3" strokeWidth="1.400" />
      </>
    ),
  },
  conflict: {
    tone: 'fail',
    shape: (
      <>
        <path d="m8 1.300 6.700 6.700L8 14.700 1.300 8z" />
        <path d="m6.200 6.200 3.600 3.600m0-3.600L6.200 9.800" />
      </>
    ),
  },
  'ready-to-land': {
    tone: 'ready',
    shape: (
      <>
        {ring}
        {arrowUp}
      </>
    ),
  },
  landing: {
    tone: 'ready',
    shape: (
      <>
        <circle cx="8" cy="8" r="6" strokeDasharray="2.800 3.483" />
        {arrowUp}
      </>
    ),
  },
  merged: {
    tone: 'merged',
    shape: (
      <>
        <circle cx="4.200" cy="3.600" r="2" fill="currentColor" />
        <circle cx="4.200" cy="12.400" r="2" fill="currentColor" />
        <circle cx="12" cy="8.600" r="2" fill="currentColor" />
        <path d="M4.200 5.600v4.800M4.200 5.600c.5 2.200 2.700 3 5.800 3" />
      </>
    ),
  },
  done: { tone: 'done', shape: <path d="m2.800 8.600 3.400 3.400 7-7.600" /> },
  stopped: {
    tone: 'done',
    shape: <rect x="3.200" y="3.200" width="9.600" height="9.600" rx="1" fill="currentColor" stroke="none" />,
  },
  crashed: {
    tone: 'fail',
    shape: (
      <>
        <path d="M5.400 1.700h5.200l3.700 3.700v5.200l-3.700 3.700H5.400l-3.700-3.700V5.400z" />
        <path d="M8 4.800v3.700M8 11.100v.01" />
      </>
    ),
  },
  lost: {
    tone: 'lost',
    shape: (
      <>
        <circle cx="8" cy="8" r="6.300" strokeDasharray="2.400 2.548" />
        <path
          d="M6.500 6.500C6.500 5.500 7.200 5 8 5s1.500.5 1.500 1.400c0 1.100-1.500 1.200-1.500 2.300M8 10.900v.01"
          strokeWidth="1.500"
        />
      </>
    ),
  },
  paused: {
    tone: 'calm',
    shape: <path d="M5.200 2.600v10.800M10.800 2.600v10.800" strokeWidth="2.600" strokeLinecap="butt" />,
  },
  removing: {
    tone: 'faint',
    shape: (
      <>
        <path d="M2 3.900h12M5.800 3.700V2.100h4.400v1.600M3.400 3.900l.8 10.300h7.600l.8-10.300" />
        <g className="origin-[8px_9px] motion-safe:animate-turn">
          <path d="M8 7.200a1.900 1.900 0 1 0 1.900 1.900" strokeWidth="1.300" />
        </g>
      </>
    ),
  },
  unknown: { tone: 'faint', shape: <circle cx="8" cy="8" r="6" strokeDasharray="0.010 3.140" strokeWidth="2" /> },
};

const motions = {
  turn: 'motion-safe:animate-turn',
  'turn-slow': 'motion-safe:animate-turn-slow',
  grow: 'motion-safe:animate-grow',
} as const;

/** The colour of a state as a CSS value. */
export const stateColour = (state: ScreenState): string => `var(--state-${drawings[state].tone})`;

/** `quiet` stops the working ring of an agent that has not printed for a while. */
export function StateIcon({
  state,
  size = 16,
  quiet = false,
  labelled = false,
}: {
  readonly state: ScreenState;
  readonly size?: number;
  readonly quiet?: boolean;
  readonly labelled?: boolean;
}) {
  const { motion, shape } = drawings[state];
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ color: stateColour(state) }}
      className={`shrink-0 ${motion === undefined || quiet ? '' : motions[motion]}`}
      {...(labelled ? { role: 'img', 'aria-label': stateWords[state] } : { 'aria-hidden': true })}
    >
      {shape}
    </svg>
  );
}
