// All commands, in the order in which the help shows them.
import type { Command } from './command.ts';

type Load = () => Promise<Command>;

interface Topic {
  readonly title: string;
  readonly commands: Readonly<Record<string, Load>>;
}

/** Each is loaded only when it is called: starting stays cheap. */
export const topics: readonly Topic[] = [
  {
    title: 'Sessions',
    commands: {
      spawn: async () => (await import('./spawn.ts')).spawn,
      'batch-spawn': async () => (await import('./batch-spawn.ts')).batchSpawn,
      status: async () => (await import('./status.ts')).status,
      session: async () => (await import('./session.ts')).session,
      send: async () => (await import('./send.ts')).send,
      questions: async () => (await import('./questions.ts')).questions,
      answer: async () => (await import('./answer.ts')).answer,
      explain: async () => (await import('./explain.ts')).explain,
      reactions: async () => (await import('./reactions.ts')).reactions,
      'review-check': async () => (await import('./review-check.ts')).reviewCheck,
      events: async () => (await import('./events.ts')).events,
      resources: async () => (await import('./resources.ts')).resources,
      spawns: async () => (await import('./spawns.ts')).spawns,
    },
  },
  {
    title: 'Agents that lead others',
    commands: {
      orchestrator: async () => (await import('./orchestrator.ts')).orchestrator,
      'meta-start': async () => (await import('./meta.ts')).metaStart,
      'meta-status': async () => (await import('./meta.ts')).metaStatus,
      meta: async () => (await import('./meta.ts')).meta,
    },
  },
  {
    title: 'For agents',
    commands: {
      report: async () => (await import('./report.ts')).report,
      acknowledge: async () => (await import('./report.ts')).acknowledge,
    },
  },
  {
    title: 'Projects and settings',
    commands: {
      project: async () => (await import('./project.ts')).project,
      config: async () => (await import('./config.ts')).config,
      agent: async () => (await import('./agent.ts')).agent,
      issue: async () => (await import('./issue.ts')).issue,
      hooks: async () => (await import('./hooks.ts')).hooks,
      plugin: async () => (await import('./plugin.ts')).plugin,
      notify: async () => (await import('./notify.ts')).notify,
      import: async () => (await import('./import.ts')).importCommand,
    },
  },
  {
    title: 'The screen',
    commands: {
      serve: async () => (await import('./serve.ts')).serve,
      open: async () => (await import('./open.ts')).open,
      dashboard: async () => ({ ...(await import('./open.ts')).open, name: 'dashboard', hidden: true }),
      demo: async () => (await import('./demo.ts')).demo,
    },
  },
  {
    title: 'Care',
    commands: {
      doctor: async () => (await import('./doctor.ts')).doctor,
      fsck: async () => (await import('./fsck.ts')).fsck,
      recover: async () => (await import('./recover.ts')).recover,
      rescue: async () => (await import('./rescue.ts')).rescue,
      completion: async () => (await import('./completion.ts')).completion,
      complete: async () => (await import('./complete.ts')).complete,
      version: async () => (await import('./version.ts')).version,
    },
  },
];

/** Null when there is no such command. */
export async function loadCommand(name: string): Promise<Command | null> {
  const topic = topics.find(({ commands }) => Object.hasOwn(commands, name));
  return (await topic?.commands[name]?.()) ?? null;
}
