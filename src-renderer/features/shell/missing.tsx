import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Owl } from '../../components/owl.tsx';
import { useApp } from '../app-context.tsx';

/** Something is asked for that is not there; said only when it does not come within two seconds. */
export function Missing({ what, awaited }: { readonly what: string; readonly awaited: string }) {
  const app = useApp();
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), 2000);
    return () => clearTimeout(timer);
  }, []);
  if (patient) return <div role="status" aria-label={awaited} />;
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-4 px-6 text-center">
      <Owl />
      <p className="text-strong font-medium">{what}</p>
      <Button onClick={() => app.view.go({ kind: 'home' })}>Go to the queue</Button>
    </div>
  );
}
