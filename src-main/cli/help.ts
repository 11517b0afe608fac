// `athene help`: all commands, one line each.
import { inColumns } from './command-text.ts';
import { topics } from './commands.ts';

export async function help(): Promise<string> {
  const parts = await Promise.all(topics.map(topicText));
  return [
    'athene: runs many coding agents at once, each in its own git worktree and terminal',
    ...parts,
    'Each has --help. The home is ~/.athene, or ATHENE_HOME. Exit code: 0, or 1 when something is wrong.',
  ].join('\n\n');
}

async function topicText({ title, commands }: (typeof topics)[number]): Promise<string> {
  const loaded = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => ({ name, command: await load() })),
  );
  const rows = loaded.flatMap(({ name, command }) => {
    return command.hidden === true ? [] : [[name, command.summary]];
  });
  return `${title}\n${inColumns(rows)}`;
}
