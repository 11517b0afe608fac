import { expect, it } from 'vitest';
import { conversationsIn } from './conversations.ts';

const look = { session: 'web-1', workspacePath: '/w/web-1' };
const each = (id: string, title: string, updated: number, directory = '/w/web-1') => ({
  ...{ id, title, updated, created: 1, projectId: 'p', directory },
});
const listed = (...entries: readonly object[]) => conversationsIn(JSON.stringify(entries), look);

it('takes those that bear the name of the session, then those of its worktree, the last used first', () => {
  expect(
    listed(
      each('ses_1', 'Greeting', 10),
      each('ses_2', 'Fix the login', 30),
      each('ses_3', 'AO:web-1', 20, '/elsewhere'),
      each('ses_4', 'AO:web-10', 99, '/w/web-10'),
    ),
  ).toEqual({ kind: 'listed', conversations: ['ses_3', 'ses_2', 'ses_1'] });
});

it('finds none where there is none, and can not tell from what is no list', () => {
  expect(conversationsIn('\n', look)).toEqual({ kind: 'listed', conversations: [] });
  for (const printed of ['Error: locked', '{}', JSON.stringify([each('--help', 'AO:web-1', 1)])]) {
    expect(conversationsIn(printed, look).kind, printed).toBe('unknown');
  }
});
