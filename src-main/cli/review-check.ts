// `athene review-check`: agents are told of review comments at once, once.
import { defineCommand, jsonOption } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, plainLines } from './table.ts';

export const reviewCheck = defineCommand({
  name: 'review-check',
  summary: 'tells agents now of review comments that they were not told of',
  words: [{ name: 'PROJECT', optional: true, takes: 'project' }],
  options: { 'dry-run': { says: 'only says what they would be told' }, ...jsonOption },
  notes: 'It goes by what was last read of pull requests, which the app or the server that supervises does.',
  async run({ values, words: [project = null] }) {
    const dryRun = values['dry-run'] === true;
    const checked = await withHost(async (host) => {
      const done = await ask(host, 'reaction.check', { project, dryRun });
      await host.settled();
      return done;
    });
    if (values.json === true) process.stdout.write(jsonLine({ data: checked, meta: { dryRun } }));
    else {
      const told = checked.told.flatMap(({ session, key, text }) => [
        `${session}: ${dryRun ? 'would be told of' : 'is told of'} ${key}.`,
        ...(dryRun
          ? plainLines(text)
              .split('\n')
              .map((line) => `    | ${line}`.trimEnd())
          : []),
      ]);
      const left = checked.left.map(({ session, key, why }) => `${session}: ${key}: ${plain(why)}`);
      const lines = [...told, ...left];
      process.stdout.write(`${lines.length === 0 ? 'No review comment is open.' : lines.join('\n')}\n`);
    }
    return 0;
  },
});
