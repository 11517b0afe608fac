import { usageError } from './command.ts';

export const onOrOff = ['on', 'off'] as const;

export function isOn(word: string): boolean {
  if (word !== 'on' && word !== 'off') throw usageError('On or off?');
  return word === 'on';
}
