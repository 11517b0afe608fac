import type { KeyboardEvent } from 'react';
import type { Answering } from './use-answering.ts';

/** A number chooses; Enter on the card itself begins a reply; Escape cancels what waits to be sent. False for any other key, and for whatever is typed into a field. */
export function answerByKey(event: KeyboardEvent, answering: Answering, startReply: () => void): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return false;
  const isOnCard = event.target === event.currentTarget;
  if (event.key === 'Escape' && answering.progress?.kind === 'waiting') answering.cancel();
  else if (/^[1-9]$/.test(event.key)) answering.giveNumber(Number(event.key));
  else if (isOnCard && event.key === 'Enter' && answering.question?.takesText === true) startReply();
  else return false;
  event.preventDefault();
  return true;
}
