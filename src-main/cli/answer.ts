// `athene answer ID CHOICE|TEXT`.
import { answerFrom } from '#shared/domain/answer.ts';
import type { Answer, AskedQuestion } from '#shared/domain/asked-question.ts';
import { keyWords } from '#shared/domain/key-words.ts';
import { defineCommand } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, mustBeAllowed, withHost } from './open-local-host.ts';
import { questionLines } from './question-text.ts';
import { jsonLine, plain } from './table.ts';

export const answer = defineCommand({
  name: 'answer',
  summary: 'answers what a session asks: the number or the words of a choice, or a text where it takes one',
  usage: ['ID CHOICE|TEXT...'],
  words: [
    { name: 'ID', takes: 'session' },
    { name: 'CHOICE|TEXT', many: true },
  ],
  options: {
    question: { value: 'Q', says: 'only if it is this one; its id is in `athene questions`' },
    'dry-run': { says: 'says what would be typed, and types nothing' },
    json: { says: 'the outcome: confirmed (seen to arrive) or not-confirmed, and what was typed' },
  },
  notes: 'Nothing is typed unless the question stands on the screen at that moment.',
  async run({ values, words: [id, words] }) {
    return withHost(async (host) => {
      const asked = await ask(host, 'session.question', { id });
      if (asked === null) throw new CommandFailed(asksNothing(id));
      if (values.question !== undefined && values.question !== asked.id) throw new CommandFailed(asksOther(id, asked));
      const given = answerFrom(asked, words.join(' '));
      if (given === null) throw new CommandFailed(noAnswer(id, asked));
      const about = { id, question: asked.id };
      if (values['dry-run'] === true) {
        mustBeAllowed(host, 'session.answer', { ...about, ...given });
        return print(values.json, { session: id, asked, keys: keysFor(asked, given), outcome: null });
      }
      const answered = await ask(host, 'session.answer', { ...about, ...given });
      const { sent, ...outcome } = answered;
      return print(values.json, { session: id, asked, keys: sent, outcome });
    });
  },
});

interface Told {
  readonly session: string;
  readonly asked: AskedQuestion;
  readonly keys: string;
  /** Null: nothing was typed. */
  readonly outcome: { readonly outcome: 'confirmed' | 'not-confirmed'; readonly why: string | null } | null;
}

/** Exit 0 also where it is not confirmed: it was typed. */
function print(json: boolean | undefined, { session, asked, keys, outcome }: Told): number {
  if (json === true) {
    const what = { session, question: asked.id, text: asked.text, sent: keys };
    process.stdout.write(jsonLine({ ...what, dryRun: outcome === null, ...outcome }));
    return 0;
  }
  const typed = plain(keyWords(keys));
  if (outcome === null) {
    process.stdout.write(`${questionLines(session, asked).join('\n')}\nWould type: ${typed}\n`);
  } else if (outcome.outcome === 'confirmed') {
    process.stdout.write(`Answered ${session}: typed ${typed}, and it went on.\n`);
  } else {
    process.stdout.write(`Typed ${typed} into ${session}, not confirmed. ${plain(outcome.why ?? '')}\n`);
  }
  return 0;
}

const keysFor = ({ choices }: AskedQuestion, given: Answer): string =>
  'text' in given ? `${given.text}\r` : (choices.find(({ number }) => number === given.choice)?.keys ?? '');

const asksNothing = (id: string) => ({
  code: 'question-unknown',
  what: `${id} asks nothing that can be seen on its screen.`,
  kept: 'Nothing was sent.',
  todo: `A message is sent with: athene send ${id} TEXT`,
});

const asksOther = (id: string, asked: AskedQuestion) => ({
  code: 'question-outdated',
  what: `${id} does not ask this any more. It asks now:\n${questionLines(id, asked).join('\n')}`,
  kept: 'Nothing was sent.',
});

const noAnswer = (id: string, asked: AskedQuestion) => ({
  code: 'answer-not-possible',
  what: `That is no answer to what is asked:\n${questionLines(id, asked).join('\n')}`,
  kept: 'Nothing was sent.',
});
