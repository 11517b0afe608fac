// Who may do what, beside the person, who may do everything: one rule for every call of the contract.
//
// Does it not compile because your new call has no rule? Add its line to `rules`:
//   `everybody`          it only looks
//   `person(…)`          no agent may
//   `roles(…)`           agents may, with what stands to them as their column says; [] is never
//   `looking(…, rule)`   inputs for which the function is true only look; the rule holds for the others
//   `either(…)`          the same for two rules
// then run the test of this file with `-u`, which writes docs/rights.md, and read there what you have allowed.
import type { SessionKind } from '#shared/domain/lifecycle.ts';
import type { SpawnInput } from '#shared/domain/spawn.ts';
import { isOwnWorkspace } from '#shared/domain/workspace.ts';
import type { PlainRule, Relation, RoleRule, Rule, Target } from '#shared/domain/rights.ts';
import type { CallName, InputOf } from '#shared/rpc/define-contract.ts';
import type { AtheneContract } from './contract.ts';

/** What a command does around the calls. */
interface CommandActions {
  /** Types into a terminal by hand. */
  'session.attach': { readonly id: string };
  /** Opens the screen, where everybody counts as the person. */
  'screen.serve': Readonly<Record<string, never>>;
}

export type Action = CallName<AtheneContract> | keyof CommandActions;
export type InputOfAction<A extends Action> =
  A extends CallName<AtheneContract>
    ? InputOf<AtheneContract, A>
    : A extends keyof CommandActions
      ? CommandActions[A]
      : never;

type ARuleForEveryCall = { readonly [A in Action]: Rule<InputOfAction<A>> };

const everybody = { who: 'everybody' } as const;
const person = (does: string) => ({ who: 'person', does }) as const;
/** Something may be lost for good, or be wanted by somebody else. */
const destructive = (does: string) => ({ who: 'person', does, destructive: true }) as const;
const roles = <Input>(
  does: string,
  about: (input: Input) => Target,
  [worker, orchestrator, meta]: readonly [readonly Relation[], readonly Relation[], readonly Relation[]],
): RoleRule<Input> => ({
  ...{ who: 'roles', does, about },
  may: { worker, orchestrator, 'meta-orchestrator': meta } satisfies Record<SessionKind, readonly Relation[]>,
});
const either = <Input>(
  called: string,
  holds: (input: Input) => boolean,
  [inThatCase, otherwise]: readonly [PlainRule<NoInfer<Input>>, PlainRule<NoInfer<Input>>],
) => ({ who: 'cases', called, holds, inThatCase, otherwise }) as const;
const looking = <Input>(looks: (input: Input) => boolean, otherwise: PlainRule<NoInfer<Input>>) =>
  either('only looking', looks, [everybody, otherwise]);

const session = ({ id }: { readonly id: string }): Target => ({ kind: 'session', id });
const messageOf = (input: { readonly session: string }): Target => ({ kind: 'session', id: input.session });
const project = (input: { readonly project: string }): Target => ({ kind: 'project', id: input.project });
const nothing = (): Target => ({ kind: 'none' });

const spawning = either(
  'in place, or in a worktree that Athene did not make',
  ({ workspace }: SpawnInput) => workspace !== undefined && !isOwnWorkspace(workspace.kind),
  [
    person('start a session where a person works'),
    roles('start a session in', project, [[], ['its projects'], ['its projects']]),
  ],
);

export const rules: ARuleForEveryCall = {
  // What is there.
  'agent.list': everybody,
  'session.get': everybody,
  'session.explain': everybody,
  'coordinator.list': everybody,
  'settings.get': everybody,
  'system.info': everybody,
  'system.doctor': everybody,
  'session.removalPreview': everybody,
  'event.list': everybody,
  'session.resources': everybody,
  'rescue.list': everybody,
  'notifier.list': everybody,
  'config.explain': everybody,
  'config.read': everybody,
  'rescue.show': everybody,
  'reaction.list': everybody,
  'reaction.preview': everybody,

  //                                                                worker          orchestrator               meta-orchestrator
  'session.spawn': spawning,
  'session.enqueue': spawning,
  // A command can cancel only what its own process makes.
  'session.cancelSpawn': roles('cancel a spawn', nothing, [[], ['anything'], ['anything']]),
  'session.kill': roles('stop', session, [[], ['its workers'], ['its workers']]),
  'coordinator.start': either(
    'with the consent to act without asking',
    ({ allowPermissionless }) => allowPermissionless,
    [
      person('agree that coordinators act without asking'),
      roles('start the orchestrator of', project, [[], ['its projects'], ['its projects']]),
    ],
  ),
  'coordinator.startMeta': person('start a meta orchestrator'),
  'coordinator.relaunch': person('start a coordinator anew'),
  'coordinator.stop': person('stop a coordinator'),
  'coordinator.pause': person('pause the spawning of a coordinator'),
  'coordinator.addMeta': person('change meta orchestrators'),
  'coordinator.removeMeta': person('change meta orchestrators'),
  'session.freeze': roles('pause', session, [[], ['its workers'], ['its workers']]),
  'session.thaw': roles('continue', session, [[], ['its workers'], ['its workers']]),
  'session.freezeAll': person('pause all sessions'),
  'session.thawAll': person('continue all sessions'),
  'session.restore': roles('restore', session, [[], ['its workers'], ['its workers']]),
  'session.remove': either(
    'discarding what is too large to be put aside, or taking over from a process of which nobody can tell',
    ({ discardLarge, takeOver }) => discardLarge === true || takeOver === true,
    [
      destructive('discard files'),
      // Where nothing has to be rescued first: the handler refuses the rest.
      roles('remove', session, [[], ['its workers'], ['its workers']]),
    ],
  ),
  'session.send': either(
    'also while a question stands on the screen',
    ({ anyway }) => anyway,
    // Whoever leads may answer for a worker; nobody answers for whoever leads it but the person.
    [
      roles('answer for', session, [[], ['its workers'], ['its workers']]),
      roles('send to', session, [['its leader'], ['its workers'], ['its workers']]),
    ],
  ),
  // As a look into its terminal.
  'session.conversation': roles('read the conversation of', session, [['itself'], ['its workers'], ['its workers']]),
  'session.question': everybody,
  // What holds for longer than once, and trust in a directory, stays the person's: the handler refuses it.
  'session.answer': roles('answer for', session, [[], ['its workers'], ['its workers']]),
  'message.sendAgain': roles('send to', messageOf, [['its leader'], ['its workers'], ['its workers']]),
  'message.sendAnyway': roles('answer for', messageOf, [[], ['its workers'], ['its workers']]),
  'message.discard': roles('discard a message to', messageOf, [[], ['its workers'], ['its workers']]),
  'session.attach': roles('attach to', session, [[], ['its workers'], ['its workers']]),
  'session.claimPullRequest': roles('claim a pull request for', session, [
    ['itself'],
    ['its workers'],
    ['its workers'],
  ]),
  'issue.list': everybody,
  'issue.show': everybody,
  'issue.create': roles('make an issue in', project, [[], ['its projects'], ['its projects']]),
  'issue.setState': roles('close an issue of', project, [[], ['its projects'], ['its projects']]),
  'pullRequest.refresh': everybody,
  'pullRequest.merge': person('merge a pull request'),
  'pullRequest.close': person('close a pull request'),
  'pullRequest.markReady': person('mark a pull request as ready'),
  'pullRequest.updateBranch': person("update a pull request's branch"),
  'pullRequest.reply': person('reply in a pull request'),
  'pullRequest.resolve': person('resolve a thread of a pull request'),
  'session.deleteConversation': destructive('delete the conversation of an agent'),
  'session.remap': roles('find the conversation of', session, [[], ['its workers'], ['its workers']]),
  // Nobody speaks for another: what a report says is what its agent says.
  'session.report': roles('report for', session, [['itself'], ['itself'], ['itself']]),
  'session.rename': roles('rename', session, [['itself'], ['itself', 'its workers'], ['itself', 'its workers']]),

  // What is in sight is the person's affair.
  'session.pin': person('pin a session'),
  'session.archive': person('archive a session'),
  'session.snooze': person('snooze a session'),
  'session.read': person('mark a session as read'),
  'session.mute': person('mute a session'),
  // What agents are told by itself is not for them to ask for, or to keep from others.
  'reaction.run': person('have an agent told'),
  'reaction.dismiss': person('dismiss a reaction'),
  'reaction.check': looking(({ dryRun }) => dryRun, person('have agents told of reviews')),
  'notice.read': person('mark notices as read'),
  'notice.clear': person('clear notices'),
  'notifier.test': person('notify'),
  'notifier.route': person('change who is notified'),
  'session.run': roles("run the project's command in", session, [
    ['itself'],
    ['itself', 'its workers'],
    ['itself', 'its workers'],
  ]),
  'session.stopRun': roles("stop the project's command in", session, [
    ['itself'],
    ['itself', 'its workers'],
    ['itself', 'its workers'],
  ]),
  'session.openShell': person('open a shell in a session'),
  'session.closeTerminal': person('close a terminal'),

  'session.cleanup': looking(({ dryRun }) => dryRun, destructive('clean up')),
  'rescue.prune': looking(({ dryRun }) => dryRun, destructive('forget snapshots')),
  'rescue.restore': person('make a worktree of a snapshot'),
  'system.recover': looking(({ dryRun }) => dryRun, person('recover sessions')),
  'system.fsck': looking(({ repair }) => !repair, person('repair the home')),

  'project.add': person('add a project'),
  'project.addSandbox': person('add a project'),
  'project.trust': person('let agents trust worktrees'),
  'hooks.status': everybody,
  'hooks.install': person('install hooks'),
  'hooks.remove': destructive('remove hooks'),
  'project.configure': person('change a project'),
  'project.limit': person('change a project'),
  'project.saveReplies': person('change a project'),
  'config.set': person('change the configuration'),
  'project.acceptFile': person('accept what a repository asks for'),
  'project.remove': destructive('remove a project'),
  'session.dismissSpawn': destructive('forget a failed spawn'),
  'settings.set': person('change settings'),
  'plugin.list': everybody,
  'plugin.add': person('add plug-ins'),
  'plugin.remove': person('take plug-ins out'),
  'plugin.trust': person('agree that code of others runs with the rights of the person'),
  'draft.get': person('read what somebody has begun to write'),
  'draft.set': person('change what somebody has begun to write'),
  'system.import': person('import from another tool'),
  'screen.serve': person('open the screen'),
};
