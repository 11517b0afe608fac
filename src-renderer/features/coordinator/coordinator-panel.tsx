// What a coordinator leads, beside its terminal: the tree, who asked whom, and how much it may.
import { X } from 'lucide-react';
import type { SessionView } from '#shared/domain/session.ts';
import { IconButton } from '../../components/button.tsx';
import { TabList } from '../../components/tab-list.tsx';
import type { PanelStand } from '../../state/view.ts';
import { useApp } from '../app-context.tsx';
import { Summary } from '../session/inspector.tsx';
import { Timeline } from '../session/timeline.tsx';
import { Ledger, LedgerExcerpt } from './ledger.tsx';
import { Limits, LimitsLine } from './limits.tsx';
import { Tree } from './tree.tsx';
import { TreeFilterField } from './tree-filter-field.tsx';
import { useLedger } from './use-ledger.ts';
import { usePanel } from './use-panel.ts';

export function CoordinatorPanel({ session }: { readonly session: SessionView }) {
  const app = useApp();
  const { stand, change } = usePanel(session.id);
  const ledger = useLedger(session);
  const open = ledger.entries?.filter(({ tone }) => tone === 'open').length ?? 0;
  const show = (tab: Tab) => () => change({ tab });
  return (
    <aside
      aria-label="Coordination"
      className="flex w-[clamp(460px,44%,520px)] shrink-0 flex-col border-s border-line bg-surface max-[1180px]:absolute max-[1180px]:inset-y-0 max-[1180px]:end-0 max-[1180px]:z-20 max-[1180px]:w-[min(480px,100%)] max-[1180px]:border-control"
    >
      <header className="flex h-10 shrink-0 items-center gap-1 border-b border-line ps-4 pe-1.5">
        <TabList
          label="Coordination"
          className="min-w-0 gap-3 overflow-x-auto [scrollbar-width:none]"
          tabs={tabsWith(open)}
          chosen={stand.tab}
          onChoose={(tab) => change({ tab })}
        />
        <span className="ms-auto flex shrink-0 items-center">
          {stand.tab === 'tree' ? (
            <TreeFilterField chosen={stand.filter} onChoose={(filter) => change({ filter })} />
          ) : null}
          <IconButton label="Close panel" onClick={() => app.view.toggleInspector()}>
            <X size={15} strokeWidth={1.5} />
          </IconButton>
        </span>
      </header>
      <div role="tabpanel" aria-label={tabNames[stand.tab]} className="flex min-h-0 flex-1 flex-col">
        {stand.tab === 'tree' ? (
          <>
            <Tree root={session} stand={stand} change={change} />
            <LedgerExcerpt ledger={ledger} onAll={show('ledger')} />
            <LimitsLine session={session} onAll={show('limits')} />
          </>
        ) : null}
        {stand.tab === 'ledger' ? <Ledger ledger={ledger} /> : null}
        {stand.tab === 'limits' ? <Limits session={session} /> : null}
        {stand.tab === 'summary' ? <Summary session={session} /> : null}
        {stand.tab === 'timeline' ? <Timeline session={session.id} /> : null}
      </div>
    </aside>
  );
}

type Tab = PanelStand['tab'];

const tabNames = {
  tree: 'Tree',
  ledger: 'Ledger',
  limits: 'Limits',
  summary: 'Summary',
  timeline: 'Timeline',
} as const;
const tabs = Object.keys(tabNames) as readonly Tab[];

const tabsWith = (openQuestions: number) =>
  tabs.map((id) => ({
    id,
    label:
      id === 'ledger' && openQuestions > 0 ? (
        <>
          {tabNames.ledger}
          <span className="tabular text-caption font-medium text-ask">
            {openQuestions}
            <span className="sr-only"> open</span>
          </span>
        </>
      ) : (
        tabNames[id]
      ),
  }));
