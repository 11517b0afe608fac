import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { asOneLine, visible, withoutControls, type PasteVerdict } from '../../terminal/paste.ts';

type Paste = Extract<PasteVerdict, { kind: 'ask' }>;

const reasons = {
  lines: 'The program did not ask for pasted text as a whole: each line may run as soon as it arrives.',
  controls: 'It has control characters.',
  long: 'It is long.',
} as const;

export function PasteQuestion({
  paste,
  target,
  onPaste,
  onCancel,
}: {
  readonly paste: Paste;
  readonly target: string;
  readonly onPaste: (text: string) => void;
  readonly onCancel: () => void;
}) {
  const hasControls = paste.why.includes('controls');
  return (
    <Dialog
      title={`Paste ${paste.lines === 1 ? 'this' : `${paste.lines} lines`} into ${target}?`}
      width={560}
      onClose={onCancel}
    >
      <div className="flex flex-col gap-3 px-5 py-4">
        {paste.why.map((why) => (
          <p key={why} className="text-soft">
            {reasons[why]}
          </p>
        ))}
        <pre className="max-h-60 overflow-auto rounded-control border border-line bg-term p-2.5 font-mono text-[12.5px] leading-5">
          {visible(paste.text)}
        </pre>
      </div>
      <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">
        <Button kind="quiet" size={32} className="me-auto" autoFocus onClick={onCancel}>
          Cancel
        </Button>
        {paste.lines > 1 ? (
          <Button size={32} onClick={() => onPaste(asOneLine(paste.text))}>
            Paste as one line
          </Button>
        ) : null}
        {hasControls ? (
          <Button size={32} onClick={() => onPaste(withoutControls(paste.text))}>
            Strip control characters
          </Button>
        ) : null}
        <Button size={32} onClick={() => onPaste(paste.text)}>
          Paste
        </Button>
      </footer>
    </Dialog>
  );
}
