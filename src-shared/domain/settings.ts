import { z } from 'zod';
import { timestampSchema } from './identifier.ts';
import { portBaseSchema, portCountSchema } from './ports.ts';
import { noQuietHours, quietHoursSchema } from './quiet-hours.ts';

/** How many agents may run at once. */
export const maximalAgentsSchema = z.int().min(1).max(1000);

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'dark', 'light']),
  /** CSS pixels. */
  terminalFontSize: z.int().min(8).max(32),
  /** Which changes of a session that nobody looks at are told by a notification of the system. */
  notifyWaiting: z.boolean(),
  notifyBroken: z.boolean(),
  notifyReady: z.boolean(),
  notifyFinished: z.boolean(),
  /** No notifications before this time; null when they are not muted. */
  mutedUntil: timestampSchema.nullable(),
  /** Hours in which nobody is notified, by whatever notifier. */
  quietHours: quietHoursSchema,
  /** New sessions are refused, whoever asks for one. */
  spawnsPaused: z.boolean(),
  /** Whoever is beyond it waits in line; null: no limit. */
  maximalAgents: maximalAgentsSchema.nullable(),
  /** The person agreed that agents which lead others act without asking; without that none is started. */
  permissionlessCoordinators: z.boolean(),
  /** Whoever leads is told when a person answers for one of its workers. */
  tellLeaders: z.boolean(),
  /** How many workers one coordinator may have alive, and how many sessions it may start in an hour. */
  coordinatorWorkers: z.int().min(1).max(1000),
  coordinatorSpawnsPerHour: z.int().min(1).max(10_000),
  /** Levels of sessions below an orchestrator, and below a meta orchestrator: 1 is workers alone. */
  orchestratorDepth: z.int().min(1).max(5),
  metaOrchestratorDepth: z.int().min(1).max(5),
  /** Seconds in which an answer that was given on a card can be taken back; 0: it is sent at once. */
  sendDelay: z.int().min(0).max(10),
  /** Agents are made to tell what happens in them; `athene hooks remove` switches it off. */
  agentHooks: z.boolean(),
  /** The person agreed that a directory of ours stands beside the extensions of an agent that takes hooks from nowhere else. */
  agentExtensions: z.boolean(),
  /** What quitting the desktop app does while agents run. */
  quitting: z.enum(['ask', 'keep', 'stop']),
  /** First port of the first session's block, and how many each session gets. */
  portBase: portBaseSchema,
  portsPerSession: portCountSchema,
});
export type Settings = z.infer<typeof settingsSchema>;

const changes = settingsSchema.shape;
/** Some of the settings; those that are not named stay. */
export const settingsChangeSchema = z.strictObject({
  theme: changes.theme.exactOptional(),
  terminalFontSize: changes.terminalFontSize.exactOptional(),
  notifyWaiting: changes.notifyWaiting.exactOptional(),
  notifyBroken: changes.notifyBroken.exactOptional(),
  notifyReady: changes.notifyReady.exactOptional(),
  notifyFinished: changes.notifyFinished.exactOptional(),
  mutedUntil: changes.mutedUntil.exactOptional(),
  quietHours: changes.quietHours.exactOptional(),
  spawnsPaused: changes.spawnsPaused.exactOptional(),
  maximalAgents: changes.maximalAgents.exactOptional(),
  permissionlessCoordinators: changes.permissionlessCoordinators.exactOptional(),
  tellLeaders: changes.tellLeaders.exactOptional(),
  coordinatorWorkers: changes.coordinatorWorkers.exactOptional(),
  coordinatorSpawnsPerHour: changes.coordinatorSpawnsPerHour.exactOptional(),
  orchestratorDepth: changes.orchestratorDepth.exactOptional(),
  metaOrchestratorDepth: changes.metaOrchestratorDepth.exactOptional(),
  sendDelay: changes.sendDelay.exactOptional(),
  agentHooks: changes.agentHooks.exactOptional(),
  agentExtensions: changes.agentExtensions.exactOptional(),
  quitting: changes.quitting.exactOptional(),
  portBase: changes.portBase.exactOptional(),
  portsPerSession: changes.portsPerSession.exactOptional(),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const defaultSettings: Settings = {
  theme: 'system',
  terminalFontSize: 13,
  notifyWaiting: true,
  notifyBroken: true,
  notifyReady: true,
  notifyFinished: true,
  mutedUntil: null,
  quietHours: noQuietHours,
  spawnsPaused: false,
  maximalAgents: null,
  permissionlessCoordinators: false,
  tellLeaders: true,
  coordinatorWorkers: 10,
  coordinatorSpawnsPerHour: 30,
  orchestratorDepth: 1,
  metaOrchestratorDepth: 2,
  sendDelay: 0,
  agentHooks: true,
  agentExtensions: false,
  quitting: 'ask',
  // Below those that systems give to outgoing connections, above the usual ones of servers.
  portBase: 21_000,
  portsPerSession: 10,
};
