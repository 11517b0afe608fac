// `athene report STATE` and `athene acknowledge`: what an agent says of itself.
import { claimedSession } from '#shared/domain/environment.ts';
import { reportStateSchema, type ReportState } from '#shared/domain/fact.ts';
import { readReportState } from '#shared/domain/report-word.ts';
import { defineCommand, jsonOption, usageError, type Given } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine } from './table.ts';

const notes = `It is the session that is named, else the one in whose terminal the command runs. A report says why a session rests; hooks and screen say that it does.
Prints the status before and after it. Refused once the session has ended or its pull request is merged or closed, and to those that lead others; the refusal is on record, too.`;
const options = {
  session: { short: 's', value: 'ID', takes: 'session', says: 'that one reports' },
  note: { short: 'n', value: 'TEXT', says: 'in its own words' },
  ...jsonOption,
} as const;
type Values = Given<typeof options, []>['values'];

export const report = defineCommand({
  name: 'report',
  summary: 'for agents: says what the session is at',
  words: [{ name: 'STATE', takes: reportStateSchema.options }],
  options: {
    ...options,
    'pr-url': {
      value: 'URL',
      says: 'the pull request that it made; with pr_created, draft_pr_created, ready_for_review',
    },
    'pr-number': { value: 'N', says: 'the same by its number' },
  },
  notes: `STATE is one of ${reportStateSchema.options.join(', ')}; also with hyphens, in any case, or short: start, work, wait, input, ci, reviews, complete.\n${notes}`,
  run({ values, words: [word] }) {
    const state = readReportState(word);
    if (state === null) throw usageError(`${JSON.stringify(word)} is no state to report.`);
    const pullRequest = { number: numberFrom(values['pr-number']), url: values['pr-url'] ?? null };
    return say({ state, source: 'report', pullRequest }, values);
  },
});

export const acknowledge = defineCommand({
  name: 'acknowledge',
  summary: 'for agents: says that it has taken up its work, like report started',
  words: [{ name: 'ID', optional: true, takes: 'session' }],
  options,
  notes,
  run({ values, words: [named] }) {
    if (named !== undefined && values.session !== undefined) throw usageError('The session is named twice.');
    const session = named ?? values.session;
    return say(
      { state: 'started', source: 'acknowledge', pullRequest: { number: null, url: null } },
      { ...values, session },
    );
  },
});

interface Said {
  readonly state: ReportState;
  readonly source: 'report' | 'acknowledge';
  readonly pullRequest: { readonly number: number | null; readonly url: string | null };
}

async function say(said: Said, values: Values): Promise<number> {
  const id = values.session ?? claimedSession(process.env).session;
  if (id === null || id === '') throw usageError('Which session reports? Name it with --session.');
  const { before, after } = await withHost((host) =>
    ask(host, 'session.report', { id, note: values.note ?? null, ...said }),
  );
  if (values.json) process.stdout.write(jsonLine({ session: id, reported: said.state, before, after }));
  else process.stdout.write(`${id} reported ${said.state.replaceAll('_', ' ')}: ${before} → ${after}\n`);
  return 0;
}

function numberFrom(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^#?[1-9]\d{0,8}$/.test(text)) return Number(text.replace('#', ''));
  throw usageError('--pr-number takes the number of a pull request.');
}
