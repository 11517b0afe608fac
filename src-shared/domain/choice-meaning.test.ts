import { expect, it } from 'vitest';
import { meaningOf } from './choice-meaning.ts';

it.each(['Yes', 'Yes (y)', 'Allow once', 'Allow (Allow the tool call once)', 'Run (run it once)'])(
  '%s allows once',
  (label) => expect(meaningOf(label)).toBe('allow-once'),
);

it.each([
  'Yes (ask me about it only once)',
  'Allow (every command, at once)',
  'Allow (run any of these at once)',
  'Yes (do the rest at once)',
  'Yes (allow all of them once)',
])('%s needs somebody who reads', (label) => expect(meaningOf(label)).toBe('other'));
