import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';

/** Copies a text and says so for two seconds. `label` tells what is copied. */
export function CopyButton({
  text,
  label,
  iconOnly = false,
}: {
  readonly text: string;
  readonly label: string;
  readonly iconOnly?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      // Refused by the browser: the text stands beside the button and can be selected.
      () => setCopied(false),
    );
  const icon = copied ? <Check size={14} className="text-ready" /> : <Copy size={14} />;
  if (iconOnly)
    return (
      <IconButton label={copied ? 'Copied' : label} onClick={copy} className="size-6!">
        {icon}
      </IconButton>
    );
  return (
    <Button kind="quiet" size={24} onClick={copy} aria-label={label}>
      {icon} {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}
