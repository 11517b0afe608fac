import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homePaths, openHome, type HomePaths } from './paths.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'athene-home-')));
});
afterEach(() => rmSync(folder, { recursive: true }));
const home = (name = 'home') => ({ ATHENE_HOME: join(folder, name) });

describe('a home', () => {
  it('is the same one by whatever link or time it is reached', () => {
    const before = homePaths(home());
    mkdirSync(join(folder, 'home'));
    symlinkSync(join(folder, 'home'), join(folder, 'alias'));
    const socket = (paths: HomePaths): string => paths.socketFor('pty-host', 1);
    expect([homePaths(home()), homePaths(home('alias'))].map(socket)).toEqual([socket(before), socket(before)]);
    expect(socket(homePaths(home('other')))).not.toBe(socket(before));
    expect(homePaths({ HOME: folder }).home).toBe(join(folder, '.athene'));
    expect(homePaths({ HOME: folder, ATHENE_HOME: '', XDG_CONFIG_HOME: '/x' }).config).toBe(
      join(folder, '.athene/config.yaml'),
    );
  });

  it('is made with directories that only their owner may enter', () => {
    const opened = openHome(home());
    if (!opened.ok) throw new Error(opened.problem.what);
    const { value } = opened;
    for (const path of [value.home, value.run, value.sessions, value.worktrees, value.logs]) {
      expect(statSync(path).mode & 0o777).toBe(0o700);
    }
  });

  it('takes over the configuration where XDG has it, for every process from then on, unless it is named or has its own', () => {
    const told = (env: NodeJS.ProcessEnv): string => {
      const opened = openHome(env);
      return opened.ok && existsSync(opened.value.config) ? readFileSync(opened.value.config, 'utf8') : 'none';
    };
    const env = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'xdg') };
    mkdirSync(join(folder, 'xdg/athene'), { recursive: true });
    expect(told(env)).toBe('none');
    writeFileSync(join(folder, 'xdg/athene/config.yaml'), '# mine');
    expect(told({ ...env, ATHENE_HOME: join(folder, 'named') })).toBe('none');
    expect([told(env), told({ HOME: folder }), told({ ATHENE_HOME: join(folder, '.athene') })]).toEqual(
      Array(3).fill('# mine'),
    );
    writeFileSync(join(folder, 'named/config.yaml'), '# own');
    expect(told({ ...env, ATHENE_HOME: join(folder, 'named') })).toBe('# own');
  });

  it('that can not be made is a problem with what to do', () => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('/nowhere/at/all', join(folder, 'dangling'));
    for (const name of ['file', 'file/below', 'dangling']) {
      expect(openHome(home(name))).toMatchObject({
        ok: false,
        problem: { code: 'home-refused', todo: expect.stringContaining('ATHENE_HOME') as unknown },
      });
    }
    chmodSync(folder, 0o700);
  });

  it('has its sockets near while the path is short, else in a private place that does not depend on TMPDIR', () => {
    const near = homePaths(home()).socketFor('pty-host', 1);
    expect(near).toBe(join(folder, 'home/run/pty-host-1.sock'));
    const long = 'x'.repeat(120);
    const far = homePaths(home(long)).socketFor('pty-host', 1);
    expect(Buffer.byteLength(far)).toBeLessThanOrEqual(100);
    const opened = openHome(home(long));
    expect(opened.ok && statSync(join(far, '..')).mode & 0o777).toBe(0o700);
    rmSync(join(far, '..'), { recursive: true });
  });

  it.each([
    '../x',
    '-x',
    'a/b',
    'a\nb',
    '',
    '.',
    '..',
    '_meta',
    '__proto__',
    'x'.repeat(300),
    'a\u202eb',
    'CON',
    'a b',
    '$(x)',
    '%2e',
  ])('lets no %j into a path', (id) => {
    const paths = homePaths(home());
    expect(() => paths.worktreeFor('app', id)).toThrow();
    expect(() => paths.worktreeFor(id, 'a-1')).toThrow();
    expect(() => paths.sessionDirectory(id)).toThrow();
    expect(() => paths.transcriptDirectory(id)).toThrow();
    expect(() => paths.lockFor(id)).toThrow();
    expect(() => paths.socketFor(id, 1)).toThrow();
  });
});
