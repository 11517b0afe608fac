// One line per member of the contract: what it asks for, and who does it.
import { addToConfig, removeFromConfig, trust } from './plugin-desk.ts';
import type { AtheneContract } from '#shared/contract/contract.ts';
import { doerOf, type Caller } from '#shared/domain/caller.ts';
import type { SettingsChange } from '#shared/domain/settings.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { Handlers } from '#shared/rpc/handlers.ts';
import { checkHome } from '../care/check-home.ts';
import { hooksStatus, installHooks, removeHooks } from '../hooks/hooks-status.ts';
import { recoverOnce } from '../recovery/recover-once.ts';
import { importForeign } from '../import/import-foreign.ts';
import { cleanUp } from '../sessions/cleanup.ts';
import { actOnPullRequest, refreshPullRequest } from '../sessions/pull-request/act-on-pull-request.ts';
import { actOnThread } from '../sessions/pull-request/act-on-thread.ts';
import { claimPullRequest } from '../sessions/pull-request/claim-pull-request.ts';
import type { Deliveries } from '../sessions/send/deliveries.ts';
import { freezeAll, thawAll, type DoneToAll } from '../sessions/freeze/all-sessions.ts';
import { freezeSession } from '../sessions/freeze/freeze-session.ts';
import { thawSession } from '../sessions/freeze/thaw-session.ts';
import type { Coordinators } from '../sessions/coordinators/coordinators.ts';
import { pauseCoordinator, stopCoordinator } from '../sessions/coordinators/stop-coordinator.ts';
import { killSession } from '../sessions/kill.ts';
import { previewRemoval } from '../sessions/preview-removal.ts';
import { deleteConversation } from '../sessions/delete-conversation.ts';
import { remapSession } from '../sessions/remap.ts';
import { markSession, muteSession, snoozeSession } from '../sessions/mark.ts';
import { notifierSettings, testNotifier } from '../notices/notifier-desk.ts';
import { markNotices } from '../storage/notices.ts';
import { removeSession } from '../sessions/remove.ts';
import { answerQuestion } from '../sessions/questions/answer-question.ts';
import { currentQuestion } from '../sessions/questions/current-question.ts';
import { renameSession } from '../sessions/rename.ts';
import { closeShell, openShell, runProject, stopRun } from '../sessions/shells.ts';
import { sendMessage } from '../sessions/send/send-message.ts';
import { discardMessage, sendAgain, sendAnyway } from '../sessions/send/settle-message.ts';
import { unknownSession } from '../sessions/session-record.ts';
import { getDraft, setDraft } from '../storage/drafts.ts';
import { getSession } from '../storage/sessions.ts';
import { openLane } from '../terminals/open-lane.ts';
import { listCoordinators } from './coordinator-list.ts';
import { addMeta, removeMeta } from './edit-metas.ts';
import { conversationPage } from './conversation-page.ts';
import { eventPage } from './event-page.ts';
import { readUsage } from '../resources/read-usage.ts';
import type { Feeds } from './feeds.ts';
import type { HostParts } from './host.ts';
import { guarded } from './store-problems.ts';
import { explainConfig } from './explain-config.ts';
import { explainSession } from './explain-session.ts';
import { findSessionView } from './session-views.ts';
import { takeReport } from './take-report.ts';
import { systemView } from './system-view.ts';
import { issueHandlers } from './issue-handlers.ts';
import { reactionHandlers } from './reaction-handlers.ts';
import type { RunningSpawns } from './running-spawns.ts';

/** What is under way in this process. */
interface Working {
  readonly spawns: RunningSpawns;
  readonly deliveries: Deliveries;
  readonly coordinators: Coordinators;
}

export function createHandlers(
  parts: HostParts,
  feeds: Feeds,
  { spawns, deliveries, coordinators }: Working,
): Handlers<AtheneContract, Caller> {
  const { sessions, configuration, watch } = parts;
  const { store } = sessions;
  return {
    calls: {
      ...reactionHandlers(parts, deliveries),
      ...issueHandlers(parts),
      'project.add': ({ path, id, trustWorktrees }) => configuration.addProject(path, id, { trustWorktrees }),
      'project.trust': (input) => guarded(() => setTrust(parts, input)),
      'plugin.list': async () => ok([...parts.plugins.registry.views()]),
      'plugin.add': (input) => addToConfig(parts.plugins, input),
      'plugin.remove': ({ id }) => removeFromConfig(parts.plugins, id),
      'plugin.trust': (input) => trust(parts.plugins, input),
      'hooks.status': async () => hooksStatus(parts.hooks),
      'hooks.install': () => installHooks(parts.hooks),
      'hooks.remove': () => guarded(() => removeHooks(parts.hooks)),
      'project.addSandbox': () => configuration.addSandbox(),
      'project.remove': ({ id }) => configuration.removeProject(id),
      'project.configure': ({ id, work }) => configuration.configureProject(id, work),
      'project.limit': ({ id, maximalAgents }) => configuration.limitProject(id, maximalAgents),
      'project.saveReplies': ({ id, replies }) => configuration.saveReplies(id, replies),
      'config.explain': async ({ project }) => explainConfig(parts, project),
      'config.read': async ({ key }) => configuration.readValue(key),
      'config.set': ({ key, value }) => configuration.setValue(key, value),
      'project.acceptFile': ({ id, hash }) => configuration.acceptFile(id, hash),
      'agent.list': async ({ fresh }) => ok([...(await parts.agents(fresh))]),
      'session.spawn': (input, { context }) => spawns.start(input, context),
      'session.enqueue': (input, { context }) => spawns.enqueue(input, context),
      'session.cancelSpawn': ({ request }) => guarded(() => spawns.cancel(request)),
      'session.dismissSpawn': ({ request }) => spawns.dismiss(request),
      'session.kill': ({ id }, { context }) => guarded(() => endSession(parts, spawns, id, context)),
      'session.claimPullRequest': (input) => guarded(() => claimPullRequest(sessions, input)),
      'coordinator.start': (input, { context }) => guarded(() => coordinators.start(input, context)),
      'coordinator.startMeta': (input, { context }) => guarded(() => coordinators.startMeta(input, context)),
      'coordinator.relaunch': (input, { context }) => guarded(() => coordinators.relaunch(input, context)),
      'coordinator.stop': (input, { context }) =>
        guarded(() => stopCoordinator(sessions, input, (id) => endSession(parts, spawns, id, context))),
      'coordinator.pause': (input) => guarded(() => pauseCoordinator(sessions, input)),
      'coordinator.list': () => guarded(async () => ok(listCoordinators(parts))),
      'coordinator.addMeta': (input) => guarded(() => addMeta(parts, input)),
      'coordinator.removeMeta': ({ name }) => guarded(() => removeMeta(parts, name)),
      'pullRequest.refresh': ({ id }) => guarded(() => refreshPullRequest(sessions, id)),
      'pullRequest.merge': ({ id, method }) =>
        guarded(() => actOnPullRequest(sessions, id, { kind: 'merge', method: method ?? 'squash' })),
      'pullRequest.close': ({ id }) => guarded(() => actOnPullRequest(sessions, id, { kind: 'close' })),
      'pullRequest.markReady': ({ id }) => guarded(() => actOnPullRequest(sessions, id, { kind: 'mark-ready' })),
      'pullRequest.updateBranch': ({ id }) => guarded(() => actOnPullRequest(sessions, id, { kind: 'update-branch' })),
      'session.conversation': ({ id, beside }) => guarded(() => conversationPage(parts, id, beside)),
      'pullRequest.reply': ({ id, thread, text }) =>
        guarded(() => actOnThread(sessions, id, { thread, does: { kind: 'reply', text } })),
      'pullRequest.resolve': ({ id, thread, resolved }) =>
        guarded(() => actOnThread(sessions, id, { thread, does: { kind: 'resolve', resolved } })),
      'session.remap': (input) => guarded(() => remapSession(sessions, input)),
      'session.deleteConversation': ({ id }) => guarded(() => deleteConversation(sessions, id)),
      'session.explain': async ({ id }) => explainSession(parts, id),
      'session.report': (input, { context }) => guarded(() => takeReport(parts, input, context)),
      'session.restore': ({ id }, { context }) => guarded(() => spawns.restore(id, doerOf(context))),
      'session.pin': ({ id, on }) => guarded(() => markSession(sessions, { id, mark: 'pin', on })),
      'session.archive': ({ id, on }) => guarded(() => markSession(sessions, { id, mark: 'archive', on })),
      'session.snooze': (input) => guarded(() => snoozeSession(sessions, input)),
      'session.read': ({ id, on }) => guarded(() => markSession(sessions, { id, mark: 'read', on })),
      'session.mute': (input) => guarded(() => muteSession(sessions, input)),
      'notice.read': (input) => guarded(() => noteNotices(sessions, 'read', input)),
      'notice.clear': (input) => guarded(() => noteNotices(sessions, 'cleared', input)),
      'notifier.list': async () => ok(notifierSettings(parts.notices, await parts.notices.surroundings())),
      'notifier.test': ({ name }) => testNotifier(parts.notices, name),
      'notifier.route': ({ priority, notifiers }) => configuration.route(priority, notifiers),
      'session.run': ({ id }) => guarded(() => runProject(sessions, id)),
      'session.stopRun': ({ id }) => guarded(() => stopRun(sessions, id)),
      'session.openShell': ({ id }) => guarded(() => openShell(sessions, id)),
      'session.closeTerminal': (input) => guarded(() => closeShell(sessions, input)),
      'session.rename': (input) => guarded(() => renameSession(sessions, input)),
      'system.fsck': ({ repair }) =>
        guarded(async () => {
          const refresh = () => watch.refresh();
          return ok({ findings: [...(await checkHome(parts.care, { mend: repair, refresh }))] });
        }),
      'system.recover': (input) => guarded(() => recoverOnce(parts.recovering, input, parts.storage?.problem ?? null)),
      'session.cleanup': (input) => guarded(() => cleanUpIn(parts, input)),
      'rescue.list': async (input) => {
        const listed = await parts.rescues.list(input);
        return listed.ok ? ok([...listed.value]) : listed;
      },
      'rescue.show': (input) => parts.rescues.show(input),
      'rescue.restore': (input) => parts.rescues.restore(input),
      'rescue.prune': (input) => parts.rescues.prune(input),
      // What an agent removes must be safe without a rescue, which takes a person to look through.
      'session.remove': ({ id, discardLarge = false, tearDown = true, takeOver = false }, { context }) => {
        const how = { onlySaved: context.kind === 'session', discardLarge, tearDown, takeOver };
        return guarded(() => removeSession(sessions, id, how));
      },
      'session.removalPreview': ({ id }) => guarded(() => previewRemoval(sessions, id)),
      'session.send': (input, { context }) =>
        guarded(() =>
          afterLook(parts, () =>
            sendMessage(sessions, { ...input, restore: input.restore && mayRestore(context), from: senderOf(context) }),
          ),
        ),
      'session.question': ({ id }) => guarded(() => currentQuestion(sessions, id, parts.told)),
      'session.answer': (input, { context }) =>
        guarded(() => answerQuestion(sessions, { ...input, by: doerOf(context) }, parts.told)),
      'message.sendAgain': (input, { context }) =>
        guarded(() =>
          afterLook(parts, () =>
            sendAgain(sessions, { ...input, restore: mayRestore(context), from: senderOf(context) }),
          ),
        ),
      'message.sendAnyway': (input) =>
        guarded(async () => {
          const freed = await sendAnyway(sessions, input);
          deliveries.start(input.session);
          return freed;
        }),
      'message.discard': (input) => guarded(() => discardMessage(sessions, input)),
      'session.get': async ({ id }) => {
        const view = store.read((tx) => findSessionView(parts, tx, id));
        return view === null ? fail(unknownSession(id)) : ok(view);
      },
      'event.list': (input) => guarded(async () => ok(store.read((tx) => eventPage(tx, input)))),
      'session.freeze': ({ id }) => guarded(() => freezeIn(parts, id)),
      'session.thaw': ({ id }) => guarded(() => thawIn(parts, deliveries, id)),
      'session.freezeAll': () => guarded(async () => ok(listed(await freezeAll(sessions)))),
      'session.thawAll': () => guarded(async () => ok(listed(await thawAll(sessions)))),
      'session.resources': async ({ id }) => {
        if (id !== null && store.read((tx) => getSession(tx, id)) === null) return fail(unknownSession(id));
        return ok(await readUsage(parts.usage, id));
      },
      'settings.get': async () => configuration.settings(),
      'settings.set': (change) => guarded(() => setSettings(parts, change)),
      'draft.get': async () => ok({ text: store.read((tx) => getDraft(tx, 'spawn')) }),
      'draft.set': ({ text }) =>
        guarded(async () => {
          await store.write('draft', (tx) => setDraft(tx, 'spawn', text));
          return ok(null);
        }),
      'system.info': async () => ok(systemView(parts)),
      'system.import': (request) => guarded(() => importForeign(parts.imports, request)),
      'system.doctor': async () => ok([...(await parts.doctor())]),
    },
    feeds: {
      projects: (_key, after, sink) => feeds.projects.subscribe(after, sink),
      sessions: (_key, after, sink) => feeds.sessions.subscribe(after, sink),
      spawnProgress: (_key, after, sink) => feeds.spawns.subscribe(after, sink),
      settings: (_key, after, sink) => feeds.settings.subscribe(after, sink),
      system: (_key, after, sink) => feeds.system.subscribe(after, sink),
      usage: (_key, _after, sink) => feeds.usage(sink),
      lastEvent: ({ session }, after, sink) => feeds.lastEvent(session, after, sink),
      notices: (_key, after, sink) => feeds.notices.subscribe(after, sink),
      notifiers: (_key, after, sink) => feeds.notifiers.subscribe(after, sink),
      reactions: (_key, after, sink) => feeds.reactions.subscribe(after, sink),
      pullRequests: (_key, after, sink) => feeds.pullRequests.subscribe(after, sink),
    },
    bytes: {
      terminal: (key, lane) => openLane(sessions.runtime, key, lane),
    },
  };
}

/** What was agreed no more is taken back at once, also for sessions that run. */
async function setSettings({ configuration, sessions }: HostParts, change: SettingsChange) {
  const set = await configuration.setSettings(change);
  if (set.ok && change.agentExtensions === false) await sessions.hooks.withdrawExtensions();
  return set;
}

/** The same for the trust in worktrees of a project. */
async function setTrust(
  { configuration, sessions }: HostParts,
  { id, trust }: { readonly id: string; readonly trust: boolean },
) {
  const set = await configuration.trustWorktrees(id, trust);
  if (set.ok && !trust) await sessions.hooks.withdrawTrustOf(id);
  return set;
}

/** An agent that ended while nobody looked is known to have ended then. */
async function afterLook<T>({ watch }: HostParts, work: () => Promise<T>): Promise<T> {
  await watch.refresh();
  return work();
}

/** What waited for it is typed then. */
/** A worker may send to whoever leads it, and start nobody thereby. */
const mayRestore = (caller: Caller): boolean => caller.kind !== 'session' || caller.role !== 'worker';

async function noteNotices(
  { store }: HostParts['sessions'],
  mark: 'read' | 'cleared',
  { ids, on }: { readonly ids: readonly string[]; readonly on: boolean },
) {
  await store.write(`notices: ${mark}`, (tx) => markNotices(tx, ids, mark, on));
  return ok(null);
}
/** Null: a person. */
const senderOf = (caller: Caller): string | null => (caller.kind === 'session' ? caller.session : null);

async function cleanUpIn({ sessions, configuration, watch }: HostParts, input: Parameters<typeof cleanUp>[1]) {
  const known = input.project === null ? ok(null) : configuration.find(input.project);
  if (!known.ok) return known;
  await watch.refresh();
  return ok(await cleanUp(sessions, input));
}

async function freezeIn({ sessions }: HostParts, id: string) {
  const frozen = await freezeSession(sessions, id);
  return frozen.ok ? ok({ ...frozen.value, resisting: [...frozen.value.resisting] }) : frozen;
}

/** What waited for it is typed then. */
async function thawIn({ sessions }: HostParts, deliveries: Deliveries, id: string) {
  const thawed = await thawSession(sessions, id);
  if (thawed.ok) deliveries.start(id);
  return thawed.ok ? ok({ ...thawed.value, left: [...thawed.value.left] }) : thawed;
}

const listed = ({ sessions, failed }: DoneToAll) => ({ sessions: [...sessions], failed: [...failed] });

/** One that is still being made is cancelled, which leaves nothing of it. */
async function endSession(
  { sessions }: HostParts,
  spawns: RunningSpawns,
  id: string,
  caller: Caller,
): ReturnType<Handlers<AtheneContract, Caller>['calls']['session.kill']> {
  if (await spawns.cancelOf(id)) return ok({ alreadyEnded: false, survivors: [] });
  const killed = await killSession(sessions, id, doerOf(caller));
  return killed.ok ? ok({ ...killed.value, survivors: [...killed.value.survivors] }) : killed;
}
