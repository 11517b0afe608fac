import { expect, it } from 'vitest';
import { usualStart, type ProjectView } from '#shared/domain/project.ts';
import { CommandFailed } from './command-failed.ts';
import { chooseTarget } from './choose-project.ts';

const project = (id: string, prefix = id): ProjectView =>
  ({ id, prefix, name: id, path: `/code/${id}`, state: 'ready', start: usualStart }) as unknown as ProjectView;
const [api, web] = [project('api', 'a'), project('web')];

const chosen = async (
  projects: readonly ProjectView[],
  {
    words = [],
    option = null,
    variable,
    here = null,
  }: { words?: string[]; option?: string | null; variable?: string; here?: string | null },
) => {
  try {
    const target = await chooseTarget(projects, { words, project: option, variable, here: async () => here });
    return `${target.project} ${target.issue ?? '-'}`;
  } catch (error) {
    if (error instanceof CommandFailed) return error.problem.what;
    throw error;
  }
};

it.each([
  ['the only one', [api], { words: ['7'] }, 'api 7'],
  ['the only one, without an issue', [api], {}, 'api -'],
  ['a prefixed issue comes before the environment', [api, web], { words: ['web/7'], variable: 'api' }, 'web 7'],
  ['by the prefix of its sessions', [api, web], { words: ['a/7'] }, 'api 7'],
  ['a slash of another kind belongs to the issue', [api], { words: ['acme/web#7'] }, 'api acme/web#7'],
  ['the environment comes before the directory', [api, web], { words: ['7'], variable: 'api', here: 'web' }, 'api 7'],
  ['an empty variable says nothing', [api, web], { words: ['7'], variable: '', here: 'web' }, 'web 7'],
  ['the directory', [api, web], { words: ['7'], here: 'web' }, 'web 7'],
  ['the option comes first', [api, web], { words: ['a/7'], option: 'web' }, 'web a/7'],
  ['project and issue as words', [api, web], { words: ['web', '7'], variable: 'api' }, 'web 7'],
  ['a project as the only word', [api, web], { words: ['web'], variable: 'api' }, 'web -'],
  ['named twice', [api, web], { words: ['web', '7'], option: 'api' }, 'The project is named twice.'],
  ['nothing says it', [api, web], { words: ['7'] }, 'Which project is meant?'],
  ['there is none', [], {}, 'There are no projects yet.'],
])('%s', async (_, projects, asked, expected) => {
  expect(await chosen(projects, asked)).toBe(expected);
});
