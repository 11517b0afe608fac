// What is written in the message bars of sessions and was not sent yet.
type Messages = ReadonlyMap<string, string>;

export function withText(messages: Messages, session: string, text: string): Messages {
  const others = new Map(messages);
  if (text === '') others.delete(session);
  else others.set(session, text);
  return others;
}

/** It could not be sent: it stands there again, before what was begun since then. */
export const withUnsent = (messages: Messages, session: string, text: string): Messages =>
  withText(messages, session, [text, messages.get(session) ?? ''].filter((part) => part !== '').join('\n'));
