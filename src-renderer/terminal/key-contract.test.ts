// The key contract: what the app takes from a focused terminal must be nothing that the emulator would send.
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { commandFor, commandNames, keyMap, type Chord, type KeyPress } from '#shared/domain/key-map.ts';

type Evaluate = (
  event: object,
  applicationCursor: boolean,
  isMac: boolean,
  macOptionIsMeta: boolean,
) => { key?: string };
let evaluate: Evaluate;

/** The evaluator is not published, but its source is: bundled as it stands. */
beforeAll(async () => {
  const source = fileURLToPath(new URL('../../node_modules/@xterm/xterm/src/', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { common: `${source}common` } },
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry: `${source}common/input/Keyboard.ts`, formats: ['es'], fileName: 'keyboard' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined;
  if (chunk === undefined) throw new Error('Nothing was bundled');
  const module: unknown = await import(`data:text/javascript,${encodeURIComponent(chunk.code)}`);
  evaluate = (module as { evaluateKeyboardEvent: Evaluate }).evaluateKeyboardEvent;
});

const keyCodes: Readonly<Record<string, number>> = {
  ArrowUp: 38,
  ArrowDown: 40,
  PageUp: 33,
  PageDown: 34,
  ',': 188,
  '=': 187,
  '+': 187,
  '-': 189,
  '0': 48,
  '@': 50,
  _: 189,
  '[': 219,
  ']': 221,
  Enter: 13,
  Tab: 9,
  End: 35,
};

const press = (chord: Chord): KeyPress & { type: string } => ({
  type: 'keydown',
  key: chord.key.length === 1 && chord.shift === true ? chord.key.toUpperCase() : chord.key,
  code: /^[a-z]$/.test(chord.key) ? `Key${chord.key.toUpperCase()}` : chord.key,
  keyCode: keyCodes[chord.key] ?? chord.key.toUpperCase().charCodeAt(0),
  ctrlKey: chord.ctrl ?? false,
  shiftKey: chord.shift ?? false,
  altKey: chord.alt ?? false,
  metaKey: chord.meta ?? false,
  isComposing: false,
});

const sent = (chord: Chord): string | undefined =>
  [true, false]
    .map((application) => evaluate(press(chord), application, false, false).key)
    .find((key) => key !== undefined);

const others = keyMap.flatMap(({ command, other }) => other.map((chord) => ({ command, chord })));
const macs = keyMap.flatMap(({ command, mac }) => mac.map((chord) => ({ command, chord })));

it('every command is in the table once', () => {
  expect(keyMap.map(({ command }) => command).toSorted()).toEqual(commandNames.toSorted());
});

it.each(['mac', 'other'] as const)('no chord means two commands (%s)', (platform) => {
  const chords = keyMap.flatMap((binding) => binding[platform].map((chord) => JSON.stringify(press(chord))));
  expect(chords.length).toBe(new Set(chords).size);
});

describe('Linux and Windows', () => {
  it.each(others)('$command sends no bytes', ({ command, chord }) => {
    expect([commandFor(press(chord), 'other'), sent(chord)]).toEqual([command, undefined]);
  });

  it('would find a chord that sends bytes', () => {
    const taken: readonly Chord[] = [
      { ctrl: true, key: 'a' },
      { ctrl: true, shift: true, key: '@' },
      { ctrl: true, shift: true, key: '_' },
      { ctrl: true, shift: true, key: 'Enter' },
      { ctrl: true, shift: true, key: 'End' },
      { ctrl: true, key: 'Tab' },
      { alt: true, key: 'b' },
    ];
    expect(taken.filter((chord) => sent(chord) === undefined)).toEqual([]);
  });
});

describe('macOS', () => {
  it.each(macs)('$command carries ⌘', ({ command, chord }) => {
    expect([commandFor(press(chord), 'mac'), chord.meta]).toEqual([command, true]);
  });
});

describe('what never matches', () => {
  const newSession = press({ ctrl: true, shift: true, key: 'n' });
  it.each([
    ['a composition', { ...newSession, isComposing: true }],
    ['an input method', { ...newSession, keyCode: 229 }],
    ['a dead key', { ...newSession, key: 'Dead' }],
    ['AltGr', { ...newSession, getModifierState: (key: string) => key === 'AltGraph' }],
    ['a plain letter', press({ key: 'n' })],
    ['ctrl and the letter', press({ ctrl: true, key: 'n' })],
    ['escape', press({ key: 'Escape' })],
  ])('%s', (_name, event) => {
    expect(commandFor(event, 'other')).toBeNull();
  });
});
