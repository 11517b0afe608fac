import { expect, it } from 'vitest';
import type { SessionTerminal } from '#shared/domain/session-terminal.ts';
import { sessionTabs, shownTab, withShell, withTab, type SessionTab } from './session-tabs.ts';

const terminal = (id: string, role: 'agent' | 'shell') => ({ id, role, name: id }) as SessionTerminal;
const session = { id: 'web-1', terminals: [terminal('a', 'agent'), terminal('s1', 'shell'), terminal('s2', 'shell')] };
const fresh = { terminals: new Map<string, string>(), conversations: new Set<string>(), focusTerminal: 0 };
const nameOf = (tab: SessionTab) => (tab.kind === 'shell' ? tab.terminal.id : tab.kind);
const shown = (view: typeof fresh): string => nameOf(shownTab(session, view));

it('are the agent, what was said, and the shells', () => {
  expect(sessionTabs(session).map(nameOf)).toEqual(['agent', 'conversation', 's1', 's2']);
});

it('a shell is left to what was shown of the agent before, and one that is gone is not shown', () => {
  const talking = withTab(fresh, 'web-1', { kind: 'conversation' });
  const inShell = withShell(talking, 'web-1', 's2');
  expect([shown(fresh), shown(talking), shown(inShell), shown(withShell(inShell, 'web-1', null))]).toEqual([
    ...['agent', 'conversation', 's2', 'conversation'],
  ]);
  expect(shown(withShell(fresh, 'web-1', 'gone'))).toBe('agent');
  expect(shown(withTab(inShell, 'web-1', { kind: 'agent' }))).toBe('agent');
});

it('each choice asks for the keyboard, and stands for its session alone', () => {
  const chosen = withTab(withTab(fresh, 'web-1', { kind: 'conversation' }), 'web-2', { kind: 'conversation' });
  expect([chosen.focusTerminal, [...chosen.conversations]]).toEqual([2, ['web-1', 'web-2']]);
});
