// The field for an issue, and below it the tracker's list: found by what is typed, chosen by key or pointer. Who works on one already stands there.
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import type { ListedIssue } from '#shared/domain/listed-issue.ts';
import { Field, inputLook } from '../../components/field.tsx';
import { useApp } from '../app-context.tsx';

interface Picked {
  readonly project: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (issue: string) => void;
}

export function IssuePicker({ project, value, error, onChange }: Picked) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const found = useIssues(project, value, open);
  const list = useId();
  const issues = found.kind === 'found' ? found.issues : [];
  const pick = ({ id, session }: ListedIssue): void => {
    if (session !== null) return;
    onChange(id);
    close();
  };
  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const move = (step: number): void => {
    setOpen(true);
    const count = issues.length;
    if (count > 0) setActive((active + step + count + (active < 0 && step < 0 ? 1 : 0)) % count);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    const chosen = issues[active];
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && open && chosen !== undefined) pick(chosen);
    else if (event.key === 'Escape' && open) close();
    else return;
    event.preventDefault();
  };
  return (
    <Field label="Issue" error={error}>
      {(wired) => (
        <div className="relative">
          <input
            type="text"
            role="combobox"
            autoComplete="off"
            spellCheck={false}
            aria-expanded={open}
            aria-controls={list}
            aria-autocomplete="list"
            {...(open && active >= 0 ? { 'aria-activedescendant': `${list}-${active}` } : {})}
            {...wired}
            placeholder="number, address or words"
            value={value}
            onFocus={() => setOpen(true)}
            onClick={() => setOpen(true)}
            onBlur={close}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              onChange(event.target.value);
              setOpen(true);
              setActive(-1);
            }}
            className={`${inputLook} h-7`}
          />
          {open ? <List id={list} found={found} active={active} onPick={pick} /> : null}
        </div>
      )}
    </Field>
  );
}

type Found =
  | { readonly kind: 'looking' }
  | { readonly kind: 'found'; readonly tracker: string; readonly issues: readonly ListedIssue[] }
  /** `none`: the project has no tracker, and an issue is only a name. */
  | { readonly kind: 'none' | 'failed'; readonly what: string };

/** Milliseconds of rest before what is typed is looked for. */
const rest = 250;

function useIssues(project: string, typed: string, wanted: boolean): Found {
  const { connection } = useApp();
  const [told, setTold] = useState<{ readonly of: string; readonly found: Found } | null>(null);
  // What can be an issue's number or address is looked for in the list of all, so that the one that is meant stands there.
  const query = /^(?:#?\d*|https?:.*)$/.test(typed.trim()) ? '' : typed.trim().slice(0, 200);
  const of = `${project} ${query}`;
  const isKnown = told?.of === of;
  useEffect(() => {
    if (!wanted || project === '' || isKnown) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      void connection.call('issue.list', { project, query, state: 'open', limit: 50 }).then((answer) => {
        if (!current) return;
        if (answer.ok) return setTold({ of, found: { kind: 'found', ...answer.value } });
        const { code, what, todo } = answer.problem;
        const text = [what, todo].filter(Boolean).join(' ');
        setTold({ of, found: { kind: code === 'tracker-missing' ? 'none' : 'failed', what: text } });
      });
    }, rest);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [connection, project, query, of, wanted, isKnown]);
  if (!isKnown || told === null) return { kind: 'looking' };
  return told.found.kind === 'found' ? { ...told.found, issues: withMeant(told.found.issues, typed) } : told.found;
}

/** Those whose number begins as it was typed, where one was. */
function withMeant(issues: readonly ListedIssue[], typed: string): readonly ListedIssue[] {
  const number = /^#?(\d+)$/.exec(typed.trim())?.[1];
  return number === undefined ? issues : issues.filter(({ id }) => id.startsWith(number));
}

function List({
  id,
  found,
  active,
  onPick,
}: {
  readonly id: string;
  readonly found: Found;
  readonly active: number;
  readonly onPick: (issue: ListedIssue) => void;
}) {
  return (
    <div
      // A press would take the focus, and with it the list, before the click came.
      onPointerDown={(event) => event.preventDefault()}
      className="over-frame absolute end-0 top-full z-30 mt-1 w-[440px] max-w-[80vw] rounded-card border border-control bg-surface py-1 motion-safe:animate-pop"
    >
      <Said found={found} />
      <ul id={id} role="listbox" aria-label="Issues" className="max-h-64 overflow-y-auto">
        {(found.kind === 'found' ? found.issues : []).map((issue, index) => (
          <Option key={issue.id} id={`${id}-${index}`} issue={issue} active={index === active} onPick={onPick} />
        ))}
      </ul>
    </div>
  );
}

function Said({ found }: { readonly found: Found }) {
  const text =
    found.kind === 'looking'
      ? 'Looking for issues…'
      : found.kind === 'found'
        ? found.issues.length === 0
          ? `${found.tracker} has no open issue like that. What you type is used all the same.`
          : null
        : `${found.what} ${found.kind === 'none' ? 'An issue is only a name here.' : 'What you type is used all the same.'}`;
  return text === null ? null : (
    <p role="status" className="px-3 py-1.5 text-caption break-words text-faint">
      {text}
    </p>
  );
}

function Option({
  id,
  issue,
  active,
  onPick,
}: {
  readonly id: string;
  readonly issue: ListedIssue;
  readonly active: boolean;
  readonly onPick: (issue: ListedIssue) => void;
}) {
  const isTaken = issue.session !== null;
  return (
    <li
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={isTaken}
      ref={(element) => {
        if (active) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={() => onPick(issue)}
      className={`grid cursor-default grid-cols-[52px_minmax(0,1fr)_auto] items-baseline gap-x-2 px-3 py-1 ${active ? 'bg-selected' : 'hover:bg-raised'}`}
    >
      <span className="tabular truncate text-caption text-faint">
        {/^\d+$/.test(issue.id) ? `#${issue.id}` : issue.id}
      </span>
      <span className={`truncate ${isTaken ? 'text-faint' : ''}`}>{issue.title}</span>
      <span className="text-caption text-faint">
        {isTaken ? `${issue.session ?? ''} works on it` : (issue.assignee ?? issue.labels[0] ?? '')}
      </span>
    </li>
  );
}
