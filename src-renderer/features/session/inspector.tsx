import { ChevronRight, FolderOpen, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { portsText } from '#shared/domain/ports.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { setUpText } from '#shared/domain/set-up.ts';
import { IconButton } from '../../components/button.tsx';
import { AgentIcon } from '../../components/agent-icon.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { TabList } from '../../components/tab-list.tsx';
import { StateIcon, stateColour } from '../../components/state-icon.tsx';
import { age, fullTime } from '../../lib/age.ts';
import { stateWords } from '../../text.ts';
import { useApp, useNow, useStore } from '../app-context.tsx';
import { NextReactions } from './next-reactions.tsx';
import { OutsideLink } from './outside-link.tsx';
import { PullRequestChip } from './pull-request-chip.tsx';
import { placeWords } from '../place-words.ts';
import { exitWords } from './exit-words.ts';
import { PullRequestTab } from './pull-request-tab.tsx';
import { Timeline } from './timeline.tsx';
import { UsageFacts } from './usage-facts.tsx';

export function Inspector({ session }: { readonly session: SessionView }) {
  const app = useApp();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Tab>>(new Map());
  const tab = chosen.get(session.id) ?? 'summary';
  return (
    <aside
      aria-label="Inspector"
      className="flex w-[360px] shrink-0 flex-col border-s border-line bg-surface max-[1180px]:absolute max-[1180px]:inset-y-0 max-[1180px]:end-0 max-[1180px]:z-20 max-[1180px]:max-w-full max-[1180px]:border-control"
    >
      <header className="flex h-10 shrink-0 items-center border-b border-line ps-4 pe-1.5">
        <TabList
          label="Inspector"
          className="gap-4"
          tabs={tabs}
          chosen={tab}
          onChoose={(next) => setChosen(new Map(chosen).set(session.id, next))}
        />
        <IconButton label="Close inspector" className="ms-auto" onClick={() => app.view.toggleInspector()}>
          <X size={15} strokeWidth={1.5} />
        </IconButton>
      </header>
      <div role="tabpanel" aria-label={tabNames[tab]} className="flex min-h-0 flex-1 flex-col">
        {tab === 'summary' ? <Summary session={session} /> : null}
        {tab === 'pull-request' ? <PullRequestTab key={session.id} session={session} /> : null}
        {tab === 'timeline' ? <Timeline session={session.id} /> : null}
      </div>
    </aside>
  );
}

const tabNames = { summary: 'Summary', 'pull-request': 'PR', timeline: 'Timeline' } as const;
type Tab = keyof typeof tabNames;
const tabs = (['summary', 'pull-request', 'timeline'] as const).map((id) => ({ id, label: tabNames[id] }));

export const Summary = ({ session }: { readonly session: SessionView }) => (
  <div className="min-h-0 flex-1 overflow-y-auto [&>*+*]:border-t [&>*+*]:border-line">
    <Now session={session} />
    <NextReactions session={session.id} />
    <Goal session={session} />
    <PullRequest session={session} />
    <Details session={session} />
  </div>
);

const Label = ({ children }: { readonly children: ReactNode }) => (
  <h2 className="mb-1.5 text-caption font-medium text-faint">{children}</h2>
);

function Now({ session }: { readonly session: SessionView }) {
  const now = useNow();
  return (
    <section className="px-4 py-3.5">
      <div className="mb-1.5 flex items-baseline justify-between">
        <h2 className="text-caption font-medium text-faint">Now</h2>
        <span className="tabular text-caption font-medium" style={{ color: stateColour(session.state) }}>
          {session.since === 0 ? '' : age(session.since, now)}
        </span>
      </div>
      <p className="flex items-center gap-2 font-semibold">
        <StateIcon state={session.state} /> {stateWords[session.state]}
      </p>
      <p className="mt-1 break-words text-soft">{session.because}</p>
      {session.lastOutputAt === null ? null : (
        <p className="mt-1 text-caption text-faint">
          Printed last{' '}
          {age(session.lastOutputAt, now) === 'now' ? 'within this minute' : `${age(session.lastOutputAt, now)} ago`}
        </p>
      )}
    </section>
  );
}

function Goal({ session }: { readonly session: SessionView }) {
  return (
    <section className="px-4 py-3.5">
      <Label>Goal</Label>
      {session.prompt === null ? (
        <p className="text-faint">No text was given; the work is told in the terminal.</p>
      ) : (
        <p className="max-h-56 overflow-y-auto leading-[1.5] break-words whitespace-pre-wrap text-soft">
          {session.prompt}
        </p>
      )}
      <Issue session={session} />
    </section>
  );
}

function Issue({ session: { issue, issueTitle, issueUrl, issueNote } }: { readonly session: SessionView }) {
  if (issue === null) return null;
  return (
    <div className="mt-2 text-caption leading-[18px] text-faint">
      <OutsideLink address={issueUrl} about={`Issue ${issue} has this address`}>
        Issue {issue}
        {issueTitle === null ? '' : `: ${issueTitle}`}
      </OutsideLink>
      {issueNote === null ? null : <p className="mt-0.5 break-words">{issueNote}</p>}
    </div>
  );
}

function PullRequest({ session: { pullRequest } }: { readonly session: SessionView }) {
  if (pullRequest === null) return null;
  return (
    <section className="flex items-center justify-between px-4 py-3">
      <h2 className="text-caption font-medium text-faint">PR</h2>
      <OutsideLink address={pullRequest.url} about={`Pull request #${pullRequest.number} has this address`}>
        <PullRequestChip {...pullRequest} />
      </OutsideLink>
    </section>
  );
}

function Details({ session }: { readonly session: SessionView }) {
  const agents = useStore(useApp().agents);
  const agent = agents?.find(({ id }) => id === session.agent);
  const version = agent?.presence.kind === 'found' ? agent.presence.version : null;
  return (
    <details open className="group px-4 py-3.5">
      <summary className="-ms-0.5 flex list-none items-center gap-2 rounded-control text-caption font-medium text-faint">
        <ChevronRight size={14} aria-hidden="true" className="group-open:rotate-90" /> Details
        <span className="ms-auto flex items-center gap-1.5 font-normal">
          {agent === undefined ? null : <AgentIcon agent={agent} size={15} />}
          {[agent?.name ?? session.agent, version].filter(Boolean).join(' ')}
        </span>
      </summary>
      <dl className="mt-2.5 grid grid-cols-[84px_minmax(0,1fr)] gap-y-1.5 text-caption leading-[18px]">
        <Fact name="Session" value={session.id} mono copy="Copy the session's id" />
        <Fact name="Branch" value={session.branch} mono copy="Copy the branch" />
        <Fact name="Worktree" value={session.worktree} mono copy="Copy the worktree's path">
          <Reveal session={session} />
        </Fact>
        <Fact
          name="Place"
          value={session.workspace === 'worktree' ? null : placeWords[session.workspace].toLowerCase()}
        />
        <Fact
          name="Ports"
          value={session.ports === null ? null : portsText(session.ports)}
          mono
          copy="Copy the ports"
        />
        <UsageFacts session={session.id} />
        <Fact name="Set-up" value={session.setUp === null ? null : setUpText(session.setUp)} />
        <Fact name="Command" value={session.command} mono copy="Copy the command line" />
        <Fact
          name="Asking"
          value={session.permissions === 'ask' ? 'asks for permission' : 'does not ask for permission'}
        />
        <Fact name="Prompt" value={session.prompt === null ? null : deliveries[session.promptDelivery]} />
        <Fact
          name="Process"
          value={session.probe?.answer === 'unknown' ? `can't tell: ${session.probe.why ?? ''}` : null}
        />
        <Fact name="Started" value={session.createdAt === 0 ? null : fullTime(session.createdAt)} />
        <Fact
          name="Ended"
          value={session.exit === null ? null : `${fullTime(session.exit.at)}, ${exitWords(session.exit)}`}
        />
        <Fact name="Terminal" value={session.terminal} mono copy="Copy the terminal's id" />
      </dl>
    </details>
  );
}

/** In the system's file manager; a browser has no way there. */
function Reveal({ session }: { readonly session: SessionView }) {
  const { desktop } = useApp();
  if (desktop === null) return null;
  return (
    <IconButton label="Reveal worktree" className="size-6" onClick={() => desktop.reveal(session.id)}>
      <FolderOpen size={14} strokeWidth={1.5} />
    </IconButton>
  );
}

const deliveries: Readonly<Record<SessionView['promptDelivery'], string>> = {
  none: 'none',
  'handed-over': 'handed over at launch',
  pending: 'waiting until the agent listens',
  delivered: 'delivered',
  failed: 'not delivered',
};

function Fact({
  name,
  value,
  mono = false,
  copy,
  children,
}: {
  readonly name: string;
  readonly value: string | null;
  readonly mono?: boolean;
  readonly copy?: string;
  readonly children?: ReactNode;
}) {
  if (value === null) return null;
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="group/fact flex min-w-0 items-start gap-1 text-soft">
        <span className={`min-w-0 ${mono ? 'font-mono text-[11.5px] break-all' : 'break-words'}`}>{value}</span>
        {copy === undefined ? null : (
          <span className="-my-[3px] ms-auto flex opacity-0 group-hover/fact:opacity-100 focus-within:opacity-100">
            {children}
            <CopyButton text={value} label={copy} iconOnly />
          </span>
        )}
      </dd>
    </>
  );
}
