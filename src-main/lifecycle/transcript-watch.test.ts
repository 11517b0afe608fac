import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AgentDefinition } from '../plugins/agents/agent.ts';
import { createTranscriptWatch, type Followed, type TranscriptWatch } from './transcript-watch.ts';

const now = Date.parse('2026-11-26T15:00:00Z');
/** Milliseconds that have passed since. */
let passed: number;
let home: string;
let watch: TranscriptWatch;
let looksForIt: number;

/** Lines of `<seconds> <what it works on>`; without seconds they have no time of their own. */
const agent: AgentDefinition = {
  ...{ id: 'writer', name: 'Writer', program: null, promptDelivery: 'none', takesCommand: false },
  assignsConversation: true,
  transcript: {
    locate({ conversation, login }) {
      looksForIt += 1;
      const path = join(login['HOME'] ?? '', 'kept', conversation);
      if (conversation === 'locked') throw new Error('EACCES');
      return existsSync(path) ? path : null;
    },
    facts(line) {
      const [, seconds = '', on = ''] = /^(\d*) (.*)$/.exec(line) ?? [];
      if (on === '') return [];
      return [{ at: seconds === '' ? null : now - Number(seconds) * 1000, claim: { kind: 'works', on } }];
    },
  },
  launch: () => ({ argv: ['true'], env: {} }),
};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'athene-transcript-watch-'));
  looksForIt = 0;
  passed = 0;
  watch = createTranscriptWatch({
    agents: { definition: (id) => (id === agent.id ? agent : null) },
    paths: { sessionDirectory: (id) => join(home, 'sessions', id) },
    login: async () => ({ env: { HOME: home } }),
    now: () => now + passed,
    log: () => {},
  });
});
afterEach(() => rmSync(home, { recursive: true }));

const session: Followed = {
  id: 'web-1',
  agent: 'writer',
  conversation: 'c-1',
  workspace: { kind: 'worktree', path: '/w', branch: 'b', baseCommit: '', branchCreated: true },
};
const write = (text: string, conversation = 'c-1'): void => {
  mkdirSync(join(home, 'kept'), { recursive: true });
  appendFileSync(join(home, 'kept', conversation), text);
};
const told = async (change: Partial<Followed> = {}): Promise<readonly unknown[]> =>
  (await watch.look({ ...session, ...change })).map(({ at, claim }) => [
    (now - at) / 1000,
    claim.kind === 'works' ? claim.on : claim.kind,
  ]);

it('tells what is new each time, with its own time and source', async () => {
  expect(await told(), 'it does not exist yet').toEqual([]);
  write('20 one\nnothing\n10 two\n5 thr');
  expect([await told(), looksForIt], 'it is not looked for at every look').toEqual([[], 1]);
  passed += 10_000;
  expect(await told()).toEqual([
    [20, 'one'],
    [10, 'two'],
  ]);
  expect(await told()).toEqual([]);
  write('ee\n');
  expect(await watch.look(session)).toEqual([
    { source: 'transcript', at: now - 5000, by: 'writer', claim: { kind: 'works', on: 'three' } },
  ]);
  expect(watch.facts('web-1').map(({ claim }) => claim)).toHaveLength(3);
  expect(looksForIt, 'found once, it is only read').toBe(2);
});

it('goes on when the file is cut, replaced, or gone for a while', async () => {
  write('20 one\n20 two\n');
  await told();
  writeFileSync(join(home, 'kept', 'c-1'), '9 anew\n');
  expect(await told()).toEqual([[9, 'anew']]);
  rmSync(join(home, 'kept', 'c-1'));
  expect(await told()).toEqual([]);
  write('8 again\n');
  expect(await told()).toEqual([[8, 'again']]);
});

it('forgets what was said in another conversation, and in a session that is gone', async () => {
  write('20 one\n');
  write('10 other\n', 'c-2');
  await told();
  expect(await told({ conversation: 'c-2' })).toEqual([[10, 'other']]);
  expect(watch.facts('web-1')).toHaveLength(1);
  watch.forget('web-1');
  expect(watch.facts('web-1')).toEqual([]);
});

it('takes the time of the file where lines have none, and believes nothing that is said of the future', async () => {
  write(' untimed\n');
  const dated = (seconds: number): void => utimesSync(join(home, 'kept', 'c-1'), seconds, seconds);
  dated(now / 1000 - 7);
  expect(await told()).toEqual([[7, 'untimed']]);
  write(' later\n');
  dated(now / 1000 + 3600);
  expect(await told()).toEqual([]);
});

it('keeps only the last of what is long', async () => {
  write(Array.from({ length: 500 }, (_, index) => `${500 - index} number ${index}\n`).join(''));
  expect(await told()).toHaveLength(500);
  expect(watch.facts('web-1').at(-1)?.claim).toEqual({ kind: 'works', on: 'number 499' });
  expect(watch.facts('web-1').length).toBeLessThan(100);
});

it('says nothing where there is nothing, or where that can’t be told', async () => {
  write('1 x\n', 'locked');
  expect([
    await told({ conversation: null }),
    await told({ conversation: 'absent' }),
    await told({ conversation: 'locked' }),
    await told({ agent: 'unknown' }),
    await told({ workspace: null }),
  ]).toEqual([[], [], [], [], []]);
});

it.runIf(process.platform !== 'win32')('follows no link', async () => {
  write('1 secret\n', 'secret');
  symlinkSync(join(home, 'kept', 'secret'), join(home, 'kept', 'c-1'));
  expect(await told()).toEqual([]);
});
