// `athene report STATE` and `athene acknowledge`: what an agent says of itself.
import { reportStateSchema, type ReportState } from '#shared/domain/fact.ts';
import { defineCommand, usageError } from './command.ts';
import { ask, withHost } from './open-local-host.ts';

const notes = `Without --session it is the session in whose terminal the command runs. A report says why a session rests; hooks and screen say that it does.`;
const options = {
  session: { short: 's', value: 'ID', takes: 'session', says: 'that one reports' },
  note: { short: 'n', value: 'TEXT', says: 'in its own words' },
} as const;

export const report = defineCommand({
  name: 'report',
  summary: 'for agents: says what the session is at',
  words: [{ name: 'STATE', takes: reportStateSchema.options }],
  options,
  notes: `STATE is one of ${reportStateSchema.options.join(', ')}.\n${notes}`,
  run: ({ values, words: [word] }) => say(stateOf(word), values),
});

export const acknowledge = defineCommand({
  name: 'acknowledge',
  summary: 'for agents: the same as report started',
  options,
  notes,
  run: ({ values }) => say('started', values),
});

async function say(
  state: ReportState,
  values: { readonly session?: string | undefined; readonly note?: string | undefined },
): Promise<number> {
  const id = values.session ?? process.env['ATHENE_SESSION'] ?? process.env['AO_SESSION'];
  if (id === undefined || id === '') {
    throw usageError('Which session reports? Name it with --session.');
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
  throw usageError(`${JSON.stringify(word)} is no state to report.`);
}
