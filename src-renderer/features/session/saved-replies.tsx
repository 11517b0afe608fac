// The list of saved replies behind a slash, at a field in which somebody answers or writes.
import { useId, useState, type KeyboardEvent } from 'react';
import { fittingReplies, markedAfter } from '../../state/saved-replies.ts';
import { useApp, useStore } from '../app-context.tsx';

export interface SavedReplies {
  readonly id: string;
  readonly fitting: readonly string[];
  readonly marked: number | null;
  /** For the field. */
  readonly wired: Readonly<Record<string, string>>;
  choose(reply: string): void;
  /** True when the list has taken the key. */
  onKeyDown(event: KeyboardEvent): boolean;
}

/** @param onChoose what stands in the field from then on */
export function useSavedReplies(project: string, typed: string, onChoose: (text: string) => void): SavedReplies {
  const replies = useStore(useApp().projects)?.find((each) => each.id === project)?.replies ?? [];
  const id = useId();
  const [state, setState] = useState<{ typed: string; marked: number | null; closed: boolean }>(beginning(typed));
  const now = state.typed === typed ? state : beginning(typed);
  const fitting = now.closed ? [] : fittingReplies(replies, typed);
  const { marked } = now;
  return {
    ...{ id, fitting, marked, choose: onChoose },
    wired:
      fitting.length === 0
        ? {}
        : {
            'aria-autocomplete': 'list',
            'aria-controls': id,
            ...(marked === null ? {} : { 'aria-activedescendant': `${id}-${marked}` }),
          },
    onKeyDown(event) {
      const [first] = fitting;
      if (first === undefined || event.nativeEvent.isComposing) return false;
      const chosen = marked === null ? undefined : fitting[marked];
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
        setState({ ...now, marked: markedAfter(event.key, marked, fitting.length) });
      else if (event.key === 'Escape') setState({ ...now, closed: true });
      else if (event.key === 'Tab' && !event.shiftKey) onChoose(chosen ?? first);
      else if (event.key === 'Enter' && !event.shiftKey && chosen !== undefined) onChoose(chosen);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}

const beginning = (typed: string) => ({ typed, marked: null, closed: false });

export function SavedReplyList({
  replies: { id, fitting, marked, choose },
  className = '',
}: {
  readonly replies: SavedReplies;
  readonly className?: string;
}) {
  if (fitting.length === 0) return null;
  return (
    <ul
      id={id}
      role="listbox"
      aria-label="Saved replies"
      className={`max-h-44 overflow-y-auto rounded-card border border-control bg-surface p-1 ${className}`}
    >
      {fitting.map((reply, index) => (
        <li
          key={reply}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === marked}
          // The field keeps the keyboard.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(reply)}
          className={`cursor-default truncate rounded-control px-2 py-1 ${index === marked ? 'bg-selected text-ink' : 'text-soft hover:bg-raised'}`}
        >
          {reply}
        </li>
      ))}
    </ul>
  );
}
