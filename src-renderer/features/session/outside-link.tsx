import { useState, type ReactNode } from 'react';
import { LinkQuestion } from './link-question.tsx';

/** Looks like a link and asks like one of the terminal: where does it really go? Plain text where there is no address. */
export function OutsideLink({
  address,
  about,
  children,
}: {
  readonly address: string | null;
  /** What stands in the question above the address. */
  readonly about: string;
  readonly children: ReactNode;
}) {
  const [asking, setAsking] = useState(false);
  if (address === null || !address.startsWith('https:') || !URL.canParse(address)) return <>{children}</>;
  return (
    <>
      <button
        type="button"
        onClick={() => setAsking(true)}
        className="max-w-full rounded-control text-start break-words hover:underline"
      >
        {children}
      </button>
      {asking ? <LinkQuestion address={address} about={about} onClose={() => setAsking(false)} /> : null}
    </>
  );
}
