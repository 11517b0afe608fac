// `athene issue ls|show|new|close|reopen`: issues of a project, wherever they are kept.
import { readVariable } from '#shared/domain/environment.ts';
import type { Host } from '../host/host.ts';
import { targetOfIssue, type Target } from './choose-project.ts';
import { defineCommand, defineGroup, jsonOption, usageError } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { projectHere } from './project-here.ts';
import { jsonLine, plain, plainLines, table } from './table.ts';

const projectOption = { project: { short: 'p', value: 'P', takes: 'project', says: 'of this project' } } as const;
const issueWord = [{ name: 'ISSUE' }] as const;
const states = ['open', 'closed', 'all'] as const;

/** As for a spawn: `--project`, the issue's own prefix, the only project, the environment's, that of this directory. */
const targetOf = (host: Host, issue: string | null, project: string | undefined): Promise<Target> =>
  targetOfIssue(host.projects(), {
    ...{ issue, project: project ?? null },
    variable: readVariable(process.env, 'PROJECT_ID'),
    here: () => projectHere(host, process.cwd()),
  });

const list = defineCommand({
  name: 'ls',
  summary: 'the issues of a project, and who works on them',
  words: [{ name: 'WORD', optional: true }],
  options: {
    ...projectOption,
    state: { value: 'STATE', takes: states, says: 'open (when not given), closed or all' },
    json: { says: '{"tracker", "issues": [{id, title, labels, state, assignee, url, session}]}' },
  },
  async run({ values, words: [word] }) {
    const state = states.find((each) => each === (values.state ?? 'open'));
    if (state === undefined) throw usageError('--state takes open, closed or all.');
    const told = await withHost(async (host) => {
      const { project } = await targetOf(host, null, values.project);
      return ask(host, 'issue.list', { project, query: word ?? '', state, limit: 100 });
    });
    const rows = told.issues.map(({ id, title, state: is, session }) => [
      ...[plain(id), is, session ?? '-', plain(title)],
    ]);
    process.stdout.write(
      values.json
        ? jsonLine(told)
        : rows.length === 0
          ? 'No issues.\n'
          : `${table([['ISSUE', 'STATE', 'SESSION', 'TITLE'], ...rows])}\n`,
    );
    return 0;
  },
});

const show = defineCommand({
  name: 'show',
  summary: 'one issue, with its text',
  words: issueWord,
  options: { ...projectOption, ...jsonOption },
  async run({ values, words: [issue] }) {
    const told = await withHost(async (host) => {
      const target = await targetOf(host, issue, values.project);
      return ask(host, 'issue.show', { project: target.project, issue: target.issue ?? issue });
    });
    const { id, facts, url, session } = told;
    const head = [
      `${plain(id)}  ${plain(facts.title)}`,
      facts.completed ? 'closed' : 'open',
      session === null ? 'nobody works on it' : `${session} works on it`,
      ...(facts.labels.length === 0 ? [] : [plain(facts.labels.join(', '))]),
      ...(url === null ? [] : [plain(url)]),
    ];
    process.stdout.write(values.json ? jsonLine(told) : `${head.join('\n')}\n\n${plainLines(facts.description)}\n`);
    return 0;
  },
});

const create = defineCommand({
  name: 'new',
  summary: 'makes an issue, and prints its name',
  words: [{ name: 'TITLE' }],
  options: { ...projectOption, body: { value: 'TEXT', says: 'what there is to say about it' }, ...jsonOption },
  async run({ values, words: [title] }) {
    const made = await withHost(async (host) => {
      const { project } = await targetOf(host, null, values.project);
      return ask(host, 'issue.create', { project, title, body: values.body ?? '' });
    });
    process.stdout.write(values.json ? jsonLine(made) : `ISSUE=${plain(made.id)}\n`);
    return 0;
  },
});

const stateCommand = (name: 'close' | 'reopen', state: 'open' | 'closed', summary: string) =>
  defineCommand({
    ...{ name, summary, words: issueWord, options: projectOption },
    async run({ values, words: [issue] }) {
      await withHost(async (host) => {
        const target = await targetOf(host, issue, values.project);
        return ask(host, 'issue.setState', { project: target.project, issue: target.issue ?? issue, state });
      });
      process.stdout.write(`${plain(issue)} is ${state}.\n`);
      return 0;
    },
  });

export const issue = defineGroup({
  name: 'issue',
  summary: 'issues of a project, wherever they are kept',
  commands: [
    list,
    show,
    create,
    stateCommand('close', 'closed', 'nothing is left to do about it'),
    stateCommand('reopen', 'open', 'something is left to do about it after all'),
  ],
});
