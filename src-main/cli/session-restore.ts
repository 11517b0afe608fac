// `athene session restore|rename|remap ID`.
import { ordinal } from '#shared/domain/waiting-line.ts';
import type { Host } from '../host/host.ts';
import { defineCommand, jsonOption } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { refreshing } from './spawn-or-cancel.ts';
import { jsonLine, plain } from './table.ts';

export const restore = defineCommand({
  name: 'restore',
  summary: 'starts an ended session again, with its own conversation where the agent can go on with it',
  words: [{ name: 'ID', takes: 'session' }],
  options: jsonOption,
  async run({ values, words: [id] }) {
    const restored = await withHost((host) => restoreInTurn(host, id));
    if (values.json) process.stdout.write(jsonLine(restored));
    else {
      const how = restored.resumed ? 'goes on with its conversation' : 'started anew, without a prompt';
      process.stdout.write(`${id} runs again: its agent ${how}.\n`);
      if (restored.workspaceMade) process.stdout.write('Its worktree was made again from its branch.\n');
    }
    return 0;
  },
});

/** Says once that it waits until fewer agents run. */
async function restoreInTurn(host: Host, id: string) {
  let told = false;
  const stop = host.sessions.store.onChange(() => {
    const place = told ? null : (host.listSessions().find((each) => each.id === id)?.inLine?.place ?? null);
    if (place === null) return;
    told = true;
    process.stderr.write(`As many agents run as may: ${id} is ${ordinal(place)} in line.\n`);
  });
  try {
    return await refreshing(host, true, () => ask(host, 'session.restore', { id }));
  } finally {
    stop();
  }
}

export const rename = defineCommand({
  name: 'rename',
  summary: 'its name on the screen',
  words: [{ name: 'ID', takes: 'session' }, { name: 'NAME' }],
  async run({ words: [id, name] }) {
    await withHost((host) => ask(host, 'session.rename', { id, name }));
    process.stdout.write(`${id} is called ${plain(name.trim())} now.\n`);
    return 0;
  },
});

export const remap = defineCommand({
  name: 'remap',
  summary: 'finds the conversation of an agent that keeps its ids to itself',
  words: [{ name: 'ID', takes: 'session' }],
  options: { force: { short: 'f', says: 'also where one is known' }, ...jsonOption },
  async run({ values, words: [id] }) {
    const found = await withHost((host) => ask(host, 'session.remap', { id, force: values.force === true }));
    if (values.json) process.stdout.write(jsonLine(found));
    else {
      const how = found.changed ? 'has' : 'has already';
      process.stdout.write(`${id} ${how} the conversation ${plain(found.conversation)}.\n`);
    }
    return 0;
  },
});
