// Who asked whom below a coordinator, and what came of it.
import { Button } from '../../components/button.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { age, clockTime, dayOf, fullTime } from '../../lib/age.ts';
import type { LedgerEntry } from '../../state/ledger.ts';
import { useApp, useNow } from '../app-context.tsx';
import type { ShownLedger } from './use-ledger.ts';

/** As many as the tree leaves room for. */
const few = 4;

export function LedgerExcerpt({ ledger, onAll }: { readonly ledger: ShownLedger; readonly onAll: () => void }) {
  const { entries, problem } = ledger;
  return (
    <section aria-label="Ledger" className="max-h-[42%] shrink-0 overflow-y-auto border-t border-line">
      <header className="sticky top-0 flex h-9 items-center gap-2.5 bg-surface ps-4 pe-2">
        <h2 className="font-semibold">Ledger</h2>
        <span className="min-w-0 truncate text-caption text-faint">who asked whom, and what was decided</span>
        {entries === null || entries.length === 0 ? null : (
          <Button kind="quiet" size={24} className="tabular ms-auto" onClick={onAll}>
            All {entries.length}
          </Button>
        )}
      </header>
      {problem === null ? null : <Trouble problem={problem} />}
      {entries === null ? null : entries.length === 0 ? (
        <p className="px-4 pb-3 text-caption text-faint">Nothing was asked yet.</p>
      ) : (
        <ol>
          {entries.slice(0, few).map((entry) => (
            <Entry key={entry.key} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  );
}

export function Ledger({ ledger: { entries, problem, showEarlier } }: { readonly ledger: ShownLedger }) {
  const now = useNow();
  const days = Map.groupBy(entries ?? [], ({ at }) => dayOf(at, now));
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {problem === null ? null : <Trouble problem={problem} />}
      {entries === null && problem === null ? <Skeleton rows={6} awaited="Waiting for the ledger" /> : null}
      {entries?.length === 0 ? (
        <p className="px-4 py-6 text-center text-faint">
          Questions of its workers, messages, refused spawns and stops appear here, with who decided. Kept for 30 days.
        </p>
      ) : null}
      {[...days].map(([day, those]) => (
        <section key={day} aria-label={day}>
          <h2 className="sticky top-0 bg-surface px-4 pt-3 pb-1.5 text-caption font-medium text-faint">{day}</h2>
          <ol>
            {those.map((entry) => (
              <Entry key={entry.key} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
      {showEarlier === null ? null : (
        <div className="px-4 py-3">
          <Button onClick={showEarlier}>Show earlier</Button>
        </div>
      )}
    </div>
  );
}

const Trouble = ({ problem }: { readonly problem: string }) => (
  <p role="alert" className="px-4 py-3 text-soft">
    {problem}
  </p>
);

const tones = { open: 'font-medium text-ask', bad: 'text-fail', settled: '' } as const;

function Entry({ entry: { at, title, path, outcome, tone, session } }: { readonly entry: LedgerEntry }) {
  const { view } = useApp();
  const now = useNow();
  return (
    <li className="border-t border-line">
      <button
        type="button"
        onClick={() => (session === null ? undefined : view.go({ kind: 'session', id: session }))}
        className="grid w-full grid-cols-[40px_minmax(0,1fr)] gap-x-3 px-4 py-1.5 -outline-offset-2 hover:bg-raised"
      >
        <time
          dateTime={new Date(at).toISOString()}
          title={fullTime(at)}
          className="tabular text-caption leading-[19px] text-faint"
        >
          {clockTime(at)}
        </time>
        <span className="min-w-0">
          <span className="line-clamp-2 leading-[19px] break-words" title={title}>
            {title}
          </span>
          <span className="flex min-w-0 gap-1 text-caption text-faint" title={`${path.join(' → ')} · ${outcome}`}>
            <span className="min-w-8 truncate">{path.join(' → ')}</span>
            <span className={`max-w-[75%] shrink-0 truncate ${tones[tone]}`}>
              · {tone === 'open' ? `${outcome}, ${age(at, now)}` : outcome}
            </span>
          </span>
        </span>
      </button>
    </li>
  );
}
