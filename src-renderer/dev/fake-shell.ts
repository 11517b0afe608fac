// A desktop app made of values, for one page: its windows are only told of, and what it is asked is written down.
import type { Choice, ShellContract } from '#shared/contract/shell-contract.ts';
import type { WindowLayout, WindowView } from '#shared/domain/window.ts';
import { ok } from '#shared/lib/result.ts';
import type { Handlers } from '#shared/rpc/handlers.ts';
import { uuidv7 } from '../lib/uuid.ts';
import { collection } from './collection.ts';

export interface FakeShellOptions {
  /** The session whose own window the page is in; null for a main window. */
  readonly session: string | null;
  /** Sessions that have a window of their own elsewhere. */
  readonly popped?: readonly string[];
  readonly layout?: WindowLayout | null;
  readonly restored?: boolean;
  /** What its dialog answers. */
  readonly folder?: string | null;
}

export function fakeShell({ session, popped = [], layout = null, restored = false, folder = null }: FakeShellOptions) {
  const id = uuidv7();
  const self = (alwaysOnTop: boolean): WindowView =>
    session === null ? { id, kind: 'main', alwaysOnTop } : { id, kind: 'session', alwaysOnTop, session };
  const windows = collection<WindowView>(
    (window) => window.id,
    [self(false), ...popped.map((of) => popOut(of)), ...(session === null ? [] : [mainWindow()])],
  );
  const choices = collection<Choice>((choice) => choice.id, []);
  /** Calls in their order, each with what it was given. */
  const asked: { readonly name: string; readonly input: unknown }[] = [];
  const note = (name: string) => async (input: unknown) => {
    asked.push({ name, input });
    return ok(null);
  };
  const ownOf = (wanted: string) =>
    windows.items().find((window) => window.kind === 'session' && window.session === wanted);

  const handlers: Handlers<ShellContract, null> = {
    calls: {
      'window.self': async () => ok({ window: windows.get(id) ?? self(false), layout, restored }),
      'window.setLayout': note('window.setLayout'),
      'window.setShown': note('window.setShown'),
      'window.open': note('window.open'),
      'window.popOut': async (input) => {
        if (ownOf(input.session) === undefined) windows.put(popOut(input.session));
        return await note('window.popOut')(input);
      },
      'window.bringBack': async (input) => {
        const own = ownOf(input.session);
        if (own !== undefined) windows.drop(own.id);
        return await note('window.bringBack')(input);
      },
      'window.runInMain': note('window.runInMain'),
      'window.setAlwaysOnTop': async (input) => {
        windows.put(self(input.on));
        return await note('window.setAlwaysOnTop')(input);
      },
      'window.showMenu': note('window.showMenu'),
      'link.open': note('link.open'),
      'worktree.reveal': note('worktree.reveal'),
      'folder.choose': async () => ok({ path: folder }),
    },
    feeds: { windows: windows.feed, choices: choices.feed },
    bytes: {},
  };
  return { handlers, asked, windows, choose: (choice: Choice) => choices.put(choice) };
}

const popOut = (session: string): WindowView => ({ id: uuidv7(), kind: 'session', alwaysOnTop: false, session });
const mainWindow = (): WindowView => ({ id: uuidv7(), kind: 'main', alwaysOnTop: false });
