import { describe, expect, it } from 'vitest';
import { candidates, type Sources } from './candidates.ts';
import { defineCommand, defineGroup } from './command.ts';

const send = defineCommand({
  name: 'send',
  summary: 'sends',
  words: [
    { name: 'ID', takes: 'session' },
    { name: 'TEXT', optional: true, many: true },
  ],
  options: {
    file: { short: 'f', value: 'FILE', takes: 'file', says: 'from a file' },
    to: { value: 'P', takes: 'project', says: 'to a project' },
    tag: { value: 'T', many: true, takes: ['red', 'green'], says: 'a tag' },
    force: { says: 'all the same' },
  },
  run: async () => 0,
});
const add = defineCommand({
  name: 'add',
  summary: 'adds',
  words: [{ name: 'PATH', takes: 'directory' }],
  run: async () => 0,
});
const secret = defineCommand({ name: 'secret', summary: 'for programs', hidden: true, run: async () => 0 });
const project = defineGroup({ name: 'project', summary: 'projects', commands: [add, secret] });

const named = (...names: readonly string[]) => names.map((name) => ({ name, says: '' }));
const sources: Sources = {
  commands: async () => named('send', 'project', 'help'),
  load: async (name) => [send, project].find((each) => each.name === name) ?? null,
  names: async (kind) => (kind === 'session' ? named('app-1', 'app-2', 'web-1') : named('app', 'web')),
};

describe('what may stand at the last word', () => {
  it.each([
    ['', ['send', 'project', 'help']],
    ['se', ['send']],
    ['nothing ', []],
    ['project ', ['add']],
    ['project add ', 'directory'],
    ['project nothing ', []],
    ['send ', ['app-1', 'app-2', 'web-1']],
    ['send app', ['app-1', 'app-2']],
    ['send app-1 ', []],
    ['send --f', ['--file', '--force']],
    ['send --force --f', ['--file']],
    ['send --tag red --t', ['--to', '--tag']],
    ['send -f ', 'file'],
    ['send -f x a', ['app-1', 'app-2']],
    ['send --to ', ['app', 'web']],
    ['send --to=w', ['--to=web']],
    ['send --to = w', ['web']],
    ['send --to =', ['app', 'web']],
    ['send --tag g', ['green']],
    ['send -- --f', []],
    ['send -- a', ['app-1', 'app-2']],
  ])('%j', async (line, expected) => {
    const found = await candidates(line.split(' '), sources);
    expect(typeof found === 'string' ? found : found.map(({ name }) => name)).toEqual(expected);
  });
});
