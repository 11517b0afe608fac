// `athene questions [ID]`.
import type { SessionView } from '#shared/domain/session.ts';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import type { Host } from '../host/host.ts';
import { readArguments, type PlainCommand } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { questionLines } from './question-text.ts';
import { jsonLine } from './table.ts';

const help = `athene questions [ID] [--json]   what waiting sessions ask, oldest first; with ID what that one asks now
  --json             as data, with the keys of every choice

With ID its screen is looked at now; without, the app or server that runs has looked. Answer with: athene answer ID CHOICE|TEXT`;

const options = { json: { type: 'boolean' } } as const;

export const questions: PlainCommand = {
  help,
  async run(args) {
    const { values, positionals } = readArguments(args, options, help);
    const [id, ...others] = positionals;
    if (others.length > 0) throw new CommandFailed({ code: 'usage', what: 'Expected at most one ID.', todo: help });
    return withHost(async (host) => {
      const asked = id === undefined ? open(host) : await ofOne(host, id);
      if (values.json === true) process.stdout.write(jsonLine({ data: asked }));
      else print(asked);
      return 0;
    });
  },
};

interface Asked {
  readonly session: string;
  readonly question: AskedQuestion;
}

const open = (host: Host): readonly Asked[] =>
  host
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
