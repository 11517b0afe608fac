import { expect, it } from 'vitest';
import type { Beside, ConversationPage } from '#shared/domain/conversation.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createConversation } from './conversation.ts';

type Page = Extract<ConversationPage, { kind: 'page' }>;
const page = (texts: readonly string[], stretch: Partial<Page>): ConversationPage => ({
  ...{ kind: 'page', file: '1:1', from: 0, to: 100, more: false },
  entries: texts.map((text) => ({ id: text, at: 1, from: null, said: { kind: 'said', text } })),
  ...stretch,
});

/** Answers in order; what was asked is kept. */
function host(...answers: readonly (ConversationPage | 'fails')[]) {
  const asked: (Beside | null)[] = [];
  const call = async (_: string, { beside }: { readonly beside: Beside | null }) => {
    asked.push(beside);
    const answer = answers[asked.length - 1];
    if (answer === undefined) throw new Error('asked too often');
    return answer === 'fails' ? fail({ code: 'cannot-tell', what: 'It can’t be read.' }) : ok(answer);
  };
  const conversation = createConversation({ call } as unknown as Pick<HostConnection, 'call'>, 'web-1');
  const texts = (): unknown => conversation.state.get().entries?.map(({ id }) => id) ?? null;
  return { conversation, asked, texts };
}

it('reads the last of it, goes on behind it, and back before it', async () => {
  const { conversation, asked, texts } = host(
    page(['c'], { from: 40, to: 60 }),
    page(['d'], { from: 60, to: 80, more: true }),
    page(['e'], { from: 80, to: 90 }),
    page(['b'], { from: 10, to: 40 }),
    page(['a'], { from: 0, to: 10 }),
  );
  await conversation.look();
  await conversation.look();
  expect([texts(), conversation.state.get().hasEarlier]).toEqual([['c', 'd', 'e'], true]);
  await conversation.showEarlier();
  await conversation.showEarlier();
  await conversation.showEarlier();
  expect([texts(), conversation.state.get().hasEarlier]).toEqual([['a', 'b', 'c', 'd', 'e'], false]);
  expect(asked.map((beside) => (beside === null ? null : `${beside.side} ${beside.offset}`))).toEqual([
    ...[null, 'behind 60', 'behind 80', 'before 40', 'before 10'],
  ]);
});

it('changes nothing where nothing has come, and asks one thing at a time', async () => {
  const { conversation, asked } = host(page(['a'], { to: 10 }), page([], { from: 10, to: 10 }));
  await Promise.all([conversation.look(), conversation.look(), conversation.showEarlier()]);
  const before = conversation.state.get();
  await conversation.look();
  expect([conversation.state.get() === before, asked.length]).toEqual([true, 2]);
});

it('begins anew where the file is another one, or was cut', async () => {
  const { conversation, texts } = host(
    page(['a'], { to: 50 }),
    page(['b'], { file: '1:2', to: 70 }),
    page(['c'], { file: '1:2', from: 0, to: 20 }),
  );
  await conversation.look();
  await conversation.look();
  expect(texts()).toEqual(['b']);
  await conversation.look();
  expect(texts()).toEqual(['c']);
});

it('says why there is none, keeps what it has where it can’t be read, and begins when there is one', async () => {
  const { conversation, texts } = host(
    ...([{ kind: 'none', why: 'not-begun' }, page(['a'], {}), 'fails', page([], { from: 100 })] as const),
  );
  await conversation.look();
  expect(conversation.state.get()).toMatchObject({ entries: null, none: 'not-begun' });
  await conversation.look();
  await conversation.look();
  expect([texts(), conversation.state.get().problem?.what]).toEqual([['a'], 'It can’t be read.']);
  await conversation.look();
  expect(conversation.state.get()).toMatchObject({ none: null, problem: null });
});
