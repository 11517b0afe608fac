// A chord of the key table in Electron's words.
import type { Chord, Platform } from '#shared/domain/key-map.ts';

/** `Command+Alt+Down`, `Ctrl+Shift+N`. */
export function acceleratorOf(chord: Chord, platform: Platform): string {
  const { ctrl = false, alt = false, shift = false, meta = false, key } = chord;
  return [
    ...(ctrl ? [platform === 'mac' ? 'Control' : 'Ctrl'] : []),
    ...(meta ? [platform === 'mac' ? 'Command' : 'Super'] : []),
    ...(alt ? ['Alt'] : []),
    ...(shift ? ['Shift'] : []),
    names[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ].join('+');
}

const names: Readonly<Record<string, string>> = {
  '+': 'Plus',
  ' ': 'Space',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
};
