import { X } from 'lucide-react';
import { causeOf, type NoticeKind } from '#shared/domain/notice.ts';
import type { NoticeView } from '#shared/domain/notice-view.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { ScreenState } from '#shared/domain/status.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { age, fullTime } from '../../lib/age.ts';
import type { App } from '../../state/app.ts';
import { asksForLook } from '../../state/notice-groups.ts';
import { useApp, useNow, useStore } from '../app-context.tsx';
import { useHeld, type Held } from '../queue/use-held.ts';
import { clearNotices, readNotices } from './notice-actions.ts';
import { NoticeAnswer } from './notice-answer.tsx';

interface Entry {
  readonly notice: NoticeView;
  readonly onLeave: () => void;
}

export function NoticeEntry({ notice, onLeave }: Entry) {
  const app = useApp();
  const { title, body, at, resolved, deliveries } = notice;
  const sessions = useStore(app.sessions) ?? [];
  const held = useHeld();
  const asks = asksForLook(notice);
  const asking = askingIn(notice, sessions, held);
  return (
    <li className="flex gap-2.5 py-1.5 ps-3.5 pe-2">
      <span className={`pt-0.5 ${resolved === null ? '' : 'grayscale'}`}>
        <StateIcon state={stateIn(notice, sessions)} size={15} />
      </span>
      <div className="min-w-0 flex-1">
        <p className={`break-words ${asks ? 'font-semibold' : resolved === null ? '' : 'text-soft'}`}>
          {title}
          {asks ? <span className="sr-only"> (unread)</span> : null}
        </p>
        {asking === null ? (
          <p className="text-caption break-words text-soft">{resolved === null ? body : <Resolved {...resolved} />}</p>
        ) : (
          <NoticeAnswer
            key={asking.question?.id}
            session={asking}
            held={held}
            onOpen={() => open(app, notice, asking.id, onLeave)}
          />
        )}
        {deliveries
          .filter(({ state }) => state === 'failed')
          .map(({ notifier, detail }) => (
            <p key={notifier} className="text-caption break-words text-fail">
              Not told by {notifier}: {detail}
            </p>
          ))}
        {asking === null ? <Actions notice={notice} onLeave={onLeave} /> : null}
      </div>
      <time
        dateTime={new Date(at).toISOString()}
        title={fullTime(at)}
        className="tabular shrink-0 pt-px text-caption text-faint"
      >
        <Age at={at} />
      </time>
      <IconButton label={`Clear: ${title}`} className="-mt-1" onClick={() => void clearNotices(app, [notice.id])}>
        <X size={14} />
      </IconButton>
    </li>
  );
}

/** That of its session while it still stands for what was told. */
function stateIn({ kind, sessions, resolved }: NoticeView, known: readonly SessionView[]): ScreenState {
  const session = sessions.length === 1 ? known.find(({ id }) => id === sessions[0]) : undefined;
  return resolved === null && session !== undefined && causeOf(session)?.kind === kind ? session.state : usual[kind];
}

/** The session of a notice that still stands, with what it asks now; for a moment longer with what became of the answer. Null: nothing to answer. */
function askingIn(notice: NoticeView, known: readonly SessionView[], held: Held): SessionView | null {
  const { kind, sessions, resolved } = notice;
  const [id] = sessions;
  if (kind !== 'waiting' || id === undefined || sessions.length > 1) return null;
  const session = held.sessions.get(id) ?? (resolved === null ? known.find((one) => one.id === id) : undefined);
  return session === undefined || session.question === null ? null : session;
}

function open(app: App, notice: NoticeView, id: string, leave: () => void): void {
  void readNotices(app, [notice.id]);
  app.view.go({ kind: 'session', id }, { focus: true });
  leave();
}

const usual: Readonly<Record<NoticeKind, ScreenState>> = {
  waiting: 'asks-you',
  broken: 'crashed',
  ready: 'ready-to-land',
  finished: 'done',
};

const Age = ({ at }: { readonly at: number }) => age(at, useNow());

function Resolved({ at, why }: { readonly at: number; readonly why: string }) {
  return (
    <>
      {why} · <Age at={at} />
    </>
  );
}

/** Each leads to its session; those that are not there any more lead nowhere. */
function Actions({ notice, onLeave }: Entry) {
  const app = useApp();
  const known = useStore(app.sessions) ?? [];
  const sessions = notice.sessions.flatMap((id) => known.find((session) => session.id === id) ?? []);
  if (sessions.length === 0) return null;
  return (
    <span className="mt-1 flex flex-wrap gap-1">
      {sessions.map(({ id, name }) => (
        <Button
          key={id}
          size={24}
          className="max-w-[200px]"
          aria-label={`Open ${name}`}
          onClick={() => open(app, notice, id, onLeave)}
        >
          <span className="truncate">{sessions.length === 1 ? 'Open' : name}</span>
        </Button>
      ))}
    </span>
  );
}
