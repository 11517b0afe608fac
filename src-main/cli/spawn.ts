import { resolve } from 'node:path';
import { readVariable } from '#shared/domain/environment.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import { runtimeNameSchema, type RuntimeName } from '#shared/domain/session.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import { warningOf, type WorkspaceChoice } from '#shared/domain/workspace.ts';
import type { Host } from '../host/host.ts';
import { isReallyInside } from '../lib/files.ts';
import { defineCommand, usageError } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { claimFor, printClaim, readClaim } from './session-claim-pr.ts';
import { spawnOrCancel, type Made } from './spawn-or-cancel.ts';
import { jsonLine, plain } from './table.ts';

export const spawn = defineCommand({
  name: 'spawn',
  summary: 'starts an agent in a new git worktree',
  words: [{ name: 'ISSUE', optional: true }],
  options: {
    project: { short: 'p', value: 'P', takes: 'project', says: 'for this project' },
    agent: { short: 'a', value: 'A', takes: 'agent', says: 'this agent (claude-code)' },
    prompt: { value: 'TEXT', says: 'what it is to do; may have several lines' },
    command: { value: 'LINE', says: 'the command line of the agent `custom`' },
    name: { value: 'N', says: 'its name on the screen' },
    branch: { value: 'B', says: 'the name of its branch' },
    base: { value: 'REF', says: 'from what it branches off' },
    model: { value: 'M', says: 'as its agent calls it' },
    permissionless: { says: 'its agent does not ask before it acts' },
    runtime: { value: 'R', takes: runtimeNameSchema.options, says: 'where its terminal runs: pty, tmux (pty)' },
    workspace: {
      value: 'W',
      takes: ['worktree', 'clone', 'in-place'],
      says: 'a worktree, a clone, or the project itself',
    },
    worktree: { value: 'PATH', takes: 'directory', says: 'in a worktree that is there' },
    alongside: { says: 'in a checkout where another session works already' },
    'no-set-up': { says: "without the project's copies, links and set-up commands" },
    'claim-pr': { value: 'PR', says: "makes an open pull request the session's own" },
    'assign-on-github': { says: 'with --claim-pr: assigns it to you there' },
    'no-wait': { says: 'when as many agents run as may, prints only its place in line' },
    json: { says: 'as JSON' },
  },
  notes: `ISSUE may be a number, a key, an address, or PROJECT/ISSUE.
Without --project: the one named in ISSUE, the only one, ATHENE_PROJECT_ID, or the one of this directory.
When as many agents run as may, it waits in line; an app or server of Athene starts what was left there when its turn comes.
The last line is SESSION=<id>, or QUEUED=<request>.`,
  run({ values, words: [issue = null] }) {
    const claim = readClaim(values);
    if (claim !== null && values['no-wait'] === true) throw usageError('--claim-pr needs the session, so it waits.');
    return withHost(async (host) => {
      const target = findTarget(host, { project: values.project ?? null, issue });
      const workspace = readWorkspace(values);
      warn(host, target.project, workspace);
      const made = await spawnOrCancel(
        host,
        {
          project: target.project,
          agent: values.agent ?? 'claude-code',
          prompt: values.prompt ?? null,
          issue: target.issue,
          command: values.command ?? null,
          name: values.name ?? null,
          branch: values.branch ?? null,
          base: values.base ?? null,
          permissions: values.permissionless ? 'permissionless' : 'ask',
          model: values.model ?? null,
          runtime: readRuntime(values.runtime),
          workspace,
          setUp: values['no-set-up'] !== true,
        },
        { waits: values['no-wait'] !== true },
      );
      if (made.kind === 'in-line') return printPlace(made, values.json === true);
      const { session } = made;
      // Its outcome comes after what the person must know in any case: which session there is now.
      const claimed = claim === null ? null : await claimFor(host, session, claim);
      if (claimed?.ok === true && values.json !== true) printClaim(claimed.value);
      await print(host, session, values.json === true);
      if (claimed?.ok === false) throw claimed.problem;
      return 0;
    });
  },
});

function readRuntime(name: string | undefined): RuntimeName {
  const read = runtimeNameSchema.safeParse(name ?? 'pty');
  if (read.success) return read.data;
  throw usageError(`There is no runtime ${JSON.stringify(name)}.`);
}

function readWorkspace({
  workspace,
  worktree,
  alongside = false,
}: {
  readonly workspace?: string | undefined;
  readonly worktree?: string | undefined;
  readonly alongside?: boolean | undefined;
}): WorkspaceChoice {
  if (worktree !== undefined && workspace === undefined) return { kind: 'adopted', path: resolve(worktree) };
  if (worktree === undefined && workspace === 'in-place') return { kind: 'in-place', alongside };
  if (worktree === undefined && (workspace ?? 'worktree') === 'worktree') return { kind: 'worktree' };
  if (worktree === undefined && workspace === 'clone') return { kind: 'clone' };
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
  process.stdout.write(`SESSION=${id}\n`);
}

interface Target {
  readonly project: string;
  readonly issue: string | null;
}

function findTarget(host: Host, asked: { readonly project: string | null; readonly issue: string | null }): Target {
  const projects = host.projects();
  if (asked.project !== null) return { project: asked.project, issue: asked.issue };
  const named = namedInIssue(projects, asked.issue);
  if (named !== null) return named;
  const implied = onlyOne(projects) ?? readVariable(process.env, 'PROJECT_ID') ?? ofDirectory(projects, process.cwd());
  if (implied) return { project: implied, issue: asked.issue };
  throw new CommandFailed({
    code: 'project-unknown',
    what: projects.length === 0 ? 'There are no projects yet.' : 'Which project is meant?',
    kept: 'Nothing was created.',
    todo:
      projects.length === 0
        ? 'Add one: athene project add PATH'
        : `Name it with --project: ${projects.map(({ id }) => id).join(', ')}`,
  });
}

/** `api/7`: an exact project id first, then a session prefix; else the slash belongs to the issue. */
function namedInIssue(projects: readonly ProjectView[], issue: string | null): Target | null {
  const [, head, rest] = /^([^/]+)\/(.+)$/.exec(issue ?? '') ?? [];
  if (head === undefined || rest === undefined) return null;
  const project = projects.find(({ id }) => id === head) ?? projects.find(({ prefix }) => prefix === head);
  return project === undefined ? null : { project: project.id, issue: rest };
}

const onlyOne = (projects: readonly ProjectView[]): string | undefined =>
  projects.length === 1 ? projects[0]?.id : undefined;

const ofDirectory = (projects: readonly ProjectView[], directory: string): string | undefined =>
  projects.find(({ path }) => path === directory || isReallyInside(directory, path))?.id;
