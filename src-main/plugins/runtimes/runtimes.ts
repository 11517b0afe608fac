// All runtimes of a home behind the port of one: each terminal goes to the one that its row names.
import type { RuntimeName } from '#shared/domain/session.ts';
import type { Runtime } from './runtime.ts';
import type { TmuxRuntime } from './tmux/tmux-runtime.ts';

export interface Runtimes {
  readonly pty: Runtime;
  readonly tmux: TmuxRuntime;
  /** Of a terminal nobody has a row of, the pty host's. */
  readonly nameOf: (terminal: string) => RuntimeName;
}

export function joinRuntimes({ pty, tmux, nameOf }: Runtimes): Runtime {
  const of = (terminal: string) => (nameOf(terminal) === 'tmux' ? tmux : pty);
  return {
    name: pty.name,
    create: (spec) => of(spec.terminal).create(spec),
    kill: (terminal) => of(terminal).kill(terminal),
    probe: (terminal) => of(terminal).probe(terminal),
    forget: (terminal) => of(terminal).forget(terminal),
    async list() {
      const listed = await pty.list();
      if (!listed.ok) return listed;
      const revived = await tmux.revive(listed.value);
      if (!revived.ok) return revived;
      return revived.value ? pty.list() : listed;
    },
    input: (terminal, bytes) => pty.input(terminal, bytes),
    screen: (terminal) => pty.screen(terminal),
    output: (terminal, lines) => pty.output(terminal, lines),
    attach: (terminal, options, listener) => pty.attach(terminal, options, listener),
    onStatus: (listener) => pty.onStatus(listener),
    close: () => pty.close(),
  };
}
