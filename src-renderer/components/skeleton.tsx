import { useEffect, useState } from 'react';

/** Nothing for the first 400 ms; then grey bars where the rows will be, and after 4 s a sentence with what is awaited. */
export function Skeleton({ rows, awaited }: { readonly rows: number; readonly awaited: string }) {
  const stage = useStage();
  if (stage === 'nothing') return null;
  return (
    <div className="flex flex-col gap-3 p-4" role="status" aria-label={awaited}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-2">
          <div className="size-4 rounded-full bg-raised" />
          <div className="h-3 rounded-control bg-raised" style={{ width: `${70 - ((row * 23) % 40)}%` }} />
        </div>
      ))}
      {stage === 'sentence' ? <p className="text-caption text-faint">{awaited}</p> : null}
    </div>
  );
}

function useStage(): 'nothing' | 'bars' | 'sentence' {
  const [stage, setStage] = useState<'nothing' | 'bars' | 'sentence'>('nothing');
  useEffect(() => {
    const bars = setTimeout(() => setStage('bars'), 400);
    const sentence = setTimeout(() => setStage('sentence'), 4000);
    return () => {
      clearTimeout(bars);
      clearTimeout(sentence);
    };
  }, []);
  return stage;
}
