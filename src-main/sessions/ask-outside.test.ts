import { expect, it } from 'vitest';
import { initialLifecycle } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok } from '#shared/lib/result.ts';
import { askOutside } from './ask-outside.ts';

type Answer = string | boolean;
/** `null`: unreachable; `undefined`: refused. */
function outside(pulls: Readonly<Record<number, Answer | null>>, issues: Readonly<Record<string, Answer | null>>) {
  const asked: string[] = [];
  const failure = (kind: 'refused' | 'unreachable') => fail({ kind, what: '', todo: '', details: '' });
  const answer = async (name: string, told: Answer | null | undefined) => {
    asked.push(name);
    return told === undefined ? failure('refused') : told === null ? failure('unreachable') : ok(told);
  };
  const dependencies = {
    projects: { find: (id: string) => (id === 'gone' ? fail({ code: 'project-unknown', what: '' }) : ok({ id })) },
    codeHostOf: ({ id }: { id: string }) =>
      id === 'bare' ? null : { pullRequestState: (number: number) => answer(`#${number}`, pulls[number]) },
    trackerOf: ({ id }: { id: string }) =>
      id === 'bare'
        ? { kind: 'none', why: null }
        : {
            kind: 'tracker',
            explicit: false,
            tracker: { isCompleted: (issue: string) => answer(issue, issues[issue]) },
          },
  };
  return { asked, isOver: askOutside(dependencies as unknown as Parameters<typeof askOutside>[0]) };
}

type State = SessionRecord['lifecycle']['pullRequest']['state'];
const session = (number: number | null, state: State, issue: string | null, project = 'api') =>
  ({
    project,
    issue: issue === null ? null : { raw: issue, id: issue },
    lifecycle: { ...initialLifecycle(0), pullRequest: { ...initialLifecycle(0).pullRequest, number, state } },
  }) as SessionRecord;

it.each([
  ['closed unmerged', session(1, 'open', null), true],
  ['recorded as closed, and open again', session(2, 'closed', null), false],
  ['open, its issue completed', session(2, 'open', '7'), true],
  ['open, its issue open', session(2, 'open', '8'), false],
  ['merged, which has closed its issue', session(3, 'open', '7'), false],
  ['recorded as merged', session(1, 'merged', '7'), false],
  ['a pull request of which nothing is told', session(4, 'open', '7'), false],
  ['without a pull request, its issue completed', session(null, 'none', '7'), true],
  ['without a pull request, nothing told of its issue', session(null, 'none', '9'), false],
  ['without both', session(null, 'none', null), false],
  ['recorded as closed, with nobody to ask', session(1, 'closed', null, 'bare'), true],
  ['of a project that is gone', session(1, 'closed', '7', 'gone'), false],
])('%s', async (_, record, over) => {
  const { isOver } = outside({ 1: 'closed', 2: 'open', 3: 'merged' }, { '7': true, '8': false });
  expect(await isOver(record)).toBe(over);
});

it('asks once for each, and no more of who answers nothing', async () => {
  const { asked, isOver } = outside({ 1: 'open', 2: null }, { '7': true, '8': null });
  const both = [session(1, 'open', '7'), session(1, 'open', '7'), session(2, 'open', null), session(5, 'open', null)];
  for (const record of [...both, session(null, 'none', '8'), session(null, 'none', '10')]) await isOver(record);
  expect(asked).toEqual(['#1', '7', '#2', '8']);
});
