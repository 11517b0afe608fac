import { expect, test } from 'vitest';
import { Inbox } from './inbox.ts';

function listenTo(inbox: Inbox): unknown[] {
  const heard: unknown[] = [];
  inbox.onClose((why) => heard.push({ closed: why }));
  inbox.onFrame((frame) => heard.push(frame));
  return heard;
}

test('what came before the listener is heard first, the close last, by late listeners too', () => {
  const inbox = new Inbox();
  inbox.receive('1');
  inbox.receive('2');
  inbox.end('gone');
  inbox.end('again');
  inbox.receive('too late');
  const heard = listenTo(inbox);
  expect(heard).toEqual(['1', '2', { closed: 'gone' }]);
  inbox.onClose((why) => heard.push(why));
  expect(heard.at(-1)).toBe('gone');
});

test('a side that closes hears nothing more, even what waited', () => {
  const waited = new Inbox();
  waited.receive('1');
  waited.stop('enough');
  expect(listenTo(waited)).toEqual([{ closed: 'enough' }]);

  const inbox = new Inbox();
  const heard: string[] = [];
  for (const frame of ['1', '2', '3']) inbox.receive(frame);
  inbox.onFrame((frame) => {
    heard.push(String(frame));
    if (frame === '2') inbox.stop('enough');
  });
  inbox.receive('4');
  expect(heard).toEqual(['1', '2']);
});
