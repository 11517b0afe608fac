// One line per member of the shell contract: what a window asks of the app around it.
import type { ShellContract } from '#shared/contract/shell-contract.ts';
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { WindowView } from '#shared/domain/window.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Client } from '#shared/rpc/connect.ts';
import type { FeedSink, Handlers } from '#shared/rpc/handlers.ts';
import type { AppWindow } from './app-window.ts';
import type { Windows } from './windows.ts';

export interface ShellParts {
  readonly windows: Windows;
  readonly client: Client<AtheneContract>;
  /** Opens an http or https address in the person's browser. */
  openLink(url: string): Promise<Result<null, Problem<'link-refused'>>>;
  /** Shows the folder of a worktree in the file manager. */
  reveal(worktree: string): Promise<Result<null, Problem<'worktree-missing'>>>;
  /** Null when the person closed the dialog. */
  chooseFolder(window: AppWindow): Promise<string | null>;
  popUpMenu(window: AppWindow, x: number, y: number): void;
}

/** The context of a call is the window whose page made it. */
export function createShellHandlers(parts: ShellParts): Handlers<ShellContract, AppWindow> {
  const { windows, client } = parts;
  const done = ok(null);
  return {
    calls: {
      'window.self': async (_input, { context }) =>
        ok({ window: context.view, layout: context.kept.layout, restored: context.takeRestored() }),
      'window.setLayout': async (layout, { context }) => {
        context.setLayout(layout);
        return done;
      },
      'window.setShown': async ({ session }, { context }) => {
        context.setShown(session);
        return done;
      },
      'window.open': async () => {
        windows.open();
        return done;
      },
      'window.popOut': async ({ session }) => {
        const found = await client.call('session.get', { id: session });
        if (!found.ok) return fail(unknownSession(found.problem.what));
        windows.popOut(session);
        return done;
      },
      'window.bringBack': async ({ session }) => {
        windows.bringBack(session);
        return done;
      },
      'window.runInMain': async ({ command }) => {
        windows.runInMain(command);
        return done;
      },
      'window.setAlwaysOnTop': async ({ on }, { context }) => {
        context.setAlwaysOnTop(on);
        return done;
      },
      'window.showMenu': async ({ x, y }, { context }) => {
        parts.popUpMenu(context, x, y);
        return done;
      },
      'link.open': ({ url }) => parts.openLink(url),
      'worktree.reveal': async ({ session }) => {
        const found = await client.call('session.get', { id: session });
        if (!found.ok) return fail(unknownSession(found.problem.what));
        const { worktree } = found.value;
        return worktree === null ? fail(noWorktree) : parts.reveal(worktree);
      },
      'folder.choose': async (_input, { context }) => ok({ path: await parts.chooseFolder(context) }),
    },
    feeds: {
      windows: (_key, _after, sink) => tellWindows(windows, sink),
      choices: (_key, after, sink, { context }) => context.choices.subscribe(after, sink),
    },
    bytes: {},
  };
}

const unknownSession = (what: string): Problem<'session-unknown'> => ({ code: 'session-unknown', what });

const noWorktree: Problem<'worktree-missing'> = {
  code: 'worktree-missing',
  what: 'This session has no worktree any more.',
};

/** There are few: each change tells all of them. */
function tellWindows(windows: Windows, sink: FeedSink<WindowView>): () => void {
  let seq = 0;
  let told = '';
  const tell = (): void => {
    const text = JSON.stringify(windows.views);
    if (text === told) return;
    told = text;
    sink.snapshot([...windows.views], (seq += 1));
  };
  tell();
  return windows.onChange(tell);
}
