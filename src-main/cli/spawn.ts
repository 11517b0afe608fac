import { resolve } from 'node:path';
import { readVariable } from '#shared/domain/environment.ts';
import { usualStart, type Start } from '#shared/domain/project.ts';
import type { RuntimeName } from '#shared/domain/session.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import { warningOf, type WorkspaceChoice } from '#shared/domain/workspace.ts';
import type { Host } from '../host/host.ts';
import { chooseTarget } from './choose-project.ts';
import { defineCommand, usageError, type Given, type Options } from './command.ts';
import { addressFor } from './open.ts';
import { openBrowser } from './open-browser.ts';
import { ask, withHost } from './open-local-host.ts';
import { isOver } from './over.ts';
import { projectHere } from './project-here.ts';
import { runningServer, viewOf } from './running-server.ts';
import { claimFor, printClaim, readClaim } from './session-claim-pr.ts';
import { spawnOrCancel, type Made } from './spawn-or-cancel.ts';
import { jsonLine, plain } from './table.ts';
import { textOf } from './text-of.ts';
import { unfollowedLines } from './unfollowed.ts';

const runtimeNames = ['pty', 'tmux'] as const satisfies readonly RuntimeName[];

/** What a batch takes as well. */
export const startOptions = {
  agent: { short: 'a', value: 'A', takes: 'agent', says: "this agent (the project's, else claude-code)" },
  model: { value: 'M', says: 'as its agent calls it' },
  permissionless: { says: 'its agent does not ask before it acts' },
  runtime: { value: 'R', takes: runtimeNames, says: 'where its terminal runs: pty, tmux' },
  'no-set-up': { says: "without the project's copies, links and set-up commands" },
} as const satisfies Options;

export const spawn = defineCommand({
  name: 'spawn',
  summary: 'starts an agent in a new git worktree',
  usage: ['[ISSUE]', 'PROJECT [ISSUE]'],
  words: [
    { name: 'ISSUE|PROJECT', optional: true, takes: 'project' },
    { name: 'ISSUE', optional: true },
  ],
  options: {
    project: { short: 'p', value: 'P', takes: 'project', says: 'for this project' },
    ...startOptions,
    prompt: { value: 'TEXT', says: 'what it is to do; may have several lines' },
    'prompt-file': { value: 'FILE', takes: 'file', says: 'the same from a file; - is what is piped in' },
    command: { value: 'LINE', says: 'the command line of the agent `custom`' },
    name: { value: 'N', says: 'its name on the screen' },
    branch: { value: 'B', says: 'the name of its branch' },
    base: { value: 'REF', says: 'from what it branches off' },
    workspace: { value: 'W', takes: ['worktree', 'clone', 'in-place'], says: 'worktree, clone, or in-place' },
    worktree: { value: 'PATH', takes: 'directory', says: 'in a worktree that is there' },
    alongside: { says: 'in a checkout where another session works already' },
    'claim-pr': { value: 'PR', says: "makes an open pull request the session's own" },
    'assign-on-github': { says: 'with --claim-pr: assigns it to you there' },
    'no-wait': { says: 'when as many agents run as may, prints only its place in line' },
    open: { says: 'shows it in a browser, where a server runs' },
    json: { says: 'the session, or its place in line' },
  },
  notes: `ISSUE may be a number, a key, an address, or PROJECT/ISSUE. A word alone that is a project's id is that project.
Where no project is named: the one of ISSUE, the only one, ATHENE_PROJECT_ID, or that of this directory or of the repository whose worktree it is.
An issue that another session has is refused: SPAWN REFUSED: <id> already owns <issue> (owner=..., status=...).
When as many agents run as may, it waits in line; an app or server of Athene starts what was left there when its turn comes.
The last line is SESSION=<id>, or QUEUED=<request>.`,
  async run({ values, words }) {
    const claim = readClaim(values);
    if (claim !== null && values['no-wait'] === true) throw usageError('--claim-pr needs the session, so it waits.');
    const prompt = await promptOf(values);
    return withHost(async (host) => {
      const target = await chooseTarget(host.projects(), {
        ...{ project: values.project ?? null, words: words.filter((word) => word !== undefined) },
        variable: readVariable(process.env, 'PROJECT_ID'),
        here: () => projectHere(host, process.cwd()),
      });
      const workspace = readWorkspace(values, startOf(host, target.project).workspace);
      warn(host, target.project, workspace);
      const wanted = {
        ...wantedStart(values, startOf(host, target.project)),
        ...{ project: target.project, issue: target.issue, prompt, workspace },
        ...{ command: values.command ?? null, name: values.name ?? null },
        ...{ branch: values.branch ?? null, base: values.base ?? null },
      };
      const made = await spawnOrCancel(host, wanted, { waits: values['no-wait'] !== true });
      if (made.kind === 'in-line') return printPlace(made, values.json === true);
      const { session } = made;
      if (target.issue === null && values.json !== true) printPeers(host, target.project, session);
      // Its outcome comes after what the person must know in any case: which session there is now.
      const claimed = claim === null ? null : await claimFor(host, session, claim);
      if (claimed?.ok === true && values.json !== true) printClaim(claimed.value);
      await print(host, session, values.json === true);
      if (claimed?.ok === false) throw claimed.problem;
      if (values.open === true) await show(host, session);
      return 0;
    });
  },
});

type StartValues = Given<typeof startOptions, []>['values'];

export const startOf = (host: Host, project: string): Start =>
  host.projects().find(({ id }) => id === project)?.start ?? usualStart;

/** As asked for, else as the project has it. */
export const wantedStart = (values: StartValues, start: Start) => ({
  agent: values.agent ?? start.agent ?? 'claude-code',
  // A model is one of the agent that the project names.
  model: values.model ?? (values.agent === undefined || values.agent === start.agent ? start.model : null),
  permissions: values.permissionless === true ? ('permissionless' as const) : start.permissions,
  runtime: values.runtime === undefined ? start.runtime : readRuntime(values.runtime),
  setUp: values['no-set-up'] !== true,
});

async function promptOf(values: {
  readonly prompt?: string | undefined;
  readonly 'prompt-file'?: string | undefined;
}): Promise<string | null> {
  const file = values['prompt-file'];
  if (file === undefined) return values.prompt ?? null;
  if (values.prompt !== undefined) throw usageError('Either --prompt or --prompt-file, not both.');
  return textOf(file, 'Nothing was created.');
}

/** Work without an issue is never refused; who else is at it may be worth knowing. */
function printPeers(host: Host, project: string, own: string): void {
  const peers = host
    .listSessions()
    .filter((each) => each.id !== own && each.project === project && each.kind === 'worker' && !isOver(each));
  if (peers.length > 0) {
    process.stdout.write(`also running in ${project}: ${peers.map(({ id }) => id).join(', ')}\n`);
  }
}

/** The session is there whether it can be shown or not. */
async function show(host: Host, session: string): Promise<void> {
  if (await openBrowser(await addressFor(host, session))) return;
  process.stderr.write('There is no browser to show it in.\n');
}

function readRuntime(name: string): RuntimeName {
  const known = runtimeNames.find((each) => each === name);
  if (known !== undefined) return known;
  throw usageError(`There is no runtime ${JSON.stringify(name)}.`);
}

function readWorkspace(
  {
    workspace,
    worktree,
    alongside = false,
  }: {
    readonly workspace?: string | undefined;
    readonly worktree?: string | undefined;
    readonly alongside?: boolean | undefined;
  },
  usual: Start['workspace'],
): WorkspaceChoice {
  if (worktree !== undefined && workspace === undefined) return { kind: 'adopted', path: resolve(worktree) };
  if (worktree === undefined && workspace === 'in-place') return { kind: 'in-place', alongside };
  if (worktree === undefined && (workspace ?? usual) === 'worktree') return { kind: 'worktree' };
  if (worktree === undefined && (workspace ?? usual) === 'clone') return { kind: 'clone' };
  const what =
    worktree === undefined
      ? `There is no workspace ${JSON.stringify(workspace)}.`
      : 'Either --workspace or --worktree, not both.';
  throw usageError(what);
}

function warn(host: Host, project: string, choice: WorkspaceChoice): void {
  const own = host.projects().find(({ id }) => id === project)?.path ?? '';
  const warning = warningOf(choice.kind, choice.kind === 'adopted' ? choice.path : own);
  if (warning !== null) process.stderr.write(`${plain(warning)}\n`);
}

function printPlace({ request, place }: Extract<Made, { kind: 'in-line' }>, json: boolean): number {
  if (json) process.stdout.write(jsonLine({ session: null, request, place }));
  else process.stdout.write(`${ordinal(place)} in line.\nQUEUED=${request}\n`);
  return 0;
}

async function print(host: Host, id: string, json: boolean): Promise<void> {
  const session = await ask(host, 'session.get', { id });
  if (json) {
    process.stdout.write(jsonLine(session));
    return;
  }
  process.stdout.write(`${id} works on branch ${plain(session.branch ?? '?')} in ${plain(session.worktree ?? '?')}\n`);
  if (session.promptDelivery === 'failed') {
    process.stderr.write(`The prompt was not delivered; it is kept. Send it again: athene send ${id} TEXT\n`);
  }
  if (session.issueTitle !== null)
    process.stdout.write(`Issue ${plain(session.issue ?? '')}: ${plain(session.issueTitle)}\n`);
  if (session.issueNote !== null)
    process.stdout.write(`Issue ${plain(session.issue ?? '')}: ${plain(session.issueNote)}\n`);
  const server = runningServer(host);
  if (server !== null) process.stdout.write(`See it: ${viewOf(server, id)}\n`);
  process.stdout.write(unfollowedLines(host));
  process.stdout.write(`SESSION=${id}\n`);
}
