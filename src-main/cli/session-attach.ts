// `athene session attach|shell ID`.
import { attach } from './attach.ts';
import { defineCommand } from './command.ts';
import { ask, withHost } from './open-local-host.ts';

export const attachCommand = defineCommand({
  name: 'attach',
  summary: 'its terminal, here; Ctrl+\\ leaves it running',
  words: [
    { name: 'ID', takes: 'session' },
    { name: 'TERMINAL', optional: true },
  ],
  run: ({ words: [id, terminal] }) => attach(id, terminal),
});

export const shell = defineCommand({
  name: 'shell',
  summary: 'a shell in its worktree, here',
  words: [{ name: 'ID', takes: 'session' }],
  async run({ words: [id] }) {
    const { terminal } = await withHost((host) => ask(host, 'session.openShell', { id }));
    return attach(id, terminal);
  },
});
