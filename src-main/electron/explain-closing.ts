// Told once: what goes on when the last window is closed.
import { Notification } from 'electron';
import type { Scope } from '#shared/lib/scope.ts';
import type { Ask } from './ask.ts';

const words = {
  title: 'Athene goes on',
  body: 'Your agents keep running. Open Athene again from the tray or by starting it; Quit is in the tray’s menu.',
} as const;

export interface ExplainClosing {
  readonly ask: Ask;
  /** The person clicked on it. */
  readonly open: () => void;
  readonly scope: Scope;
}

export function explainClosing({ ask, open, scope }: ExplainClosing): void {
  const box = (): void =>
    void ask({ kind: 'info', message: words.title, detail: words.body, answers: { fine: 'OK' }, cancel: 'fine' });
  if (!Notification.isSupported()) return box();
  const notification = new Notification({ ...words, silent: true });
  notification.on('click', open);
  notification.on('failed', box);
  // Also keeps it from being collected, which would take its click away.
  scope.add(() => notification.close());
  notification.show();
}
