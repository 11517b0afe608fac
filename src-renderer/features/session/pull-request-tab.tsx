// The pull request of a session: may it be merged, what failed, what was said, and what can be done about it from here.
import { Check as CheckMark, CircleDashed, CircleHelp, CircleX, Clock, RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { readinessOf, type ReadinessRow } from '#shared/domain/pull-request-readiness.ts';
import type { PullRequestView } from '#shared/domain/pull-request-view.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { age, clockTime, inLocalTime } from '../../lib/age.ts';
import { useApp, useNow, useStore } from '../app-context.tsx';
import { OutsideLink } from './outside-link.tsx';
import { PullRequestActions } from './pull-request-actions.tsx';
import { PullRequestChip } from './pull-request-chip.tsx';
import { Threads } from './pull-request-threads.tsx';
import { FailedChecks } from './pull-request-work.tsx';

export function PullRequestTab({ session }: { readonly session: SessionView }) {
  const look = useLook(session.id);
  const all = useStore(useApp().pullRequests);
  const { pullRequest } = session;
  if (pullRequest === null) return <None session={session} look={look} />;
  const view = all?.find(({ project, number }) => project === session.project && number === pullRequest.number);
  const facts = view?.facts ?? null;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto [&>*+*]:border-t [&>*+*]:border-line">
      <Head session={session} view={view ?? null} look={look} />
      {facts === null ? (
        <Unread isComing={all === null || (view?.stale ?? null) === null} />
      ) : (
        <>
          <Readiness facts={facts} />
          <FailedChecks session={session} facts={facts} />
          <Threads session={session} facts={facts} />
          <PullRequestActions session={session} facts={facts} />
        </>
      )}
    </div>
  );
}

interface Look {
  readonly looking: boolean;
  /** Why the last look failed. */
  readonly problem: string | null;
  again(): void;
}

/** Opening the tab looks at once: somebody waits for it. */
function useLook(id: string): Look {
  const { connection } = useApp();
  const [round, setRound] = useState(0);
  const [told, setTold] = useState<{ readonly round: number; readonly problem: string | null } | null>(null);
  const look = useCallback(async (): Promise<string | null> => {
    const answer = await connection.call('pullRequest.refresh', { id });
    return answer.ok ? null : [answer.problem.what, answer.problem.todo].filter(Boolean).join(' ');
  }, [connection, id]);
  useEffect(() => {
    let current = true;
    void look().then((problem) => {
      if (current) setTold({ round, problem });
    });
    return () => {
      current = false;
    };
  }, [look, round]);
  return { looking: told?.round !== round, problem: told?.problem ?? null, again: () => setRound(round + 1) };
}

function None({ session, look }: { readonly session: SessionView; readonly look: Look }) {
  return (
    <div className="flex flex-col items-start gap-2 px-4 py-3.5">
      <p className="font-semibold">No pull request yet</p>
      <p className="break-words text-soft">
        {session.branch === null ? 'It has no branch' : `None is open for ${session.branch}`}. One that its agent opens
        appears here by itself.
      </p>
      {look.problem === null ? null : <p className="break-words text-caption text-faint">{look.problem}</p>}
      <Button size={24} disabled={look.looking} onClick={look.again}>
        {look.looking ? 'Looking…' : 'Look again'}
      </Button>
    </div>
  );
}

function Head({
  session,
  view,
  look,
}: {
  readonly session: SessionView;
  readonly view: PullRequestView | null;
  readonly look: Look;
}) {
  const now = useNow();
  const { pullRequest } = session;
  if (pullRequest === null) return null;
  const facts = view?.facts ?? null;
  return (
    <section className="px-4 py-3.5">
      <div className="flex items-center gap-2">
        <OutsideLink address={pullRequest.url} about={`Pull request #${pullRequest.number} has this address`}>
          <PullRequestChip {...pullRequest} />
        </OutsideLink>
        <span className="tabular ms-auto text-caption text-faint">
          {facts === null ? '' : `read ${ago(facts.readAt, now)}`}
        </span>
        <IconButton label="Look again" className="size-6" disabled={look.looking} onClick={look.again}>
          <RefreshCw size={14} strokeWidth={1.5} className={look.looking ? 'motion-safe:animate-spin' : ''} />
        </IconButton>
      </div>
      {facts === null ? null : <h2 className="mt-2 font-semibold break-words">{facts.pullRequest.title}</h2>}
      {facts === null ? null : (
        <p className="mt-0.5 font-mono text-[11.5px] break-all text-faint">
          {facts.pullRequest.branch} → {facts.base}
        </p>
      )}
      <Stale view={view} />
    </section>
  );
}

const ago = (at: number, now: number): string => (age(at, now) === 'now' ? 'just now' : `${age(at, now)} ago`);

function Stale({ view }: { readonly view: PullRequestView | null }) {
  const stale = view?.stale ?? null;
  if (stale === null) return null;
  return (
    <p role="note" className="mt-2.5 flex gap-2 rounded-control bg-raised px-2.5 py-2 text-caption leading-[18px]">
      <Clock size={14} strokeWidth={1.8} aria-hidden="true" className="mt-0.5 shrink-0 text-soft" />
      <span className="min-w-0 break-words text-soft">
        Stale: not read since {clockTime(stale.since)}. {inLocalTime(stale.why)}
      </span>
    </p>
  );
}

const Unread = ({ isComing }: { readonly isComing: boolean }) =>
  isComing ? (
    <Skeleton rows={5} awaited="Waiting for what the code host tells of it." />
  ) : (
    <p className="px-4 py-3.5 text-soft">Nothing could be read of it yet.</p>
  );

const marks = {
  good: { Icon: CheckMark, colour: 'var(--state-ready)' },
  bad: { Icon: CircleX, colour: 'var(--state-fail)' },
  waits: { Icon: Clock, colour: 'var(--state-review)' },
  unknown: { Icon: CircleHelp, colour: 'var(--state-lost)' },
  off: { Icon: CircleDashed, colour: 'var(--state-faint)' },
} as const;

const Readiness = ({ facts }: { readonly facts: PullRequestFacts }) =>
  facts.pullRequest.state === 'open' ? (
    <ul aria-label="Ready to merge?" className="flex flex-col gap-2 px-4 py-3.5">
      {readinessOf(facts).map((row) => (
        <Row key={row.name} row={row} />
      ))}
    </ul>
  ) : null;

function Row({ row: { name, look, word, why } }: { readonly row: ReadinessRow }) {
  const { Icon, colour } = marks[look];
  return (
    <li className="grid grid-cols-[16px_84px_minmax(0,1fr)] gap-x-2 text-caption leading-[18px]">
      <Icon size={15} strokeWidth={1.8} aria-hidden="true" style={{ color: colour }} className="mt-px" />
      <span className="text-faint">{name}</span>
      <span className="min-w-0 break-words text-soft">
        <span className="font-medium" style={{ color: colour }}>
          {word}
        </span>{' '}
        · {why}
      </span>
    </li>
  );
}
