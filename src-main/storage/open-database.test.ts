import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backupsOf } from './back-up.ts';
import { claimOnce, ScratchHome, sampleRecord } from './fixtures/scratch-home.ts';
import { migrations } from './migrations.ts';
import { insertSession, listSessions } from './sessions.ts';
import { connect, numberOf } from './sqlite.ts';
import type { Store } from './store.ts';
import { StoreRefusedError } from './store.ts';

const tomorrow = [...migrations, 'CREATE TABLE later (id TEXT PRIMARY KEY) STRICT'];
const isWindows = process.platform === 'win32';

let home: ScratchHome;
beforeEach(() => {
  home = new ScratchHome();
});
afterEach(() => home.remove());

it('opens with WAL, full synchronisation, foreign keys and a short wait for locks', async () => {
  const store = await home.openFully();
  const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'user_version'];
  const values = store.read((tx) => settings.map((name) => Object.values(tx.get<object>(`PRAGMA ${name}`) ?? {})[0]));
  expect(values).toEqual(['wal', 2, 1, 10, migrations.length]);
});

it.skipIf(isWindows)('keeps its files to their owner, whatever the umask', async () => {
  const before = process.umask(0);
  try {
    const store = await home.openFully();
    await store.write('insert', (tx) => insertSession(tx, sampleRecord('app-1')));
  } finally {
    process.umask(before);
  }
  const names = readdirSync(home.path).filter((name) => name.startsWith('athene.db'));
  expect(names.map((name) => [name, statSync(join(home.path, name)).mode & 0o777])).toEqual([
    ['athene.db', 0o600],
    ['athene.db-shm', 0o600],
    ['athene.db-wal', 0o600],
  ]);
  expect([statSync(home.path).mode & 0o777, statSync(home.doorbell).mode & 0o777]).toEqual([0o700, 0o600]);
});

it('reads a database of a newer Athene, refuses to write, and leaves the file as it is', async () => {
  const modern = await home.openFully({ migrations: tomorrow });
  await modern.write('insert', (tx) => insertSession(tx, sampleRecord('app-1')));
  await modern.close();
  const bytes = readFileSync(home.database);

  const { access, store, problem } = await home.open();
  const ids = store.read(listSessions).sessions.map(({ record }) => record.id);
  const refused = await store.write('insert', (tx) => insertSession(tx, sampleRecord('app-2'))).catch(String);
  await store.close();
  expect([access, problem?.code, ids]).toEqual(['read-only', 'database-newer', ['app-1']]);
  expect(refused).toMatch(/newer Athene.*Update this Athene/s);
  expect(readFileSync(home.database).equals(bytes)).toBe(true);
});

it('stops writing when a newer Athene upgrades the database underneath, and still reads', async () => {
  const old = await home.openFully();
  await old.write('insert', (tx) => insertSession(tx, sampleRecord('app-1')));
  await home.openFully({ migrations: tomorrow });
  await expect(old.write('insert', (tx) => insertSession(tx, sampleRecord('app-2')))).rejects.toThrow(
    StoreRefusedError,
  );
  expect(old.read(listSessions).sessions).toHaveLength(1);
});

it('makes a whole backup before it upgrades, and none otherwise', async () => {
  const old = await home.openFully();
  await old.write('insert', (tx) => insertSession(tx, sampleRecord('app-1')));
  await (await home.openFully()).close();
  const [upgraded] = await Promise.all([
    home.openFully({ migrations: tomorrow }),
    home.openFully({ migrations: tomorrow }),
  ]);
  expect(upgraded.read((tx) => tx.all('SELECT * FROM later'))).toEqual([]);

  const names = readdirSync(backupsOf(home.database)).filter((name) =>
    /^athene-v\d+-\d{17}-[0-9a-f]{8}\.db$/.test(name),
  );
  expect(names.length).toBeGreaterThan(0);
  const copy = connect(join(backupsOf(home.database), names[0] ?? ''), 'read-only');
  const found = [numberOf(copy, 'PRAGMA user_version'), numberOf(copy, 'SELECT count(*) FROM sessions')];
  copy.close();
  expect(found).toEqual([migrations.length, 1]);
});

it('rolls a migration that fails back whole', async () => {
  await (await home.openFully()).close();
  const broken = [...migrations, 'CREATE TABLE half (id TEXT) STRICT; CREATE TABLE half (id TEXT) STRICT'];
  const { access, problem } = await home.open({ migrations: broken });
  expect([access, problem?.code]).toEqual(['safe-mode', 'database-unusable']);
  const store = await home.openFully();
  expect(store.read((tx) => tx.all("SELECT 1 FROM sqlite_schema WHERE name = 'half'"))).toEqual([]);
});

it.each<[string, (path: string) => void, string]>([
  ['text', (path) => writeFileSync(path, 'no database at all\n'.repeat(500)), 'database-damaged'],
  ['zeros', (path) => writeFileSync(path, Buffer.alloc(8192)), 'database-damaged'],
  ['a directory', (path) => mkdirSync(path), 'database-unusable'],
  ['a link to nowhere', (path) => symlinkSync('/nonexistent/elsewhere.db', path), 'database-unusable'],
  ['somebody else’s database', (path) => makeForeign(path), 'database-foreign'],
  ['an index that is another file as well', (path) => linkElsewhere(`${path}-shm`), 'database-unusable'],
  ['a directory for a log', (path) => mkdirSync(`${path}-wal`), 'database-unusable'],
])('opens in safe mode and touches nothing when there is %s', async (_, make, code) => {
  make(home.database);
  const bytes = bytesOf(home.database);
  const { access, store, problem } = await home.open();
  expect([access, problem?.code, store.read(listSessions)]).toEqual(['safe-mode', code, { sessions: [], damaged: [] }]);
  await expect(store.write('insert', () => null)).rejects.toThrow(StoreRefusedError);
  await store.close();
  expect(bytesOf(home.database)).toEqual(bytes);
});

it.skipIf(isWindows)('does not hang on a FIFO', async () => {
  execFileSync('mkfifo', [home.database]);
  expect((await home.open()).problem?.code).toBe('database-unusable');
});

it('opens whichever byte is flipped and wherever the file is cut', { timeout: 60_000 }, async () => {
  const store = await home.openFully();
  for (let issue = 1; issue <= 20; issue += 1) await store.write('claim', (tx) => claimOnce(tx, `${issue}`));
  await store.close();
  const whole = readFileSync(home.database);
  const random = seeded(20261122);
  const outcomes: Record<string, number> = {};
  let touched = 0;
  for (let round = 0; round < 250; round += 1) {
    const bytes = round % 5 === 0 ? cutAt(whole, random) : flippedAt(whole, random);
    const fresh = new ScratchHome();
    try {
      writeFileSync(fresh.database, bytes);
      const { access, store: opened } = await fresh.open();
      opened.read(listSessions);
      await opened.close();
      if (access !== 'full' && !readFileSync(fresh.database).equals(bytes)) touched += 1;
      outcomes[access] = (outcomes[access] ?? 0) + 1;
    } finally {
      await fresh.remove();
    }
  }
  console.log(`250 damaged files opened: ${JSON.stringify(outcomes)}`);
  expect([Object.values(outcomes).reduce((sum, count) => sum + count, 0), touched]).toEqual([250, 0]);
});

it('goes on with a log of garbage beside a whole database', async () => {
  const store = await home.openFully();
  await store.write('insert', (tx) => insertSession(tx, sampleRecord('app-1')));
  await store.close();
  writeFileSync(`${home.database}-wal`, 'garbage'.repeat(1000));
  expect(idsOf((await home.open()).store)).toEqual(['app-1']);
});

it('says on which Node it does not work', () => {
  const original = process.getBuiltinModule;
  process.getBuiltinModule = () => undefined;
  try {
    expect(() => connect(':memory:', 'read-only')).toThrow(/needs a Node with node:sqlite.*this is v\d+/);
  } finally {
    process.getBuiltinModule = original;
  }
});

const idsOf = (store: Store): readonly string[] => store.read(listSessions).sessions.map(({ record }) => record.id);

function linkElsewhere(path: string): void {
  writeFileSync(`${path}.precious`, 'precious');
  linkSync(`${path}.precious`, path);
}

function makeForeign(path: string): void {
  const other = connect(path, 'read-write');
  other.exec('CREATE TABLE theirs (id TEXT)');
  other.close();
}

function bytesOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true ? readFileSync(path, 'hex') : null;
}

function cutAt(whole: Buffer, random: () => number): Buffer {
  return whole.subarray(0, 1 + Math.floor(random() * (whole.length - 1)));
}

function flippedAt(whole: Buffer, random: () => number): Buffer {
  const bytes = Buffer.from(whole);
  const at = Math.floor(random() * bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  return bytes;
}

/** Numbers from 0 up to 1, the same in each run (a linear congruence is enough here). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
