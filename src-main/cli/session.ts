import { defineGroup } from './command.ts';
import { attachCommand, shell } from './session-attach.ts';
import { claimPullRequest } from './session-claim-pr.ts';
import { cleanup, kill, remove } from './session-end.ts';
import { freeze, thaw } from './session-freeze.ts';
import { markCommands } from './session-marks.ts';
import { mute, unmute } from './session-mute.ts';
import { output, runCommand, show } from './session-show.ts';
import { snooze, unsnooze } from './session-snooze.ts';
import { remap, rename, restore } from './session-restore.ts';
import { resources } from './resources.ts';
import { sessionList } from './status.ts';

export const session = defineGroup({
  name: 'session',
  summary: 'one session: to look at it, to steer it, to end it',
  commands: [
    sessionList,
    show,
    resources,
    output,
    attachCommand,
    runCommand,
    shell,
    kill,
    freeze,
    thaw,
    restore,
    rename,
    claimPullRequest,
    remap,
    ...markCommands,
    snooze,
    unsnooze,
    mute,
    unmute,
    cleanup,
    remove,
  ],
});
