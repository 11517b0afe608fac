// `athene questions [ID]`.
import type { SessionView } from '#shared/domain/session.ts';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import type { Host } from '../host/host.ts';
import type { Outlook } from '../host/outlook.ts';
import { defineCommand } from './command.ts';
import { ask, withHost, withOutlook } from './open-local-host.ts';
import { questionLines } from './question-text.ts';
import { jsonLine } from './table.ts';

export const questions = defineCommand({
  name: 'questions',
  summary: 'what waiting sessions ask, oldest first; with ID what that one asks now',
  words: [{ name: 'ID', optional: true, takes: 'session' }],
  options: { json: { says: 'as data, with the keys of every choice' } },
  notes: `With ID its screen is looked at now; without, the app or server that runs has looked. Answer with: athene answer ID CHOICE|TEXT`,
  async run({ values, words: [id] }) {
    const asked = id === undefined ? await withOutlook(open) : await withHost((host) => ofOne(host, id));
    if (values.json === true) process.stdout.write(jsonLine({ data: asked }));
    else print(asked);
    return 0;
  },
});

interface Asked {
  readonly session: string;
  readonly question: AskedQuestion;
}

const open = async (outlook: Outlook): Promise<readonly Asked[]> =>
  outlook
    .listSessions()
    .filter((session): session is SessionView & { question: AskedQuestion } => session.question !== null)
    .map(({ id, question }) => ({ session: id, question }))
    .toSorted((a, b) => a.question.at - b.question.at);

async function ofOne(host: Host, id: string): Promise<readonly Asked[]> {
  const question = await ask(host, 'session.question', { id });
  return question === null ? [] : [{ session: id, question }];
}

function print(asked: readonly Asked[]): void {
  if (asked.length === 0) process.stdout.write('Nobody asks anything.\n');
  for (const { session, question } of asked) process.stdout.write(`${questionLines(session, question).join('\n')}\n`);
}
