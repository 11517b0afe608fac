import { describe, expect, it } from 'vitest';
import { keystrokes, withoutControls } from './keystrokes.ts';

const typed = (text: string, bracketed = true): string =>
  new TextDecoder().decode(keystrokes(withoutControls(text), bracketed));

describe('text that is typed', () => {
  it('is itself when it is one line', () => {
    expect(typed('-x $(true) `; "é 語')).toBe('-x $(true) `; "é 語');
  });

  it.each(['a\nb', 'a\r\nb', 'a\rb'])('is one paste when it has several lines: %j', (text) => {
    expect(typed(text)).toBe('\u001b[200~a\nb\u001b[201~');
  });

  it('completes nothing by its tabs', () => {
    expect(typed('\tif x')).toBe('\u001b[200~\tif x\u001b[201~');
  });

  it('can not end its paste, nor press any key', () => {
    expect(typed('a\n\u001b[201~\u0003rm\u0004\u009b1m\u007f')).toBe('\u001b[200~a\n[201~rm1m\u001b[201~');
  });

  it.each([
    ['first\n\n  second\tthird\n', 'first second third'],
    ['\tif x', 'if x'],
    ['two  words', 'two  words'],
  ])('is one line for a program that did not ask for pastes in brackets: %j', (text, line) => {
    expect(typed(text, false)).toBe(line);
  });
});
