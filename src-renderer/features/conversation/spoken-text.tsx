import { useMemo } from 'react';
import { spokenParts } from '../../state/conversation-rows.ts';

/** Text of an agent or a person, as it is: only code stands in its own letters. */
export function SpokenText({ text }: { readonly text: string }) {
  const parts = useMemo(() => spokenParts(text), [text]);
  return (
    <div className="leading-5 break-words whitespace-pre-wrap">
      {parts.map(({ kind, text: part }, index) => {
        if (kind === 'text') return <span key={index}>{part}</span>;
        if (kind === 'code')
          return (
            <code key={index} className="rounded-[3px] bg-raised px-1 font-mono text-[12px]">
              {part}
            </code>
          );
        return (
          <pre
            key={index}
            className="my-1.5 max-h-[480px] overflow-auto rounded-control border border-line bg-canvas px-2.5 py-1.5 font-mono text-[12px] leading-[18px] whitespace-pre"
          >
            {part}
          </pre>
        );
      })}
    </div>
  );
}
