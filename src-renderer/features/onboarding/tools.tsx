// The programs that are found on this machine, or how to get them.
import { Check, CircleDashed, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentView } from '#shared/domain/agent.ts';
import type { DoctorCheck } from '#shared/domain/system.ts';
import { AgentIcon } from '../../components/agent-icon.tsx';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useApp } from '../app-context.tsx';
import { useDoctor } from '../settings/use-doctor.ts';

export function Tools({ agents }: { readonly agents: readonly AgentView[] | null }) {
  const app = useApp();
  const { checks, look } = useDoctor();
  const git = checks?.find(({ name }) => /\bgit\b/i.test(name));
  const again = () => {
    look();
    void app.lookForAgents(true);
  };
  return (
    <div className="overflow-hidden rounded-card border border-line bg-surface [&>*+*]:border-t [&>*+*]:border-line">
      {git === undefined ? null : <GitRow check={git} again={again} />}
      {agents === null ? (
        <p className="px-3.5 py-3 text-faint">Looking for agents on your login shell's PATH…</p>
      ) : null}
      {agents === null
        ? null
        : thereFirst(agents).map((agent) => <AgentRow key={agent.id} agent={agent} again={again} />)}
    </div>
  );
}

function GitRow({ check, again }: { readonly check: DoctorCheck; readonly again: () => void }) {
  const version = /\d+\.\d+(?:\.\d+)?/.exec(check.what)?.[0];
  return (
    <ToolRow
      good={check.state !== 'failure'}
      name="git"
      version={check.state === 'failure' ? 'not found' : (version ?? 'found')}
      where={check.todo ?? (version === undefined ? check.what : '')}
    >
      {check.state === 'fine' ? null : <CheckAgain again={again} />}
    </ToolRow>
  );
}

/** What can be used, then what is wrong, then what could be had; otherwise in their order. */
export const thereFirst = (agents: readonly AgentView[]): readonly AgentView[] => {
  const rank = { found: 0, broken: 1, unknown: 1, missing: 2 } as const;
  return agents.toSorted((one, other) => rank[one.presence.kind] - rank[other.presence.kind]);
};

/** One agent program: where it is, or how to get it. */
export function AgentRow({ agent, again }: { readonly agent: AgentView; readonly again?: () => void }) {
  const { presence, name } = agent;
  if (presence.kind === 'found')
    return (
      <ToolRow
        good
        agent={agent}
        name={name}
        version={presence.version ?? (presence.path === null ? 'built in' : 'found')}
        where={presence.path ?? ''}
      />
    );
  if (presence.kind === 'unknown' || presence.kind === 'broken')
    return (
      <ToolRow
        good={false}
        agent={agent}
        name={name}
        version={presence.kind === 'broken' ? 'broken' : "can't tell"}
        where={presence.why}
      >
        {again === undefined ? null : <CheckAgain again={again} />}
      </ToolRow>
    );
  return (
    <ToolRow good={null} agent={agent} name={name} version="not found" where={presence.install}>
      <CopyButton text={presence.install} label={`Copy the command that installs ${name}`} />
      {again === undefined ? null : <CheckAgain again={again} />}
    </ToolRow>
  );
}

const CheckAgain = ({ again }: { readonly again: () => void }) => (
  <Button size={24} onClick={again}>
    Check again
  </Button>
);

function ToolRow({
  good,
  agent = null,
  name,
  version,
  where,
  children,
}: {
  /** Null: it is not there, which is nothing bad. */
  readonly good: boolean | null;
  readonly agent?: AgentView | null;
  readonly name: string;
  readonly version: string;
  readonly where: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="flex min-h-10 items-center gap-2.5 py-1.5 ps-3.5 pe-3.5">
      {good === true ? (
        <Check size={16} className="shrink-0 text-ready" aria-label="found" />
      ) : good === null ? (
        <CircleDashed size={16} strokeWidth={1.5} className="shrink-0 text-faint" aria-label="not installed" />
      ) : (
        <TriangleAlert size={16} className="shrink-0 text-ask" aria-label="missing" />
      )}
      {agent === null ? null : (
        <span className="flex shrink-0" title={agent.iconProblem ?? undefined}>
          <AgentIcon agent={agent} />
        </span>
      )}
      <span className="w-[132px] shrink-0 truncate font-medium" title={name}>
        {name}
        {agent?.iconProblem === null || agent === null ? null : (
          <span className="sr-only">, its icon is not shown: {agent.iconProblem}</span>
        )}
      </span>
      <span className="tabular w-[68px] shrink-0 truncate text-soft" title={version}>
        {version}
      </span>
      <code className="min-w-0 flex-1 truncate font-mono text-caption text-faint" title={where}>
        {where}
      </code>
      {children}
    </div>
  );
}
