// `athene explain ID`: why a session is in its state.
import type { SessionView } from '#shared/domain/session.ts';
import { stateWords } from '#shared/domain/state-words.ts';
import { claimWords, confidenceWords } from '#shared/domain/fact-words.ts';
import type { TraceLine } from '#shared/domain/trace.ts';
import { defineCommand } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { age, jsonLine, plain, table } from './table.ts';

export const explain = defineCommand({
  name: 'explain',
  summary: 'why a session is in its state: how far it can be trusted, and what it was concluded from, the newest last',
  words: [{ name: 'ID', takes: 'session' }],
  options: {
    json: { says: 'the view and the decision' },
    trace: { says: 'every fact as a line of JSON, in the form of docs/lifecycle.md' },
  },
  notes: 'A command looks at no screen: what only the app saw there is not among its facts.',
  async run({ values, words: [id] }) {
    const { view, trace } = await withHost(async (host) => {
      await host.watch.refresh();
      return { trace: await ask(host, 'session.explain', { id }), view: await ask(host, 'session.get', { id }) };
    });
    if (values.trace === true) process.stdout.write(trace.map((line) => jsonLine(line)).join(''));
    else if (values.json === true) process.stdout.write(jsonLine({ session: view, trace }));
    else process.stdout.write(`${asText(view, trace).join('\n')}\n`);
    return 0;
  },
});

/** Facts that are shown; --trace has them all. */
const shown = 12;

function asText(view: SessionView, trace: readonly TraceLine[]): readonly string[] {
  const now = Date.now();
  const facts = trace.flatMap((line) => ('fact' in line ? [line.fact] : []));
  const decision = trace.flatMap((line) => ('decision' in line ? [line.decision] : []))[0] ?? null;
  const rows = facts
    .slice(-shown)
    .map(({ source, by, at, claim }) => [age(now - at), source, plain(by), plain(claimWords(claim))]);
  return [
    `${view.id} is ${stateWords[view.state].toLowerCase()} (${view.status}), ${confidenceWords[view.confidence]}.`,
    plain(view.because),
    ...(decision?.rule === undefined ? [] : [`Rule: ${decision.rule}`]),
    '',
    ...(rows.length === 0 ? ['No hook, transcript or report has told anything in its present run.'] : [table(rows)]),
    ...(facts.length > shown ? [`${facts.length - shown} earlier facts: athene explain ${view.id} --trace`] : []),
  ];
}
