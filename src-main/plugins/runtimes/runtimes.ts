// All runtimes of a home behind the port of one: each terminal goes to the one that its row names.
import type { RuntimeName } from '#shared/domain/session.ts';
import { ok } from '#shared/lib/result.ts';
import type { Runtime, Survey, SurveyedTerminal } from './runtime.ts';
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
    forget: (terminal, options) => of(terminal).forget(terminal, options),
    async running() {
      const [shown, inTmux] = await Promise.all([pty.running(), tmux.running()]);
      if (!shown.ok) return shown;
      if (!inTmux.ok) return inTmux;
      // What the pty host has of a session in tmux is its view; the agent is what runs in tmux.
      const agents = new Set(inTmux.value.map(({ terminal }) => terminal));
      return ok([...inTmux.value, ...shown.value.filter(({ terminal }) => !agents.has(terminal))]);
    },
    trace: (terminal) => pty.trace(terminal),
    origin: (terminal) => of(terminal).origin(terminal),
    list: () => pty.list(),
    survey: (terminals) => surveyBoth({ pty, tmux }, terminals),
    input: (terminal, bytes) => pty.input(terminal, bytes),
    screen: (terminal) => pty.screen(terminal),
    output: (terminal, lines) => pty.output(terminal, lines),
    attach: (terminal, options, listener) => pty.attach(terminal, options, listener),
    onStatus: (listener) => pty.onStatus(listener),
    close: () => pty.close(),
  };
}

/** The two are asked at once, so that one that hangs does not hold up the other. What lives in tmux is shown again where it has no view. */
async function surveyBoth(
  { pty, tmux }: Pick<Runtimes, 'pty' | 'tmux'>,
  terminals: readonly SurveyedTerminal[],
): Promise<Survey> {
  const [first, sessions] = await Promise.all([pty.survey(terminals), tmux.sessions()]);
  const opened = sessions.ok && first.unreachable === null ? await tmux.revive(sessions.value, first.statuses) : null;
  const seen = opened?.ok === true && opened.value ? await pty.survey(terminals) : first;
  const alive = new Map(sessions.ok ? sessions.value.map(({ terminal, pid }) => [terminal, pid]) : []);
  const inTmux = terminals.filter(({ terminal, runtime }) => runtime === 'tmux' && seen.probes.has(terminal));
  const probes = new Map(seen.probes);
  for (const { terminal } of inTmux) {
    const pid = alive.get(terminal);
    if (!sessions.ok) probes.set(terminal, { kind: 'unknown', why: sessions.problem.what });
    else if (pid !== undefined) probes.set(terminal, { kind: 'alive', pid });
  }
  return { ...seen, probes };
}
