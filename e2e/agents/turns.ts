// What holds for every agent: how it ends, and how it goes on.
import { expect } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import type { AgentWorld } from './agent-world.ts';

export const firstPrompt = '-make "the file"; `now`';

/** Stops one that runs: no process of it is left. */
export async function stopWhole(at: AgentWorld, { id }: Pick<SessionView, 'id'>): Promise<void> {
  expect(at.processesOf(id).length).toBeGreaterThan(0);
  await at.athene('session', 'kill', id);
  expect(at.processesOf(id)).toEqual([]);
}

/** Restores one whose first turn was about a file, and asks after it: the model is sent that turn, and none of a newer conversation. */
export async function expectOwnConversation(at: AgentWorld, { id }: SessionView, newer: string): Promise<void> {
  const { conversation } = at.record(id);
  at.model.say({ kind: 'text', text: 'It was a file.' });
  expect(await at.athene('session', 'restore', id)).toContain('goes on with its conversation');
  await at.shows(id, /The file is made\./);
  await at.athene('send', id, 'What was it?');
  await at.shows(id, /It was a file\./);
  const texts = at.model.requests.at(-1)?.messages.map(({ text }) => text) ?? [];
  expect(texts).toEqual(expect.arrayContaining([firstPrompt, 'The file is made.', 'What was it?']));
  expect(texts).not.toContain(newer);
  expect(at.record(id).conversation).toBe(conversation);
}
