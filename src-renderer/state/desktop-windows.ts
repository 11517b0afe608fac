// The desktop app's windows, as it tells them.
import type { Choice } from '#shared/contract/shell-contract.ts';
import type { WindowView } from '#shared/domain/window.ts';
import type { Result } from '#shared/lib/result.ts';
import type { WireProblem } from '#shared/rpc/protocol.ts';
import type { ShellClient } from '../connection/shell-client.ts';
import { createStore } from '../lib/store.ts';
import { mirrorFeed } from './feed-mirror.ts';
import type { Windows } from './windows.ts';

/** @param tell says what failed. */
export function desktopWindows({
  shell,
  self: first,
  tell,
  page = window,
}: {
  readonly shell: ShellClient;
  readonly self: WindowView;
  readonly tell: (text: string) => void;
  readonly page?: Pick<Window, 'close'>;
}): Windows {
  const self = createStore(first);
  const all = createStore<readonly WindowView[]>([first]);
  const windows = mirrorFeed<WindowView>({
    idOf: ({ id }) => id,
    order: (a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)),
    onEnd: () => undefined,
  });
  shell.follow('windows', {}, windows.listener, windows.after);
  windows.items.subscribe(() => {
    const known = windows.items.get() ?? [];
    all.set(known);
    self.update((before) => known.find(({ id }) => id === before.id) ?? before);
  });
  const report = (answer: Promise<Result<unknown, WireProblem>>): void =>
    void answer.then((answered) => (answered.ok ? undefined : tell(answered.problem.what)));
  return {
    self,
    all,
    neverOnTop: null,
    open: () => report(shell.call('window.open', {})),
    close() {
      page.close();
      return true;
    },
    popOut: (session) => report(shell.call('window.popOut', { session })),
    bringBack: (session) => report(shell.call('window.bringBack', { session })),
    runInMain: (command) => report(shell.call('window.runInMain', { command })),
    setAlwaysOnTop: (on) => report(shell.call('window.setAlwaysOnTop', { on })),
    onChoice: (listener) => followChoices(shell, listener),
  };
}

/** Each choice is done once, also when a new connection tells it again. */
function followChoices(shell: ShellClient, listener: (choice: Choice) => void): () => void {
  const done = new Set<string>();
  let seq: number | undefined;
  const once = (choice: Choice): void => {
    if (done.has(choice.id)) return;
    done.add(choice.id);
    listener(choice);
  };
  return shell.follow(
    'choices',
    {},
    {
      onSnapshot(items, number) {
        seq = number;
        for (const item of items) once(item);
      },
      onChange(change, number) {
        seq = number;
        if (change.kind === 'upsert') once(change.item);
      },
      onEnd: () => undefined,
    },
    () => seq,
  );
}
