// A question as lines for a terminal.
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import { keyWords } from '#shared/domain/key-words.ts';
import { plain } from './table.ts';

const unusualWords = {
  deletes: 'deletes',
  network: 'uses the network',
  'outside-worktree': 'reaches outside of the worktree',
  privileged: 'with more rights',
} as const satisfies Record<AskedQuestion['unusual'][number], string>;

export function questionLines(session: string, asked: AskedQuestion): readonly string[] {
  const { text, tool, command, cwd, unusual, choices, takesText, source, id } = asked;
  const guess = source === 'screen' ? ' (guessed from its screen)' : '';
  return [
    `${session}: ${plain(text)}${guess}`,
    ...(tool === null ? [] : [`  ${plain(tool)}`]),
    ...(command === null ? [] : command.split('\n').map((line) => `  $ ${plain(line)}`)),
    ...(cwd === null ? [] : [`  in ${plain(cwd)}`]),
    ...(unusual.length === 0 ? [] : [`  unusual: ${unusual.map((word) => unusualWords[word]).join(', ')}`]),
    ...choices.map(({ number, label, keys }) => `  ${number}. ${plain(label)}  [types ${plain(keyWords(keys))}]`),
    ...(takesText ? ['  or a text'] : []),
    ...(choices.length === 0 && !takesText ? [`  only its terminal answers: athene session attach ${session}`] : []),
    `  question ${id}`,
  ];
}
