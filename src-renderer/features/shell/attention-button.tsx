import { Check } from 'lucide-react';
import { fleetOf } from '#shared/domain/attention.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { age } from '../../lib/age.ts';
import { keys, useApp, useNow, useStore, useSurroundings } from '../app-context.tsx';
import { run } from './key-router.ts';

/** How many wait and the age of the oldest, in a slot whose width never changes; shows the next of them. */
export function AttentionButton() {
  const surroundings = useSurroundings();
  const sessions = useStore(useApp().sessions);
  const now = useNow();
  const { waiting } = fleetOf(sessions ?? [], now);
  const [oldest] = waiting;
  const slot =
    'tabular inline-flex h-7 w-[88px] shrink-0 items-center justify-center gap-1.5 rounded-control text-caption font-semibold whitespace-nowrap';
  if (sessions === null) return <span className={slot} />;
  if (oldest === undefined)
    return (
      <span className={`${slot} font-medium text-soft`} title="Nobody waits for you">
        <Check size={14} strokeWidth={1.75} className="text-ready" aria-hidden="true" /> All clear
      </span>
    );
  const since = age(oldest.since, now);
  const label = `${waiting.length === 1 ? '1 session waits' : `${waiting.length} sessions wait`} for you, the oldest ${since === 'now' ? 'since just now' : `for ${since}`}`;
  return (
    <button
      type="button"
      title={[label, keys('next-attention').join(' ')].join(' · ')}
      onClick={() => run('next-attention', surroundings)}
      className={`${slot} attention text-ask transition-[filter] duration-80 hover:brightness-110`}
    >
      <span className="sr-only">{label}. Show the next</span>
      <span className="contents" aria-hidden="true">
        <StateIcon state="asks-permission" size={15} /> {waiting.length}
        <span>· {since}</span>
      </span>
    </button>
  );
}
