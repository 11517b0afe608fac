import { expect, it } from 'vitest';
import { loadCommand, topics } from './commands.ts';
import { referencePage } from './reference-page.ts';

it('docs/cli.md says what the commands declare', async () => {
  await expect(await referencePage()).toMatchFileSnapshot('../../docs/cli.md');
});

it('every command is called as it is listed, and words that may be left out come last', async () => {
  const names = topics.flatMap(({ commands }) => Object.keys(commands));
  for (const name of names) {
    const command = await loadCommand(name);
    if (command === null) throw new Error(`${name} is listed and can't be loaded`);
    expect(command.name).toBe(name);
    for (const { words, options } of command.kind === 'group' ? command.commands : [command]) {
      const optional = words.map((word) => word.optional === true);
      expect([name, optional]).toEqual([name, optional.toSorted((a, b) => Number(a) - Number(b))]);
      expect([name, words.slice(0, -1).filter(({ many }) => many === true)]).toEqual([name, []]);
      const shorts = Object.values(options).flatMap(({ short }) => short ?? []);
      expect(shorts).toEqual([...new Set(shorts)]);
    }
  }
});
