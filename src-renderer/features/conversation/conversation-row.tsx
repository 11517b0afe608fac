// One thing that was said, done or planned. What tools did is folded to a line; all of it is plain text.
import { ChevronRight, Lightbulb } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { ConversationEntry, Said } from '#shared/domain/conversation.ts';
import { clockTime, fullTime } from '../../lib/age.ts';
import type { ConversationRow } from '../../state/conversation-rows.ts';
import { useApp, useStore } from '../app-context.tsx';
import { doneOf } from './plan.tsx';
import { SpokenText } from './spoken-text.tsx';

/** Rows out of sight cost no layout. */
const row = 'relative [content-visibility:auto] [contain-intrinsic-size:auto_48px]';

export const ConversationRowView = memo(function ConversationRowView({ entry, returned }: ConversationRow) {
  const { said } = entry;
  switch (said.kind) {
    case 'told':
      return <Told entry={entry} text={said.text} />;
    case 'said':
      return (
        <li className={`${row} py-1.5 ps-7 pe-14`}>
          <span aria-hidden="true" className="absolute start-[11px] top-[13px] size-1.5 rounded-full bg-control" />
          <span className="sr-only">Agent: </span>
          <SpokenText text={said.text} />
          <Time at={entry.at} />
        </li>
      );
    case 'thought':
      return (
        <Folded
          icon={<Lightbulb size={13} strokeWidth={1.5} className="text-faint" aria-hidden="true" />}
          name={<span className="text-faint">Thought</span>}
          about={said.text}
          inWords
        >
          <p className="leading-[1.5] break-words whitespace-pre-wrap text-soft">{said.text}</p>
        </Folded>
      );
    case 'called':
      return <Called said={said} returned={returned} />;
    case 'planned':
      return (
        <li className={`${row} py-1 ps-7 text-caption text-faint`}>
          {returned?.failed === true ? 'A plan was refused' : `Plan changed: ${doneOf(said.steps)}`}
        </li>
      );
    case 'note':
      return (
        <li className={`${row} flex items-center gap-3 py-2 text-caption text-faint`}>
          <span className="h-px flex-1 bg-line" />
          <span className="max-w-[80%] break-words">{said.text}</span>
          <span className="h-px flex-1 bg-line" />
        </li>
      );
    case 'returned':
      return null;
  }
});

function Told({ entry, text }: { readonly entry: ConversationEntry; readonly text: string }) {
  const sessions = useStore(useApp().sessions);
  const from = entry.from === null ? null : (sessions?.find(({ id }) => id === entry.from)?.name ?? entry.from);
  return (
    <li className={`${row} py-2`}>
      <div className="relative rounded-card bg-raised py-2 ps-7 pe-14">
        <span aria-hidden="true" className="absolute start-2.5 leading-5 text-soft">
          ›
        </span>
        <span className="sr-only">Told{from === null ? '' : ` by ${from}`}: </span>
        {from === null ? null : (
          <p className="mb-0.5 text-caption text-faint" aria-hidden="true">
            from {from}
          </p>
        )}
        <div className="font-medium text-ink">
          <SpokenText text={text} />
        </div>
        <Time at={entry.at} />
      </div>
    </li>
  );
}

const Time = ({ at }: { readonly at: number | null }) =>
  at === null ? null : (
    <time
      dateTime={new Date(at).toISOString()}
      title={fullTime(at)}
      className="tabular absolute end-2.5 top-2 text-caption leading-[18px] text-faint"
    >
      {clockTime(at)}
    </time>
  );

type ToolCall = Extract<Said, { kind: 'called' }>;
type Returned = Extract<Said, { kind: 'returned' }>;

function Called({
  said: { tool, about, input },
  returned,
}: {
  readonly said: ToolCall;
  readonly returned: Returned | null;
}) {
  const [colour, words] =
    returned === null
      ? ['bg-control', 'no result yet']
      : returned.failed
        ? ['bg-fail', 'failed']
        : ['bg-ready', 'done'];
  return (
    <Folded
      icon={<span aria-hidden="true" className={`size-[7px] rounded-full ${colour}`} />}
      name={
        <span className={returned?.failed === true ? 'text-fail' : ''}>
          {tool}
          <span className="sr-only">, {words}</span>
        </span>
      }
      about={about}
    >
      {input === '' ? null : <Block label="Given">{input}</Block>}
      {returned === null ? (
        <p className="mt-1.5 text-caption text-faint">Nothing came back so far.</p>
      ) : (
        <Block label="Came back">{returned.text === '' ? 'nothing' : returned.text}</Block>
      )}
    </Folded>
  );
}

function Block({ label, children }: { readonly label: string; readonly children: string }) {
  return (
    <>
      <p className="mt-1.5 text-caption text-faint">{label}</p>
      <pre className="mt-0.5 max-h-80 overflow-auto rounded-control border border-line bg-canvas px-2.5 py-1.5 font-mono text-[12px] leading-[18px] break-words whitespace-pre-wrap text-soft">
        {children}
      </pre>
    </>
  );
}

/** One line, which opens. */
function Folded({
  icon,
  name,
  about,
  inWords = false,
  children,
}: {
  readonly icon: ReactNode;
  readonly name: ReactNode;
  readonly about: string | null;
  /** Not of code. */
  readonly inWords?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <li className={row}>
      <details className="group">
        <summary className="flex h-7 min-w-0 list-none items-center gap-2 rounded-control px-2 -outline-offset-2 hover:bg-raised">
          <span className="flex w-3 shrink-0 justify-center">{icon}</span>
          <span className="max-w-[45%] shrink-0 truncate font-medium">{name}</span>
          <span className={`min-w-0 flex-1 truncate text-faint ${inWords ? '' : 'pt-px font-mono text-[12px]'}`}>
            {about?.slice(0, 300)}
          </span>
          <ChevronRight
            size={13}
            strokeWidth={1.6}
            aria-hidden="true"
            className="shrink-0 text-faint opacity-0 group-open:rotate-90 group-open:opacity-100 group-hover:opacity-100 group-focus-within:opacity-100"
          />
        </summary>
        <div className="ps-7 pe-2 pb-2">{children}</div>
      </details>
    </li>
  );
}
