// A row of the tree: who, in which state, since when; of those that lead, how far their workers have come.
import { ChevronRight } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { isCoordinator, metaProject } from '#shared/domain/coordinator.ts';
import type { SessionReactions } from '#shared/domain/reaction-view.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { CoordinatorIcon } from '../../components/coordinator-icon.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { ProjectMark } from '../../components/project-mark.tsx';
import { StateIcon, stateColour } from '../../components/state-icon.tsx';
import { age } from '../../lib/age.ts';
import { brokenStates, waitingStates } from '../../state/attention-class.ts';
import type { Progress, TreeRow } from '../../state/led-tree.ts';
import { stateWords } from '../../text.ts';
import { useApp, useByNow, useOutcome, useStore } from '../app-context.tsx';
import { isCalling, isQuiet } from '../sidebar/session-row.tsx';

interface Wired {
  readonly node: string;
  readonly tabIndex: number;
}

/** CSS pixels a level. */
const indent = 22;

type SessionNode = Omit<Extract<TreeRow, { kind: 'session' }>, 'kind' | 'key'>;

export const SessionTreeRow = memo(function SessionTreeRow({
  session,
  level,
  open,
  progress,
  elsewhere,
  ofProjects,
  ...wired
}: Wired &
  SessionNode & {
    /** It stands in the tree of one that leads several. */
    readonly ofProjects: boolean;
  }) {
  const { name, state, since: from } = session;
  const since = useByNow((now) => (from === 0 ? '' : age(from, now)));
  const quiet = useByNow((now) => isQuiet(session, now));
  const calls = isCalling(session) || brokenStates.has(state);
  const detail = detailOf(session);
  const told = useOutcome(useApp().reactions, (all) => (brokenStates.has(state) ? toldOf(session.id, all) : ''));
  const project = useProject(session.project);
  const label = [
    name,
    stateWords[state].toLowerCase(),
    detail,
    told,
    since,
    progress === null ? '' : progressText(progress),
    elsewhere ? 'led by somebody else' : '',
  ];
  return (
    <Item {...{ level, open, wired }} label={label.filter((part) => part !== '').join(', ')} dimmed={elsewhere}>
      {isCoordinator(session.kind) ? (
        <CoordinatorIcon kind={session.kind} state={state} quiet={quiet} />
      ) : (
        <StateIcon state={state} quiet={quiet} />
      )}
      {session.kind === 'orchestrator' && project !== null ? <ProjectMark colour={project.colour} /> : null}
      <span className={`min-w-10 shrink truncate ${isCoordinator(session.kind) ? 'font-semibold' : ''}`} title={name}>
        {name}
      </span>
      {progress === null ? (
        <span className="min-w-0 flex-1 truncate text-caption text-faint" title={session.because}>
          <span className={calls ? 'font-medium' : ''} style={calls ? { color: stateColour(state) } : undefined}>
            {calls ? stateWords[state] : stateWords[state].toLowerCase()}
          </span>
          {detail === '' ? null : <span> · {detail}</span>}
        </span>
      ) : (
        <Come progress={progress} />
      )}
      {told === '' ? null : (
        <span className="tabular shrink-0 text-caption text-faint" title="What was done about it by itself">
          ↳ {told}
        </span>
      )}
      {ofProjects && !isCoordinator(session.kind) && level === 2 && project !== null ? (
        <span className="flex shrink-0 items-center gap-1 text-caption text-faint">
          <ProjectMark colour={project.colour} size={7} /> {project.name}
        </span>
      ) : null}
      <span className="tabular w-8 shrink-0 text-end text-caption text-faint">{since}</span>
    </Item>
  );
});

export const OthersRow = ({
  level,
  open,
  count,
  node,
  tabIndex,
}: Wired & Omit<Extract<TreeRow, { kind: 'others' }>, 'kind' | 'key'>) => (
  <Item {...{ level, open, wired: { node, tabIndex } }} label={`${count} more in its projects, led by others`}>
    <span className="text-caption text-faint">
      <span className="tabular">{count}</span> more in its projects, led by others
    </span>
  </Item>
);

function Item({
  level,
  open,
  label,
  dimmed = false,
  wired: { node, tabIndex },
  children,
}: {
  readonly level: number;
  readonly open: boolean | null;
  /** What a screen reader says of the whole row. */
  readonly label: string;
  readonly dimmed?: boolean;
  readonly wired: Wired;
  readonly children: ReactNode;
}) {
  return (
    <div
      role="treeitem"
      data-node={node}
      aria-level={level}
      aria-label={label}
      {...(open === null ? {} : { 'aria-expanded': open })}
      tabIndex={tabIndex}
      className={`relative flex h-[30px] min-w-0 [contain-intrinsic-height:30px] [content-visibility:auto] items-center gap-2 rounded-control pe-2.5 -outline-offset-2 hover:bg-raised ${dimmed ? 'text-soft' : ''}`}
      style={{ paddingInlineStart: 4 + (level - 1) * indent }}
    >
      {Array.from({ length: level - 1 }, (_, index) => (
        <span
          key={index}
          aria-hidden="true"
          className="absolute inset-y-0 w-px bg-line"
          style={{ insetInlineStart: 4 + index * indent + 26 }}
        />
      ))}
      <span
        aria-hidden="true"
        data-switch=""
        className="-me-1.5 flex size-4 shrink-0 items-center justify-center text-faint"
      >
        {open === null ? null : <ChevronRight size={12} strokeWidth={1.8} className={open ? 'rotate-90' : ''} />}
      </span>
      {children}
    </div>
  );
}

/** How far its workers have come, and how many of them want somebody. */
function Come({ progress }: { readonly progress: Progress }) {
  const { done, of, waiting, broken } = progress;
  return (
    <>
      {of === 0 ? (
        <span className="text-caption text-faint">no workers</span>
      ) : (
        <>
          <ProgressBar done={done} of={of} />
          <span className="tabular shrink-0 text-caption text-faint">
            {done} of {of} done
          </span>
        </>
      )}
      <span className="tabular ms-auto flex shrink-0 items-center gap-2 text-caption font-medium">
        {waiting > 0 ? <Count state="asks-permission" count={waiting} /> : null}
        {broken > 0 ? <Count state="ci-failing" count={broken} /> : null}
      </span>
    </>
  );
}

const Count = ({ state, count }: { readonly state: 'asks-permission' | 'ci-failing'; readonly count: number }) => (
  <span className="flex items-center gap-0.5" style={{ color: stateColour(state) }}>
    <StateIcon state={state} size={13} /> {count}
  </span>
);

const progressText = ({ done, of, waiting, broken }: Progress): string =>
  [`${done} of ${of} done`, waiting > 0 ? `${waiting} waiting` : '', broken > 0 ? `${broken} broken` : '']
    .filter((part) => part !== '')
    .join(', ');

/** What stands behind the state, in as few words as there are. */
/** What was done about it by itself: how often its agent was told, or that it is a person's affair by now. */
function toldOf(id: string, all: readonly SessionReactions[] | null): string {
  const reactions = all?.find(({ session }) => session === id)?.reactions ?? [];
  const last = reactions.find(({ what, attempts, escalated }) => what !== null && (attempts > 0 || escalated));
  if (last === undefined) return '';
  return last.escalated ? 'yours now' : `told ${last.attempts}${last.most === null ? '' : ` of ${last.most}`}`;
}

function detailOf({ damaged, question, state, because, pullRequest, inLine }: SessionView): string {
  if (damaged !== null) return "record can't be read";
  if (inLine !== null) return 'in line';
  if (waitingStates.has(state) && question !== null) return question.command ?? question.text;
  if (brokenStates.has(state)) return because;
  return pullRequest === null ? '' : `#${pullRequest.number}`;
}

function useProject(id: string) {
  const projects = useStore(useApp().projects);
  return id === metaProject ? null : (projects?.find((project) => project.id === id) ?? null);
}
