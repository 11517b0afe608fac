// `athene complete -- WORDS...`: asked by the scripts of `athene completion` at each Tab.
import { candidates } from './candidates.ts';
import { defineCommand } from './command.ts';
import { loadCommand, topics } from './commands.ts';
import { shown } from './command-text.ts';
import { plain } from './table.ts';

export const complete = defineCommand({
  name: 'complete',
  summary: 'for shells: what may stand at the last of these words; `:file` or `:directory` leaves it to the shell',
  hidden: true,
  words: [{ name: 'WORD', optional: true, many: true }],
  async run({ words: [words] }) {
    const found = await candidates(words, {
      commands: allCommands,
      load: loadCommand,
      async names(kind) {
        const { knownNames } = await import('../host/known-names.ts');
        return knownNames(kind, process.env);
      },
    });
    const lines =
      typeof found === 'string' ? [`:${found}`] : found.map(({ name, says }) => `${plain(name)}\t${plain(says)}`);
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    return 0;
  },
});

async function allCommands() {
  const loaded = await Promise.all(topics.flatMap(({ commands }) => Object.values(commands).map((load) => load())));
  return [
    ...shown(loaded).map(({ name, summary }) => ({ name, says: summary })),
    { name: 'help', says: 'all commands, or how one is called' },
  ];
}
