// Every chord that the app takes from a focused terminal, and nothing else may: one table, tested to type no bytes.

export const commandNames = [
  'new-session',
  'new-window',
  'close-window',
  'pop-out',
  'bring-back',
  'always-on-top',
  'pause-all',
  'continue-all',
  'next-attention',
  'back-to-origin',
  'quick-reply',
  'message',
  'orchestrator',
  'settings',
  'toggle-sidebar',
  'toggle-inspector',
  'next-session',
  'previous-session',
  'next-tab',
  'previous-tab',
  'copy',
  'font-larger',
  'font-smaller',
  'font-reset',
  'scroll-to-bottom',
  'leave-terminal',
  'home',
  'back',
  'forward',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface Chord {
  readonly ctrl?: true;
  readonly shift?: true;
  readonly alt?: true;
  readonly meta?: true;
  /** The produced character, in lower case, or a named key. */
  readonly key: string;
}

export interface Binding {
  readonly command: CommandName;
  readonly title: string;
  readonly mac: readonly Chord[];
  /** Linux and Windows: only what an emulator sends no bytes for. */
  readonly other: readonly Chord[];
}

export const keyMap: readonly Binding[] = [
  {
    command: 'leave-terminal',
    title: 'Leave the terminal',
    mac: [{ meta: true, key: 'e' }],
    other: [{ ctrl: true, shift: true, key: 'e' }],
  },
  {
    command: 'new-session',
    title: 'New session',
    mac: [{ meta: true, key: 'n' }],
    other: [{ ctrl: true, shift: true, key: 'n' }],
  },
  {
    command: 'new-window',
    title: 'New window',
    mac: [{ meta: true, alt: true, key: 'n' }],
    other: [],
  },
  {
    command: 'close-window',
    title: 'Close window',
    mac: [{ meta: true, key: 'w' }],
    other: [{ ctrl: true, shift: true, key: 'w' }],
  },
  { command: 'pop-out', title: 'Pop out', mac: [{ meta: true, alt: true, key: 'o' }], other: [] },
  { command: 'bring-back', title: 'Bring back', mac: [], other: [] },
  { command: 'pause-all', title: 'Pause all agents…', mac: [], other: [] },
  { command: 'continue-all', title: 'Continue all agents', mac: [], other: [] },
  { command: 'always-on-top', title: 'Always on top', mac: [], other: [] },
  {
    command: 'next-attention',
    title: 'Next that waits',
    mac: [{ meta: true, key: 'j' }],
    other: [{ ctrl: true, shift: true, key: 'j' }],
  },
  {
    command: 'back-to-origin',
    title: 'Back to where I was',
    mac: [{ meta: true, shift: true, key: 'j' }],
    other: [{ ctrl: true, shift: true, key: 'h' }],
  },
  {
    command: 'quick-reply',
    title: 'Quick reply',
    mac: [{ meta: true, key: 'r' }],
    other: [{ ctrl: true, shift: true, key: 'r' }],
  },
  {
    command: 'message',
    title: 'Message this agent',
    mac: [{ meta: true, shift: true, key: 'm' }],
    other: [{ ctrl: true, shift: true, key: 'm' }],
  },
  {
    command: 'orchestrator',
    title: 'Orchestrator of this project',
    mac: [{ meta: true, shift: true, key: 'o' }],
    other: [{ ctrl: true, shift: true, key: 'o' }],
  },
  {
    command: 'home',
    title: 'Queue',
    mac: [{ meta: true, shift: true, key: 'a' }],
    other: [{ ctrl: true, shift: true, key: 'a' }],
  },
  { command: 'settings', title: 'Settings', mac: [{ meta: true, key: ',' }], other: [{ ctrl: true, key: ',' }] },
  {
    command: 'toggle-sidebar',
    title: 'Toggle sidebar',
    mac: [{ meta: true, key: 'b' }],
    other: [{ ctrl: true, shift: true, key: 'b' }],
  },
  {
    command: 'toggle-inspector',
    title: 'Toggle inspector',
    mac: [{ meta: true, key: 'i' }],
    other: [{ ctrl: true, shift: true, key: 'i' }],
  },
  {
    command: 'next-session',
    title: 'Next session',
    mac: [{ meta: true, alt: true, key: 'ArrowDown' }],
    other: [{ ctrl: true, shift: true, key: 'PageDown' }],
  },
  {
    command: 'previous-session',
    title: 'Previous session',
    mac: [{ meta: true, alt: true, key: 'ArrowUp' }],
    other: [{ ctrl: true, shift: true, key: 'PageUp' }],
  },
  {
    command: 'next-tab',
    title: 'Next tab of the session',
    mac: [{ meta: true, shift: true, key: ']' }],
    other: [{ ctrl: true, shift: true, key: ']' }],
  },
  {
    command: 'previous-tab',
    title: 'Previous tab of the session',
    mac: [{ meta: true, shift: true, key: '[' }],
    other: [{ ctrl: true, shift: true, key: '[' }],
  },
  { command: 'copy', title: 'Copy', mac: [{ meta: true, key: 'c' }], other: [{ ctrl: true, shift: true, key: 'c' }] },
  {
    command: 'font-larger',
    title: 'Larger terminal font',
    mac: [
      { meta: true, key: '=' },
      { meta: true, key: '+' },
    ],
    other: [
      { ctrl: true, key: '=' },
      { ctrl: true, key: '+' },
    ],
  },
  {
    command: 'font-smaller',
    title: 'Smaller terminal font',
    mac: [{ meta: true, key: '-' }],
    other: [{ ctrl: true, key: '-' }],
  },
  {
    command: 'font-reset',
    title: 'Reset terminal font',
    mac: [{ meta: true, key: '0' }],
    other: [{ ctrl: true, key: '0' }],
  },
  { command: 'scroll-to-bottom', title: 'Scroll to bottom', mac: [{ meta: true, key: 'ArrowDown' }], other: [] },
  { command: 'back', title: 'Back', mac: [{ meta: true, key: '[' }], other: [] },
  { command: 'forward', title: 'Forward', mac: [{ meta: true, key: ']' }], other: [] },
];

/** The part of a keyboard event by which chords are told. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  getModifierState?(key: string): boolean;
}

export type Platform = 'mac' | 'other';

export const platformOf = (userAgent: string): Platform =>
  /\bMac OS X\b|\bMacintosh\b/.test(userAgent) ? 'mac' : 'other';

/** Null for everything that belongs to whoever has the focus: compositions, dead keys and AltGr never match. */
export function commandFor(press: KeyPress, platform: Platform): CommandName | null {
  if (press.isComposing || press.keyCode === 229 || press.key === 'Dead') return null;
  if (press.getModifierState?.('AltGraph') === true) return null;
  return keyMap.find((binding) => binding[platform].some((chord) => matches(chord, press)))?.command ?? null;
}

function matches(chord: Chord, press: KeyPress): boolean {
  if (
    (chord.ctrl ?? false) !== press.ctrlKey ||
    (chord.meta ?? false) !== press.metaKey ||
    (chord.alt ?? false) !== press.altKey
  )
    return false;
  // `+` and the like may need shift to be produced: the character already tells.
  const needsShift = chord.shift ?? false;
  if (needsShift !== press.shiftKey && !(chord.key === '+' && press.shiftKey)) return false;
  const byPosition = /^[0-9[\]]$/.test(chord.key);
  if (byPosition && codes[chord.key] === press.code) return true;
  return chord.key.length === 1 ? press.key.toLowerCase() === chord.key : press.key === chord.key;
}

const codes: Readonly<Record<string, string>> = { '0': 'Digit0', '[': 'BracketLeft', ']': 'BracketRight' };

const names: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
  '-': '−',
};

/** Keys of a command's first chord as people read them; empty when it has none here. */
export function keysOf(command: CommandName, platform: Platform): readonly string[] {
  const chord = keyMap.find((binding) => binding.command === command)?.[platform][0];
  if (chord === undefined) return [];
  const mac = platform === 'mac';
  return [
    ...(chord.ctrl === true ? [mac ? '⌃' : 'Ctrl'] : []),
    ...(chord.alt === true ? [mac ? '⌥' : 'Alt'] : []),
    ...(chord.shift === true ? ['⇧'] : []),
    ...(chord.meta === true ? ['⌘'] : []),
    names[chord.key] ?? chord.key.toUpperCase(),
  ];
}
