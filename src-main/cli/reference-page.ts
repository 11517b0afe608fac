// docs/cli.md, from what the commands declare.
import { helpText, shown } from './command-text.ts';
import type { Command } from './command.ts';
import { topics } from './commands.ts';

const intro = `# The command

Made from what the commands declare (\`src-main/cli/commands.ts\`, then a file a command): \`vitest run src-main/cli/reference-page.test.ts -u\` writes it anew.

- **Exit code**: 0 when it did what was asked; 1 when it did not, and stderr says what happened, what was kept and what to do. \`fsck\` and \`recover\` say 2 when something
  could not be told.
- **\`--json\`**: one document on one line of stdout. Lists are \`{"data": [...]}\`, with \`meta\` where something is to be said of the list. What followed from a refusal is
  \`{"error": {"code", "what", "kept", "todo"}}\`, the last line of stdout, with exit code 1; the same stands on stderr for people.
- **\`--\`**: everything behind it is a word, whatever it looks like.
- **The caller**: in the terminal of a session it acts as that session, with its rights ([rights.md](rights.md)); else as the person.
- **Completion**: \`athene completion bash|zsh|fish\` prints a script; its first lines say where it goes.
`;

export async function referencePage(): Promise<string> {
  const parts = await Promise.all(
    topics.map(async ({ title, commands }) => {
      const loaded = await Promise.all(Object.values(commands).map((load) => load()));
      return [`## ${title}\n`, ...shown(loaded).flatMap((command) => sections(command))].join('\n');
    }),
  );
  return [intro, ...parts].join('\n');
}

const sections = (command: Command): readonly string[] => {
  const name = `athene ${command.name}`;
  const members = command.kind === 'group' ? shown(command.commands) : [];
  return [
    `### ${name}\n\n${block(helpText(name, command))}`,
    ...members.map((each) => block(helpText(`${name} ${each.name}`, each))),
  ];
};

const block = (text: string): string => `\`\`\`text\n${text}\n\`\`\`\n`;
