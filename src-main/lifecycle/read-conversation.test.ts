import { appendFileSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Beside, ConversationPage } from '#shared/domain/conversation.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { AgentDefinition, AgentTranscript } from '../plugins/agents/agent.ts';
import type { AgentMessage } from '../storage/events.ts';
import { createConversations } from './read-conversation.ts';

let home: string;
let file: string;
let messages: readonly AgentMessage[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'athene-read-conversation-'));
  file = join(home, 'kept');
  messages = [];
});
afterEach(() => rmSync(home, { recursive: true }));

/** A line is what the agent said, behind `>` what it was told, behind `#` nothing. */
const transcript: AgentTranscript = {
  locate: ({ conversation }) => {
    if (conversation === 'locked') throw new Error('EACCES');
    return conversation === 'kept' ? file : null;
  },
  facts: () => [],
  said: (line) => {
    if (line.startsWith('#') || line === '') return [];
    const kind = line.startsWith('>') ? 'told' : 'said';
    return [{ at: 1, said: { kind, text: line.replace(/^> /, '') } }];
  },
};
const agent = (kept?: AgentTranscript): AgentDefinition => ({
  ...{ id: 'writer', name: 'Writer', program: null, promptDelivery: 'none', takesCommand: false },
  ...{ assignsConversation: true, launch: () => ({ argv: ['true'], env: {} }) },
  ...(kept === undefined ? {} : { transcript: kept }),
});
const record = {
  ...{ id: 'web-1', agent: 'writer', conversation: 'kept', prompt: 'Ship it', spawnedBy: 'web-orchestrator' },
  workspace: { path: '/w' },
} as SessionRecord;

const conversations = (definition = agent(transcript)) =>
  createConversations({
    agents: { definition: () => definition },
    paths: { sessionDirectory: () => home },
    login: async () => ({ env: {} }),
    store: { read: ((work: (tx: unknown) => unknown) => work({ all: () => messages.map(asRow) })) as never },
  });
const asRow = ({ from, text }: AgentMessage) => ({ sender: from, text: `Message of ${from}: ${text}` });

async function page(
  beside: Beside | null = null,
  read = conversations(),
): Promise<Extract<ConversationPage, { kind: 'page' }>> {
  const answer = await read.read(record, beside);
  if (!answer.ok || answer.value.kind !== 'page') throw new Error(JSON.stringify(answer));
  return answer.value;
}
const texts = ({ entries }: Pick<Extract<ConversationPage, { kind: 'page' }>, 'entries'>) =>
  entries.map(({ said }) => ('text' in said ? said.text : said.kind));

it('tells what was said so far, and then what comes', async () => {
  writeFileSync(file, '> Go on\nI go on\n# nothing\nhalf');
  const read = conversations();
  const first = await page(null, read);
  expect(texts(first)).toEqual(['Go on', 'I go on']);
  expect(first).toMatchObject({ from: 0, to: 26, more: false, entries: [{ id: '0.0', at: 1 }, { id: '8.0' }] });
  const beside: Beside = { file: first.file, offset: first.to, side: 'behind' };
  expect(texts(await page(beside, read))).toEqual([]);
  appendFileSync(file, ' a word\nand another\n');
  expect(texts(await page(beside, read))).toEqual(['half a word', 'and another']);
});

it('goes back page by page, past long stretches that tell nothing, to the beginning', async () => {
  const nothing = `# ${'x'.repeat(300_000)}\n`;
  writeFileSync(file, `first\n${nothing}${nothing}second\n${nothing.repeat(3)}third\n`);
  const found: string[] = [];
  let beside: Beside | null = null;
  for (;;) {
    const { entries, file: of, from } = await page(beside);
    found.unshift(...texts({ entries }));
    if (from === 0) break;
    beside = { file: of, offset: from, side: 'before' };
  }
  expect(found).toEqual(['first', 'second', 'third']);
});

it('begins anew where another file has taken its place', async () => {
  writeFileSync(file, 'one\ntwo\n');
  const { file: before, to } = await page();
  writeFileSync(`${file}.new`, 'three\n');
  renameSync(`${file}.new`, file);
  const after = await page({ file: before, offset: to, side: 'behind' });
  expect([texts(after), after.file === before]).toEqual([['three'], false]);
});

it('says who sent what the agent was told, where that was another agent', async () => {
  const long = `Look at the login test. ${'It fails now and then. '.repeat(20)}`;
  messages = [
    { from: 'web-orchestrator', text: 'Stop after this' },
    { from: 'chief', text: `${long.slice(0, 200)}…` },
  ];
  writeFileSync(file, `> Rules. Ship it\n> Stop after this\n> ${long}\n> Stop after\n> thanks\nShip it\n`);
  expect((await page()).entries.map(({ from }) => from)).toEqual([
    ...['web-orchestrator', 'web-orchestrator', 'chief', null, null, null],
  ]);
});

it('is honest where there is none, and where it can’t be read', async () => {
  const answers = [
    await conversations(agent()).read(record, null),
    await conversations().read({ ...record, conversation: null }, null),
    await conversations().read({ ...record, conversation: 'another' }, null),
    await conversations().read(record, null),
  ];
  expect(answers.map((answer) => (answer.ok ? answer.value : null))).toEqual([
    { kind: 'none', why: 'unread' },
    ...Array.from({ length: 3 }, () => ({ kind: 'none', why: 'not-begun' })),
  ]);
  symlinkSync('/etc/hostname', file);
  for (const conversation of ['kept', 'locked'])
    expect(await conversations().read({ ...record, conversation }, null)).toMatchObject({
      ok: false,
      problem: { code: 'cannot-tell' },
    });
});
