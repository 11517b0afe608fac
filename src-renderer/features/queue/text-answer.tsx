// An answer in words: a reply, or the reason of a no.
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { Button } from '../../components/button.tsx';
import { SavedReplyList, useSavedReplies } from '../session/saved-replies.tsx';
import type { Answering } from './use-answering.ts';

/** What was typed stays until something was sent. */
export function TextAnswer({
  kind,
  answering: { draft, write, typing },
  project,
  wanted,
  label,
  placeholder,
  onSend,
  onDone,
}: {
  readonly kind: 'text' | 'reason';
  readonly answering: Answering;
  /** Whose saved replies stand behind a slash. */
  readonly project: string;
  /** Somebody asked for it, and has the keyboard there. */
  readonly wanted: boolean;
  readonly label: string;
  readonly placeholder: string;
  /** False: nothing is sent now. */
  readonly onSend: (text: string) => boolean;
  readonly onDone: () => void;
}) {
  const text = draft(kind);
  const setText = (next: string): void => write(kind, next);
  const field = useRef<HTMLInputElement>(null);
  const typed = useTyping(field, wanted, typing);
  const send = (): void => {
    if (text.trim() !== '' && onSend(text)) onDone();
  };
  const discard = (): void => {
    setText('');
    onDone();
  };
  const replies = useSavedReplies(project, text, setText);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing || replies.onKeyDown(event)) return;
    if (event.key === 'Enter') send();
    if (event.key === 'Escape') discard();
  };
  return (
    <div className="flex flex-wrap gap-1.5">
      <input
        ref={field}
        type="text"
        {...replies.wired}
        {...typed}
        autoComplete="off"
        aria-label={label}
        placeholder={placeholder}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-7 min-w-0 flex-1 rounded-control border border-control bg-raised px-2"
      />
      <Button size={28} disabled={text.trim() === ''} onClick={send}>
        Send <span className="text-caption font-normal text-faint">{text.trim() === '' ? '' : '⏎'}</span>
      </Button>
      <SavedReplyList replies={replies} className="w-full" />
    </div>
  );
}

/** @param tell whether somebody types in the field; one in another window comes back to it */
function useTyping(field: RefObject<HTMLInputElement | null>, wanted: boolean, tell: (on: boolean) => void) {
  const told = useRef(tell);
  useEffect(() => {
    told.current = tell;
  });
  useEffect(() => {
    if (wanted) field.current?.focus();
  }, [field, wanted]);
  useEffect(() => () => told.current(false), []);
  return {
    onFocus: () => tell(true),
    onBlur: () => {
      if (document.activeElement !== field.current) tell(false);
    },
  };
}
