import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { session, shellTerminal, SpoolHome } from './fixtures/spool-home.ts';
import { tidySpool } from './tidy-spool.ts';

let home: SpoolHome;
beforeEach(async () => {
  home = await new SpoolHome().open();
});
afterEach(() => home.close());

const spooled = (): readonly string[] => readdirSync(home.paths.spool).filter((name) => name !== 'rejected');
const rejected = (): readonly string[] => readdirSync(join(home.paths.spool, 'rejected'));
const id = (n: number): string => `0191d3c8-7c1e-7000-8000-${String(n).padStart(12, '0')}`;

describe('an event', () => {
  it('is taken in with what its agent told, without secrets and what tools answered', async () => {
    await home.tell('PostToolUse', {
      tool_name: 'Bash',
      tool_input: { command: 'curl -H "Authorization: Bearer abcdefghijklmnop"' },
      tool_response: 'x'.repeat(1000),
      api_key: 'k',
    });
    expect(await home.ingest()).toBe(1);
    expect(home.events()).toMatchObject([
      {
        ...{ session, source: 'teller', kind: 'PostToolUse' },
        body: {
          told: {
            tool_name: 'Bash',
            tool_input: { command: 'curl -H "Authorization: Bearer [secret]"' },
            api_key: '[secret]',
          },
        },
      },
    ]);
    expect(JSON.stringify(home.events())).not.toContain('xxx');
    expect([spooled(), await home.ingest()]).toEqual([[], 0]);
  });

  it('is the same event under a known id, whatever it says the second time', async () => {
    home.lay('a.json', home.event({ data: { told: { conversation: 'one' } } }));
    await home.ingest();
    home.lay('b.json', home.event({ data: { told: { conversation: 'two' } } }));
    expect([await home.ingest(), home.stored().record.conversation, home.events().length]).toEqual([0, 'one', 1]);
  });

  it('gives the conversation only from the terminal in which the agent runs, and never that of another session', async () => {
    const shell = { terminal: shellTerminal, data: { told: { conversation: 'of-a-shell' } } };
    home.lay('a.json', home.event({ id: id(1), ...shell }));
    home.lay('b.json', home.event({ id: id(2), data: { told: { conversation: '../x; rm' } } }));
    await home.ingest();
    expect(home.stored().record.conversation).toBeNull();
    home.lay('c.json', home.event({ id: id(3), data: { told: { conversation: 'own' } } }));
    await home.ingest();
    expect(home.stored().record.conversation).toBe('own');
  });

  it('of a moved branch makes the record follow the worktree, not what was said', async () => {
    home.branch = 'feat/real';
    home.lay('a.json', home.event({ source: 'git', kind: 'checkout', data: { told: { branch: 'feat/said' } } }));
    await home.ingest();
    expect(home.stored().record.workspace?.branch).toBe('feat/real');
    home.branch = '-x';
    home.lay('b.json', home.event({ id: id(2), source: 'git', kind: 'checkout' }));
    home.branch = null;
    home.lay('c.json', home.event({ id: id(3), source: 'git', kind: 'checkout' }));
    await home.ingest();
    expect(home.stored().record.workspace?.branch).toBe('feat/real');
  });

  it('of many turns asks git once', async () => {
    home.branch = 'feat/at-the-end';
    for (let n = 1; n <= 5; n += 1) home.lay(`${n}.json`, home.event({ id: id(n) }));
    expect([await home.ingest(), home.asked, home.stored().record.workspace?.branch]).toEqual([
      5,
      1,
      'feat/at-the-end',
    ]);
  });

  it('waits for the end of the program that it tells of', async () => {
    home.lay('a.json', home.event({ source: 'git', kind: 'checkout', pid: process.pid }));
    expect([await home.ingest(), spooled()]).toEqual([0, ['a.json']]);
    home.lay('a.json', home.event({ source: 'git', kind: 'checkout', pid: 4_000_000 }));
    expect([await home.ingest(), spooled()]).toEqual([1, []]);
  });

  it('of a new pull request is recorded once; one that is merged stays, and a merge that is only said changes nothing', async () => {
    const opened = (n: number, change: object = {}) => {
      const told = { url: `https://github.com/o/r/pull/${n}` };
      home.lay(`${n}.json`, home.event({ id: id(n), source: 'gh', kind: 'pr-create', data: { told }, ...change }));
    };
    opened(1, { data: { told: { url: 'javascript:alert(1)' } } });
    await home.ingest();
    expect(home.stored().record.lifecycle.pullRequest.state).toBe('none');
    opened(7);
    await home.ingest();
    opened(8);
    opened(9, { kind: 'pr-merge' });
    await home.ingest();
    expect(home.stored().record.lifecycle.pullRequest).toMatchObject({
      ...{ state: 'open', reason: 'in_progress', number: 7, url: 'https://github.com/o/r/pull/7' },
    });
  });
});

it('of a new merge request is recorded, whichever groups its project is in, and no other address is', async () => {
  let n = 0;
  const tell = async (url: string) => {
    n += 1;
    home.lay('a.json', home.event({ id: id(n), source: 'glab', kind: 'pr-create', data: { told: { url } } }));
    await home.ingest();
    return home.stored().record.lifecycle.pullRequest;
  };
  for (const url of [
    'https://gitlab.com/g/-/merge_requests/1',
    'https://gitlab.com/g/p/merge_requests/1',
    'http://gitlab.com/g/p/-/merge_requests/1',
  ])
    expect(await tell(url)).toMatchObject({ state: 'none' });
  const url = 'https://gitlab.example.org:8443/group/sub/project/-/merge_requests/42';
  expect(await tell(url)).toMatchObject({ state: 'open', number: 42, url });
});

describe('what is no event', () => {
  it('is put aside, harms nothing and holds up no other', async () => {
    const { spool, home: root } = home.paths;
    const canary = join(root, 'canary');
    writeFileSync(canary, home.event({ id: id(99) }));
    execFileSync('mkfifo', [join(spool, 'fifo.json')]);
    symlinkSync(canary, join(spool, 'link.json'));
    linkSync(canary, join(spool, 'second-name.json'));
    mkdirSync(join(spool, 'directory.json'));
    home.lay('huge.json', Buffer.alloc(300 * 1024, 'x'));
    home.lay('nul.json', 'a\0b');
    home.lay('empty.json', '');
    home.lay('list.json', '[]');
    home.lay('deep.json', `${'['.repeat(5000)}${']'.repeat(5000)}`);
    home.lay('travels.json', home.event({ session: '../../etc' }));
    home.lay('stranger.json', home.event({ session: 'app-2' }));
    home.lay('prototype.json', `{"version":1,"__proto__":{"x":1}}`);
    home.lay('no-proof.json', home.event({ terminal: undefined }));
    home.lay('other-terminal.json', home.event({ terminal: id(5) }));
    home.lay('types.json', home.event({ at: 'now', data: [] }));
    home.lay('kind.json', home.event({ kind: '$(touch x)' }));
    home.lay('newer.json', home.event({ version: 2 }));
    const old = home.lay('old.json', home.event({ id: id(3) }));
    utimesSync(old, 1, 1);
    home.lay(`${'n'.repeat(240)}.json`, '{');
    home.lay('z-good.json', home.event({ id: id(2) }));
    expect(await home.ingest()).toBe(1);
    expect(spooled()).toEqual([]);
    expect(rejected()).toHaveLength(19);
    expect(readFileSync(canary, 'utf8')).toBe(home.event({ id: id(99) }));
    expect(home.events().map((event) => event.id)).toEqual([id(2)]);
    expect(home.stored().rev).toBe(1);
  });

  it('is put aside also when something was laid in the way of that', async () => {
    const { spool, home: root } = home.paths;
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), join(spool, 'rejected'));
    home.lay('bad.json', '{');
    await home.ingest();
    expect([spooled(), rejected().length, readdirSync(join(root, 'elsewhere'))]).toEqual([[], 1, []]);
  });

  it('does not fill the disk: the oldest of what was put aside make room', async () => {
    for (let n = 0; n < 130; n += 1) home.lay(`${n}.json`, '{');
    await home.ingest();
    expect(rejected()).toHaveLength(100);
  });
});

describe('a spool', () => {
  it('in which thousands wait is taken in from the oldest on', async () => {
    const names = Array.from({ length: 620 }, (_, n) => `${String(620 - n).padStart(3, '0')}.json`);
    for (const [n, name] of names.entries()) {
      const told = { conversation: `c-${n}` };
      utimesSync(
        home.lay(name, home.event({ id: id(n), data: { told } })),
        new Date(),
        new Date(Date.now() - 900_000 + n * 1000),
      );
    }
    expect([await home.ingest(), home.stored().record.conversation]).toEqual([500, 'c-499']);
    expect([await home.ingest(), home.stored().record.conversation]).toEqual([120, 'c-619']);
  });

  it('that became a link is not looked into: what lies behind is not moved, read or tidied, and nobody is held up', async () => {
    const { spool, home: root } = home.paths;
    const theirs = join(root, 'theirs');
    mkdirSync(theirs);
    for (const name of ['package.json', '.profile', '.x.tmp']) writeFileSync(join(theirs, name), '{}');
    for (const name of ['.profile', '.x.tmp']) utimesSync(join(theirs, name), 1, 1);
    rmSync(spool, { recursive: true });
    symlinkSync(theirs, spool);
    expect(await home.ingest()).toBe(0);
    await tidySpool(home.dependencies);
    expect(readdirSync(theirs).toSorted()).toEqual(['.profile', '.x.tmp', 'package.json']);
    expect(home.refused).toEqual(Array.from({ length: 2 }, () => expect.stringContaining('is not a directory')));
  });

  it('is tidied of what writers left, and of nothing else', async () => {
    for (const name of ['.a.tmp', '.gh-x1Y2z3', '.profile', 'b.json']) utimesSync(home.lay(name, '{}'), 1, 1);
    home.lay('.young.tmp', '');
    await tidySpool(home.dependencies);
    expect(spooled()).toEqual(['.profile', '.young.tmp', 'b.json']);
  });
});

describe.runIf(process.platform !== 'win32')('events of eight processes at once', () => {
  /** Each event sets another conversation, so what was done twice or never shows in the record's revision. */
  const write = (name: string) =>
    Promise.all(Array.from({ length: 8 }, (_, n) => home.tell('Turn', { conversation: `${name}-${n}` })));

  /** By default the second call of each kind around an event: the first is through by then. `ATHENE_ALL_FAULTS=1`: every call. */
  const isTried = (calls: readonly string[], point: number): boolean => {
    if (process.env['ATHENE_ALL_FAULTS'] === '1') return true;
    const nameOf = (line: string) => line.replace(/^\d+ /, '');
    const name = nameOf(calls[point - 1] ?? '');
    const before = calls.slice(0, point - 1).filter((line) => nameOf(line) === name).length;
    return /spool|unlink|fs read$/.test(name) && before === 1;
  };

  it('are taken in exactly once each, whenever the one who takes them in is killed', { timeout: 120_000 }, async () => {
    await write('count');
    const file = join(home.paths.home, 'calls');
    expect(await home.ingestElsewhere(`count:0:${file}`)).toBe(0);
    const calls = readFileSync(file, 'utf8').trim().split('\n');
    expect(calls.length).toBeGreaterThan(20);
    const points = calls.map((_, index) => index + 1).filter((point) => isTried(calls, point));
    expect(points.length).toBeGreaterThan(3);
    let written = 8;
    for (const point of points) {
      await write(`kill-${point}`);
      written += 8;
      expect(await home.ingestElsewhere(`kill:${point}`)).toBe('SIGKILL');
      // Two at once take in what is left.
      await Promise.all([home.ingest(), home.ingestElsewhere('count:0:/dev/null')]);
      expect([home.events().length, home.stored().rev, spooled()], `killed before call ${point}`).toEqual([
        written,
        written + 1,
        [],
      ]);
    }
    expect(home.refused).toEqual([]);
  });
});
