// What a person chose for this window outside of it: in the menu, the tray, a notification or another window.
import type { Choice } from '#shared/contract/shell-contract.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { Surroundings } from '../app-context.tsx';
import { run } from './key-router.ts';

export function choose(choice: Choice, surroundings: Surroundings): void {
  const { view } = surroundings.app;
  switch (choice.kind) {
    case 'command':
      run(choice.command, surroundings);
      return;
    case 'show':
      // It may come while an overlay is open; what a person asks for last is what they want to see.
      view.update((now) => ({ ...now, dialog: null }));
      view.go({ kind: 'session', id: choice.session }, { focus: true });
      return;
    case 'tell':
      view.toast(choice.text);
      return;
    default:
      assertNever(choice);
  }
}
