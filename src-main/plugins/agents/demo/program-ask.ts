// Asks a person: for a line, or for one of a few numbered choices (or something else, typed).
import type { Key, KeyReader } from './program-keys.ts';
import type { Screen } from './program-screen.ts';

interface Asking {
  readonly screen: Screen;
  readonly keys: KeyReader;
}

export type Line = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'interrupt' | 'end' };
export type Choice = { readonly kind: 'choice'; readonly index: number } | Line;

/** Never empty text. */
export async function askLine({ screen, keys }: Asking, hint: string): Promise<Line> {
  let text = '';
  const draw = (): void => screen.live(['', `❯ ${text === '' ? screen.dim(hint) : tail(text, screen.columns - 4)}`]);
  draw();
  const answer = await keys.ask<Line>((key) => {
    if (key.kind === 'interrupt' || key.kind === 'end') return { kind: key.kind };
    if (key.kind === 'enter' && text.trim() !== '') return { kind: 'text', text: text.trim() };
    text = edited(text, key);
    draw();
    return null;
  });
  screen.clearLive();
  if (answer.kind === 'text') screen.print('', screen.bold(`❯ ${answer.text}`), '');
  return answer;
}

/** Arrows or a digit, then Enter; a digit and Enter is also what a line from a pipe looks like. */
export async function askChoice(
  { screen, keys }: Asking,
  question: string,
  choices: readonly string[],
): Promise<Choice> {
  let marked = 0;
  let text = '';
  const draw = (): void =>
    screen.live([
      '',
      screen.bold(question),
      ...choices.map((choice, index) =>
        index === marked && text === '' ? screen.accent(`❯ ${index + 1}. ${choice}`) : `  ${index + 1}. ${choice}`,
      ),
      text === '' ? screen.dim('  ↑↓ or 1-3, Enter · or type something else') : `❯ ${tail(text, screen.columns - 4)}`,
    ]);
  screen.bell();
  draw();
  const answer = await keys.ask<Choice>(
    (key) => {
      if (key.kind === 'interrupt' || key.kind === 'escape') return { kind: 'interrupt' };
      if (key.kind === 'end') return { kind: 'end' };
      if (key.kind === 'enter')
        return text.trim() === '' ? { kind: 'choice', index: marked } : { kind: 'text', text: text.trim() };
      const digit = key.kind === 'text' && text === '' ? Number(key.text) - 1 : Number.NaN;
      if (choices[digit] !== undefined) marked = digit;
      else if (key.kind === 'up' || key.kind === 'down') {
        marked = (marked + (key.kind === 'up' ? choices.length - 1 : 1)) % choices.length;
        text = '';
      } else text = edited(text, key);
      draw();
      return null;
    },
    { dropTyped: true },
  );
  screen.clearLive();
  const said = answer.kind === 'choice' ? choices[answer.index] : answer.kind === 'text' ? answer.text : answer.kind;
  screen.print('', screen.bold(question), screen.dim(`  └ ${said}`));
  return answer;
}

function edited(text: string, key: Key): string {
  if (key.kind === 'text') return text + key.text;
  if (key.kind === 'backspace') return [...text].slice(0, -1).join('');
  return key.kind === 'clear' ? '' : text;
}

/** The end of a long line is where one types. */
function tail(text: string, length: number): string {
  const points = [...text];
  return points.length <= length ? text : `…${points.slice(-Math.max(length - 1, 1)).join('')}`;
}
