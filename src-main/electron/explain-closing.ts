// Told once: what goes on when the last window is closed.
import { Notification } from 'electron';
import type { Ask } from './ask.ts';

const words = {
  title: 'Athene goes on',
  body: 'Your agents keep running. Open Athene again from the tray or by starting it; Quit is in the tray’s menu.',
} as const;

export function explainClosing({ ask, open }: { readonly ask: Ask; readonly open: () => void }): void {
  if (!Notification.isSupported()) {
    void ask({ kind: 'info', message: words.title, detail: words.body, answers: { fine: 'OK' }, cancel: 'fine' });
    return;
  }
  const notification = new Notification({ ...words, silent: true });
  notification.on('click', open);
  notification.show();
}
