// What the session's processes use, among its details.
import { useState } from 'react';
import { cpuText, memoryText, type Listener, type Listening } from '#shared/domain/usage.ts';
import { useApp, useStore } from '../app-context.tsx';
import { LinkQuestion } from './link-question.tsx';

export function UsageFacts({ session }: { readonly session: string }) {
  const usages = useStore(useApp().usages);
  const usage = usages?.find((each) => each.session === session);
  if (usage === undefined) return null;
  const { processes, cpu, memory, listening } = usage;
  return (
    <>
      <dt className="text-faint">Uses</dt>
      <dd
        className="tabular text-soft"
        title="Share of one core; memory that is resident, shared pages counted in each process"
      >
        {cpuText(cpu)} CPU · {memoryText(memory)} · {processes === 1 ? '1 process' : `${processes} processes`}
      </dd>
      <Ports listening={listening} />
    </>
  );
}

function Ports({ listening: { ports, cannotTell } }: { readonly listening: Listening }) {
  const [asked, ask] = useState<Listener | null>(null);
  if (ports.length === 0 && cannotTell === null) return null;
  return (
    <>
      <dt className="text-faint">Listens on</dt>
      <dd className="flex flex-wrap gap-x-2 text-soft">
        {ports.map((listener) => (
          <button
            key={`${listener.port} ${listener.address}`}
            type="button"
            className="rounded-control font-mono text-[11.5px] hover:underline"
            title={`Process ${listener.pid} listens on ${listener.address}`}
            onClick={() => ask(listener)}
          >
            {listener.port}
          </button>
        ))}
        {cannotTell === null ? null : (
          <span title={cannotTell}>{ports.length === 0 ? "can't tell" : 'maybe more'}</span>
        )}
      </dd>
      {asked === null ? null : (
        <LinkQuestion
          address={`http://localhost:${asked.port}/`}
          about={`Process ${asked.pid} of this session listens on this port`}
          onClose={() => ask(null)}
        />
      )}
    </>
  );
}
