// Issues as files, in a real directory.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLocalTracker } from './local-tracker.ts';
import type { WholeTracker } from '../tracker.ts';

let project: string;
let tracker: WholeTracker;
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'athene-issues-')));
  tracker = open();
});
afterEach(() => rmSync(project, { recursive: true }));

function open(path = 'issues'): WholeTracker {
  const opened = createLocalTracker(project, path);
  if (opened === null) throw new Error('no tracker');
  return opened;
}
const put = (name: string, text: string): void => {
  mkdirSync(join(project, 'issues'), { recursive: true });
  writeFileSync(join(project, 'issues', name), text);
};
const all = { query: '', state: 'all', limit: 50 } as const;
const listed = async (question: Partial<Parameters<WholeTracker['listIssues']>[0]> = {}) => {
  const told = await tracker.listIssues({ ...all, ...question });
  return told.ok ? told.value : told.problem.what;
};

it('makes issues, finds them, closes them, and leaves everything else in their files as it is', async () => {
  expect(await listed()).toEqual([]);
  expect(await tracker.createIssue({ title: 'Say "hi": twice', body: 'Why not.' })).toEqual({ ok: true, value: '1' });
  expect(await tracker.createIssue({ title: 'Another', body: '' })).toEqual({ ok: true, value: '2' });
  const one = { id: '1', title: 'Say "hi": twice', labels: [], state: 'open', assignee: null, url: null };
  expect(await listed({ query: 'HI twice' })).toEqual([one]);
  expect(await tracker.getIssue('1')).toMatchObject({
    ok: true,
    value: { facts: { title: 'Say "hi": twice', description: 'Why not.', completed: false } },
  });
  const file = join(project, 'issues', '1.md');
  const before = readFileSync(file, 'utf8');
  expect(await tracker.setState('1', 'closed')).toEqual({ ok: true, value: null });
  expect(readFileSync(file, 'utf8')).toBe(before.replace('state: open', 'state: closed'));
  expect(await tracker.isCompleted('1')).toEqual({ ok: true, value: true });
  expect((await listed({ state: 'open' })) as readonly { id: string }[]).toMatchObject([{ id: '2' }]);
  expect([tracker.branchName('1'), tracker.branchName('fix-login'), tracker.branchName('../x')]).toEqual([
    'feat/issue-1',
    'feat/fix-login',
    null,
  ]);
});

it('reads what people write by hand', async () => {
  put('fix-login.md', '# The login fails\n\nSometimes.\n');
  put(
    '12.md',
    "---\r\ntitle: 'It''s slow'\r\nlabels:\r\n  - bug\r\n  - perf # really\r\nassignee: jo\r\nstate: done\r\n---\r\nText\r\n",
  );
  put('9.md', '---\ntitle: Nine\nlabels: [a, "b c"]\n---\n--- no end here\n');
  put('README.txt', 'not one');
  expect(await listed()).toEqual([
    { id: '12', title: "It's slow", labels: ['bug', 'perf'], state: 'closed', assignee: 'jo', url: null },
    { id: '9', title: 'Nine', labels: ['a', 'b c'], state: 'open', assignee: null, url: null },
    { id: 'fix-login', title: 'The login fails', labels: [], state: 'open', assignee: null, url: null },
  ]);
  await tracker.setState('fix-login', 'closed');
  expect(readFileSync(join(project, 'issues', 'fix-login.md'), 'utf8')).toBe(
    '---\nstate: closed\n---\n\n# The login fails\n\nSometimes.\n',
  );
});

it('makes harmless what others wrote', async () => {
  put('1.md', '---\ntitle: "a\\u001b[31m\u202Eb"\n---\n$(id) \u0007 `x`\n');
  expect(await tracker.getIssue('1')).toMatchObject({
    ok: true,
    value: { facts: { title: 'a [31m b', description: '$(id)  `x`' } },
  });
});

it.each(['../1', '/etc/passwd', '.git', 'a/b', '', '-x', 'CON.', '1\0'])('knows no issue %j', async (id) => {
  put('1.md', 'One');
  expect(await tracker.getIssue(id)).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
});

it('follows no link, and leaves the repository by no way', async () => {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'athene-outside-')));
  writeFileSync(join(outside, '1.md'), 'secret');
  put('2.md', 'Two');
  symlinkSync(join(outside, '1.md'), join(project, 'issues', '1.md'));
  expect(await tracker.getIssue('1')).toMatchObject({ ok: false, problem: { kind: 'refused' } });
  expect(await listed()).toMatchObject([{ id: '2' }]);
  symlinkSync(outside, join(project, 'linked'));
  tracker = open('linked');
  expect(await tracker.getIssue('1')).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
  expect(await tracker.createIssue({ title: 'x', body: '' })).toMatchObject({ ok: false });
  expect(await listed()).toContain('is no directory of the repository itself');
  expect(['../out', '/tmp', 'a/../../b'].map((path) => createLocalTracker(project, path))).toEqual([null, null, null]);
  rmSync(outside, { recursive: true });
});
