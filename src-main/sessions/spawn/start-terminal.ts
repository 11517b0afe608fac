// The agent's process, in a terminal of the runtime.
import { z } from 'zod';
import { fail, ok } from '#shared/lib/result.ts';
import { deleteTerminal, insertTerminal, updateTerminal } from '../../storage/terminals.ts';
import { deleteToken } from '../../storage/tokens.ts';
import { agentEnvironment } from '../launch/agent-environment.ts';
import { storeToken, tokenFor } from '../launch/agent-token.ts';
import { need, type SpawnStep } from './spawn-step.ts';
import { launchTask } from './write-files.ts';

const intentSchema = z.object({ terminal: z.string() });
/** Until a viewer says how large it is. */
const firstSize = { cols: 110, rows: 34 };

export const startTerminal: SpawnStep = {
  name: 'start-terminal',
  async intend(spawn) {
    const terminal = spawn.dependencies.newId();
    spawn.record = { ...need(spawn.record, 'record'), terminal };
    spawn.token = tokenFor(need(spawn.agent, 'agent').definition);
    return ok({ terminal } satisfies z.infer<typeof intentSchema>);
  },
  store(tx, { record, token }) {
    const { id: session, terminal, runtime } = need(record, 'record');
    const row = { session, role: 'agent', runtime, state: 'starting' } as const;
    insertTerminal(tx, { ...row, id: need(terminal, 'terminal'), size: firstSize });
    storeToken(tx, session, token);
  },
  async run(spawn) {
    const { id: session, terminal, workspace } = need(spawn.record, 'record');
    const launch = need(spawn.launch, 'launch');
    const started = await spawn.dependencies.runtime.create({
      terminal: need(terminal, 'terminal'),
      session,
      argv: launch.argv,
      cwd: need(workspace, 'workspace').path,
      env: agentEnvironment(launchTask(spawn), launch, spawn.token),
      size: firstSize,
    });
    return started.ok ? ok(null) : fail({ ...started.problem, code: 'terminal-failed' });
  },
  async undo({ store, runtime }, session, intended) {
    const { terminal } = intentSchema.parse(intended);
    const killed = await runtime.kill(terminal);
    if (!killed.ok && killed.problem.code !== 'terminal-unknown') return killed;
    if (killed.ok && killed.value.survivors.length > 0) return fail(survived(killed.value.survivors));
    const forgotten = await runtime.forget(terminal);
    if (!forgotten.ok && forgotten.problem.code !== 'terminal-unknown') return forgotten;
    await store.write('spawn: undo terminal', (tx) => {
      deleteTerminal(tx, terminal);
      deleteToken(tx, session);
    });
    return ok(null);
  },
};

const survived = (pids: readonly number[]) => ({
  code: 'processes-left' as const,
  what: `Processes of the agent could not be ended: ${pids.join(', ')}.`,
  todo: 'End them by hand, or stop the session again.',
});

/** Marks the row as alive; part of the spawn's last transaction. */
export const markAlive: (tx: Parameters<typeof updateTerminal>[0], terminal: string) => void = (tx, terminal) =>
  void updateTerminal(tx, terminal, { state: 'alive' });
