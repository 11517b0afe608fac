// `athene report STATE` and `athene acknowledge`: what an agent says of itself.
import { reportStateSchema, type ReportState } from '#shared/domain/fact.ts';
import { CommandFailed } from './command-failed.ts';
import { readArguments, readPositionals, type PlainCommand } from './command.ts';
import { ask, withHost } from './open-local-host.ts';

const help = `athene report STATE [--session ID] [--note TEXT]
athene acknowledge [--session ID]            the same as report started

For agents: says what the session is at. STATE is one of ${reportStateSchema.options.join(', ')}.
Without --session it is the session in whose terminal the command runs. A report says why a session rests; hooks and screen say that it does.`;

const options = { session: { type: 'string', short: 's' }, note: { type: 'string', short: 'n' } } as const;

export const report: PlainCommand = {
  help,
  async run(args) {
    const { values, positionals } = readArguments(args, options, help);
    const [word] = readPositionals(positionals, ['STATE'], help);
    return say(stateOf(word), values);
  },
};

export const acknowledge: PlainCommand = {
  help,
  async run(args) {
    const { values, positionals } = readArguments(args, options, help);
    readPositionals(positionals, [], help);
    return say('started', values);
  },
};

async function say(state: ReportState, values: { readonly session?: string; readonly note?: string }): Promise<number> {
  const id = values.session ?? process.env['ATHENE_SESSION'] ?? process.env['AO_SESSION'];
  if (id === undefined || id === '') {
    throw new CommandFailed({ code: 'usage', what: 'Which session reports? Name it with --session.', todo: help });
  }
  await withHost((host) => ask(host, 'session.report', { id, state, note: values.note ?? null }));
  process.stdout.write(`${id} reported: ${state.replaceAll('_', ' ')}.\n`);
  return 0;
}

/** As system.md 5.4: short forms, hyphens, any case. `done` is none: an agent that ends its turn is not done. */
const aliases: Readonly<Record<string, ReportState>> = {
  start: 'started',
  work: 'working',
  wait: 'waiting',
  input: 'needs_input',
  ci: 'fixing_ci',
  reviews: 'addressing_reviews',
  complete: 'completed',
};

function stateOf(word: string): ReportState {
  const name = word.trim().toLowerCase().replaceAll('-', '_');
  const state = reportStateSchema.safeParse(Object.hasOwn(aliases, name) ? aliases[name] : name);
  if (state.success) return state.data;
  throw new CommandFailed({ code: 'usage', what: `${JSON.stringify(word)} is no state to report.`, todo: help });
}
