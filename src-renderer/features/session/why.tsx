import type { SessionView } from '#shared/domain/session.ts';
import { confidenceWords } from '#shared/domain/fact-words.ts';
import { StateChip } from '../../components/chip.tsx';
import { Popover } from '../../components/popover.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { age, fullTime } from '../../lib/age.ts';
import { stateWords } from '../../text.ts';
import { useNow } from '../app-context.tsx';
import { FactList } from './fact-list.tsx';

/** The state, and from what it was concluded. */
export function Why({ session }: { readonly session: SessionView }) {
  const now = useNow();
  const since = session.since === 0 ? '' : age(session.since, now);
  return (
    <Popover
      label={`Why is ${session.name} ${stateWords[session.state].toLowerCase()}?`}
      trigger={
        <button
          type="button"
          className="rounded-full"
          aria-label={`State: ${stateWords[session.state]}${since === '' ? '' : ` · ${since}`}. Why?`}
        >
          <span className="flex @max-[700px]:hidden">
            <StateChip state={session.state} tail={since} />
          </span>
          <span className="hidden size-6 items-center justify-center @max-[700px]:flex">
            <StateIcon state={session.state} />
          </span>
        </button>
      }
    >
      <p className="flex items-center gap-2 font-semibold">
        <StateIcon state={session.state} />
        {session.name} is {stateWords[session.state].toLowerCase()}
      </p>
      <p className="mt-1.5 ms-6 break-words text-soft">{session.because}</p>
      <p className="mt-1 ms-6 text-caption text-faint">Known {confidenceWords[session.confidence]}.</p>
      <FactList id={session.id} now={now} />
      <p className="tabular mt-2.5 ms-6 text-caption text-faint">
        {session.since === 0 ? 'Since an unknown time' : `Since ${fullTime(session.since)}`}
      </p>
    </Popover>
  );
}
