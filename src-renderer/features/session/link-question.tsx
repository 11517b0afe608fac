import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useApp } from '../app-context.tsx';

/** Where a link really goes, before it is opened. */
export function LinkQuestion({
  address,
  about = "The terminal's output asks for this address",
  onClose,
}: {
  readonly address: string;
  /** Whose address it is, without a full stop. */
  readonly about?: string;
  readonly onClose: () => void;
}) {
  const { host, protocol } = new URL(address);
  const { desktop } = useApp();
  const open = () => {
    if (desktop === null) window.open(address, '_blank', 'noopener,noreferrer');
    else desktop.openLink(address);
    onClose();
  };
  return (
    <Dialog title={`Open ${host}?`} width={520} onClose={onClose}>
      <div className="flex flex-col gap-2 px-5 py-4">
        <p className="text-soft">
          {about}
          {protocol === 'http:' ? '; the connection would not be encrypted' : ''}.
        </p>
        <code className="max-h-40 overflow-auto rounded-control border border-line bg-term p-2.5 font-mono text-[12.5px] break-all">
          {address}
        </code>
      </div>
      <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">
        <Button kind="quiet" size={32} autoFocus onClick={onClose}>
          Cancel
        </Button>
        <Button size={32} onClick={open}>
          Open in the browser
        </Button>
      </footer>
    </Dialog>
  );
}
