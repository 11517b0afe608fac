// What stands on broken ground: no git, an unreadable configuration, a damaged or newer database. Everything opens and says what is wrong.
import { DatabaseSync } from 'node:sqlite';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, run, type CommandResult, type World } from './world.ts';

let world: World;
let session: string;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'api');
  const spawned = await world.athene('spawn', '7', '--agent', 'custom', '--command', 'sleep 600');
  session = /SESSION=(\S+)\n$/.exec(spawned.stdout)?.[1] ?? spawned.stderr;
}, 60_000);

afterAll(async () => world.close(), 60_000);

interface Listed {
  readonly data: readonly {
    readonly id?: string;
    readonly name: string;
    readonly state: string;
    readonly what: string;
  }[];
  readonly meta?: { readonly problem?: { readonly code: string } };
}
const listed = ({ stdout }: CommandResult) => JSON.parse(stdout) as Listed;
const check = async (name: string) =>
  listed(await world.athene('doctor', '--json')).data.find((each) => each.name === name);

describe('a machine whose git does not work', () => {
  it('shows its sessions, and the doctor says what is wrong', async () => {
    const broken = join(world.home, '..', 'broken git');
    mkdirSync(broken);
    writeFileSync(join(broken, 'git'), '#!/bin/sh\necho "git: a library is missing" >&2\nexit 127\n', { mode: 0o755 });
    const without = { ...world.env, PATH: [broken, world.env['PATH']].join(delimiter) };
    const call = (...args: string[]) => run(world.command, args, { cwd: world.repository, env: without });
    const doctor = await call('doctor', '--json');
    expect(listed(doctor).data.find(({ name }) => name === 'git')).toMatchObject({ state: 'failure' });
    expect([doctor.code, doctor.stderr]).toEqual([1, '']);
    expect(listed(await call('status', '--json')).data.map(({ id }) => id)).toEqual([session]);
    const spawned = await call('spawn', '--agent', 'custom', '--command', 'true');
    expect([spawned.code, spawned.stderr]).toEqual([1, expect.stringMatching(/git/)]);
    expect(listed(await call('status', '--json')).data).toHaveLength(1);
  });
});

describe('a configuration that can not be read', () => {
  it('is named by the doctor and hides no session', async () => {
    const file = join(world.home, 'config.yaml');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, 'projects: [unclosed');
    expect(await check('configuration')).toMatchObject({ state: 'warning' });
    expect(listed(await world.athene('status', '--json')).data.map(({ id }) => id)).toEqual([session]);
    expect((await world.athene('project', 'add', world.repository, '--id', 'other')).code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('projects: [unclosed');
    writeFileSync(file, before);
  });
});

describe('a database', () => {
  const database = () => join(world.home, 'athene.db');

  it('of a newer Athene is shown and not written', async () => {
    setVersion(9999);
    const status = await world.athene('status', '--json');
    expect(listed(status).data.map(({ id }) => id)).toEqual([session]);
    expect([status.code, status.stderr]).toEqual([0, expect.stringContaining('newer Athene')]);
    expect(await check('database')).toMatchObject({ state: 'failure' });
    const spawned = await world.athene('spawn', '--agent', 'custom', '--command', 'true');
    expect([spawned.code, spawned.stderr]).toEqual([1, expect.stringContaining('newer Athene')]);
    expect((await world.athene('session', 'kill', session)).code).toBe(1);
    setVersion(known);
  });

  it('that is damaged is left as it is, and its emptiness is not taken for an empty world', async () => {
    const aside = `${database()}.aside`;
    renameSync(database(), aside);
    writeFileSync(database(), 'this is no database at all, but it is long enough to be looked at'.repeat(20));
    const status = await world.athene('status', '--json');
    expect([status.code, listed(status).data]).toEqual([1, []]);
    expect(listed(status).meta?.problem?.code).toMatch(/^database-/);
    expect(status.stderr).toContain('left exactly as it is');
    expect(await check('database')).toMatchObject({ state: 'failure' });
    expect((await world.athene('project', 'rm', 'api')).stderr).toContain('have not ended');
    expect((await world.athene('project', 'ls')).stdout).toContain('api');
    renameSync(aside, database());
    expect(listed(await world.athene('status', '--json')).data.map(({ id }) => id)).toEqual([session]);
  });

  let known = 0;
  /** In a database that nobody has open. */
  function setVersion(version: number): void {
    expect(dirname(database())).toBe(world.home);
    const connection = new DatabaseSync(database());
    known = (connection.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
    connection.exec(`PRAGMA user_version = ${version}`);
    connection.close();
  }
});
