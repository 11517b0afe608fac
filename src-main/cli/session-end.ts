// `athene session kill|remove ID`, `athene session cleanup`.
import type { Host } from '../host/host.ts';
import { defineCommand, jsonOption } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { previewText } from './removal-text.ts';
import { jsonLine, plain } from './table.ts';

export const kill = defineCommand({
  name: 'kill',
  summary: 'ends its processes; worktree and branch stay',
  words: [{ name: 'ID', takes: 'session' }],
  options: { 'purge-session': { says: 'its agent deletes their conversation, too; it can not be gone on with' } },
  run: ({ values, words: [id] }) =>
    withHost(async (host) => {
      const remains = await end(host, id);
      if (remains && values['purge-session'] === true) await deleteConversation(host, id);
      return 0;
    }),
});

/** False: it was only being made, and nothing of it is left. */
async function end(host: Host, id: string): Promise<boolean> {
  const { alreadyEnded, survivors } = await ask(host, 'session.kill', { id });
  const remains = host.listSessions().some((each) => each.id === id);
  if (survivors.length > 0) {
    throw new CommandFailed({
      code: 'processes-left',
      what: `These processes of ${id} could not be ended: ${survivors.join(', ')}.`,
      kept: 'Its worktree and branch are kept.',
    });
  }
  if (!remains) process.stdout.write(`${id} was still being made; it was taken back.\n`);
  else
    process.stdout.write(
      alreadyEnded ? `${id} had ended already.\n` : `${id} is stopped. Its worktree and branch are kept.\n`,
    );
  return remains;
}

async function deleteConversation(host: Host, id: string): Promise<void> {
  const { conversation } = await ask(host, 'session.deleteConversation', { id });
  const said =
    conversation === null
      ? 'Its agent has no conversation of it'
      : `Its conversation ${plain(conversation)} is deleted`;
  process.stdout.write(`${said}.\n`);
}

export const remove = defineCommand({
  name: 'remove',
  summary:
    'removes the worktree of an ended session; the branch stays, and what was not committed is kept under refs/athene/rescue',
  words: [{ name: 'ID', takes: 'session' }],
  options: {
    'dry-run': { says: 'tells what would be put aside and what would go, and removes nothing' },
    'discard-large': { says: 'also where files are too large to be put aside' },
    'no-tear-down': { says: "without the project's tear-down commands" },
    'take-over': { says: 'you know that nobody else removes it, where Athene can not tell' },
    ...jsonOption,
  },
  async run({ values, words: [id] }) {
    if (values['dry-run']) {
      const preview = await withHost((host) => ask(host, 'session.removalPreview', { id }));
      process.stdout.write(values.json ? jsonLine(preview) : previewText(preview));
      return 0;
    }
    const how = {
      discardLarge: values['discard-large'] === true,
      tearDown: values['no-tear-down'] !== true,
      takeOver: values['take-over'] === true,
    };
    const removed = await withHost((host) => ask(host, 'session.remove', { id, ...how }));
    const { branch, rescueRef } = removed;
    if (values.json) process.stdout.write(jsonLine(removed));
    else {
      process.stdout.write(`${id} is removed.${branch === null ? '' : ` Its branch ${plain(branch)} is kept.`}\n`);
      if (rescueRef !== null) process.stdout.write(`What was not committed is kept under ${rescueRef}\n`);
    }
    return 0;
  },
});

export const cleanup = defineCommand({
  name: 'cleanup',
  summary: 'removes sessions that are over, like remove does',
  options: {
    project: { short: 'p', value: 'P', takes: 'project', says: 'of one project' },
    'dry-run': { says: 'tells which, and removes none' },
    ...jsonOption,
  },
  async run({ values }) {
    const dryRun = values['dry-run'] === true;
    const done = await withHost((host) => ask(host, 'session.cleanup', { project: values.project ?? null, dryRun }));
    if (values.json) process.stdout.write(jsonLine(done));
    else {
      for (const id of done.killed) process.stdout.write(`${id} ${dryRun ? 'would be removed' : 'is removed'}\n`);
      for (const ref of done.rescued) process.stdout.write(`What was not committed is kept under ${ref}\n`);
      for (const { session: id, error } of done.errors) process.stderr.write(`${id} stays: ${plain(error)}\n`);
      if (done.killed.length + done.errors.length === 0) process.stdout.write('Nothing is over.\n');
    }
    return done.errors.length === 0 ? 0 : 1;
  },
});
