// All runtimes of a home behind the port of one: each terminal goes to the one that its row names.
import type { RuntimeName } from '#shared/domain/session.ts';
import { ok } from '#shared/lib/result.ts';
import type { Runtime } from './runtime.ts';
import type { TmuxRuntime } from './tmux/tmux-runtime.ts';

export interface Runtimes {
  readonly pty: Runtime;
  readonly tmux: TmuxRuntime;
  /** Null of a terminal nobody has a row of. */
  readonly nameOf: (terminal: string) => RuntimeName | null;
}

export function joinRuntimes({ pty, tmux, nameOf }: Runtimes): Runtime {
  const of = (terminal: string) => (nameOf(terminal) === 'tmux' ? tmux : pty);
  const runsInTmux = async (terminal: string): Promise<boolean> => {
    const running = await tmux.running();
    return running.ok && running.value.some((each) => each.terminal === terminal);
  };
  return {
    name: pty.name,
    create: (spec) => of(spec.terminal).create(spec),
    async kill(terminal) {
      const named = nameOf(terminal);
      return named === 'tmux' || (named === null && (await runsInTmux(terminal)))
        ? tmux.kill(terminal)
        : pty.kill(terminal);
    },
    probe: (terminal) => of(terminal).probe(terminal),
    forget: (terminal) => of(terminal).forget(terminal),
    async list() {
      const listed = await pty.list();
      if (!listed.ok) return listed;
      const revived = await tmux.revive(listed.value);
      if (!revived.ok) return revived;
      return revived.value ? pty.list() : listed;
    },
    async running() {
      const [shown, inTmux] = await Promise.all([pty.running(), tmux.running()]);
      if (!shown.ok) return shown;
      if (!inTmux.ok) return inTmux;
      // What the pty host has of a session in tmux is its view; the agent is what runs in tmux.
      const agents = new Set(inTmux.value.map(({ terminal }) => terminal));
      return ok([...inTmux.value, ...shown.value.filter(({ terminal }) => !agents.has(terminal))]);
    },
    trace: (terminal) => pty.trace(terminal),
    input: (terminal, bytes) => pty.input(terminal, bytes),
    screen: (terminal) => pty.screen(terminal),
    output: (terminal, lines) => pty.output(terminal, lines),
    attach: (terminal, options, listener) => pty.attach(terminal, options, listener),
    onStatus: (listener) => pty.onStatus(listener),
    close: () => pty.close(),
  };
}
