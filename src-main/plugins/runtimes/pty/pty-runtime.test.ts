import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeSize, terminalFrame } from '#shared/domain/terminal.ts';
import { itAtHome as it, until } from './fixtures/pty-home.ts';

it.concurrent('starts a program, shows what it prints, takes what is typed, and tells how it ended', async ({
  home,
  expect,
}) => {
  const one = home.spec('echo ready; read line; echo "got $line"; exit 3');
  const created = await home.runtime.create(one);
  expect(created).toEqual({ ok: true, value: { pid: expect.any(Number) } });
  expect(await home.runtime.create(one)).toEqual(created);
  const { seen } = await home.view(one.terminal, { from: 'screen', lease: true });
  await until(() => seen.text.includes('ready') && seen.lease);
  expect(await home.runtime.probe(one.terminal)).toEqual({ kind: 'alive', pid: created.ok && created.value.pid });
  expect(await home.runtime.input(one.terminal, Buffer.from('word\r'))).toEqual({ ok: true, value: null });
  await until(() => seen.exit);
  expect(seen.text).toBe('ready\r\nword\r\ngot word\r\n');
  expect(seen.exit).toEqual({ code: 3, signal: null, at: expect.any(Number) });
  expect(await home.runtime.probe(one.terminal)).toEqual({ kind: 'ended', exit: seen.exit });
});

it('keeps everything private whatever the umask', async ({ home, expect }) => {
  const before = process.umask(0);
  try {
    const one = home.spec('echo secret; sleep 60');
    await home.runtime.create(one);
    const { seen } = await home.view(one.terminal, { from: 0, lease: false });
    await until(() => seen.text.includes('secret'));
    await home.runtime.kill(one.terminal);
  } finally {
    process.umask(before);
  }
  const open: string[] = [];
  for (const entry of await readdir(home.paths.home, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (((await stat(path)).mode & 0o077) !== 0) open.push(path);
  }
  expect(open).toEqual([]);
});

it.concurrent('delivers everything that a program prints before it exits at once', async ({ home, expect }) => {
  const one = home.spec("stty -opost; head -c 1000000 /dev/zero | tr '\\0' x; printf END");
  await home.runtime.create(one);
  const { seen } = await home.view(one.terminal, { from: 0, lease: true });
  await until(() => seen.exit);
  expect([seen.text.length, seen.text.slice(-4), seen.gaps]).toEqual([1_000_003, 'xEND', 0]);
});

it('gives programs the umask of whoever started the host, and nothing of its environment', async ({ home, expect }) => {
  const before = process.umask(0o027);
  process.env['ATHENE_FAULT'] = 'count:0:/dev/null';
  try {
    const one = home.spec('umask; env | sort');
    await home.runtime.create(one);
    const { seen } = await home.view(one.terminal, { from: 0, lease: false });
    await until(() => seen.exit);
    const names = seen.text.split('\r\n').map((line) => line.split('=')[0]);
    expect(names.filter((name) => name !== '')).toEqual([
      '0027',
      'AO_SESSION',
      'AO_TERMINAL',
      'ATHENE_SESSION',
      'ATHENE_TERMINAL',
      'PATH',
      'PWD',
      'SHLVL',
      'TERM',
      '_',
    ]);
  } finally {
    process.umask(before);
    delete process.env['ATHENE_FAULT'];
  }
});

it.concurrent('tells a signal from an exit code', async ({ home, expect }) => {
  const one = home.spec('kill -9 $$');
  await home.runtime.create(one);
  const { seen } = await home.view(one.terminal, { from: 'screen', lease: false });
  await until(() => seen.exit);
  expect(seen.exit).toMatchObject({ code: null, signal: 9 });
});

it.concurrent('says why a program was not started', async ({ home, expect }) => {
  const one = home.spec('true');
  const answers = [
    await home.runtime.create({ ...one, cwd: '/nowhere' }),
    await home.runtime.create({ ...one, argv: ['no-such-program'] }),
  ];
  expect(answers.map((answer) => !answer.ok && [answer.problem.code, answer.problem.what])).toEqual([
    ['terminal-not-started', 'The directory /nowhere does not exist.'],
    ['terminal-not-started', "no-such-program is not on the session's PATH, or is not executable."],
  ]);
  expect(await home.runtime.list()).toEqual({ ok: true, value: [] });
});

it.concurrent('starts one host for clients that start it at once, and hands each its own terminal', async ({
  home,
  expect,
}) => {
  const clients = Array.from({ length: 6 }, () => home.client());
  const specs = clients.map(() => home.spec('sleep 60'));
  const created = await Promise.all(clients.map((client, at) => client.create(specs[at]!)));
  expect(created.every(({ ok }) => ok)).toBe(true);
  const listed = await home.runtime.list();
  expect(listed.ok && listed.value).toHaveLength(6);
  await expect.poll(() => home.hosts()).toHaveLength(1);
});

it.concurrent('gives the lease to the newest, whose size counts', async ({ home, expect }) => {
  const one = home.spec('while read line; do stty size; done');
  await home.runtime.create(one);
  const first = await home.view(one.terminal, { from: 'screen', lease: true });
  const wish = (cols: number, rows: number) =>
    ({ type: terminalFrame.resizeRequest, offset: 0, payload: encodeSize({ cols, rows }) }) as const;
  await until(() => first.seen.lease);
  first.lane.send(wish(90, 30));
  await until(() => first.seen.sizes.includes('90x30'));
  const second = await home.view(one.terminal, { from: 'screen', lease: true }, { through: home.client() });
  await until(() => second.seen.lease === true && first.seen.lease === false);
  first.lane.send(wish(40, 10));
  second.lane.send(wish(0, 65_535));
  await until(() => first.seen.sizes.includes('2x232'));
  await home.runtime.input(one.terminal, Buffer.from('\r'));
  await until(() => first.seen.text.includes('1000 2'));
  expect(first.seen.sizes).not.toContain('40x10');
});

it.concurrent('answers queries only while no viewer has the lease, and never for a replay', async ({
  home,
  expect,
}) => {
  const one = home.spec(
    'stty raw -echo; printf "\\e[5n"; head -c 4 | xxd -p; printf "\\e[6"; sleep 0.1; printf n; head -c 6 | xxd -p; read -n 1; printf "\\e[5n"; read -t 1 -n 1 && echo ANSWERED || echo SILENCE',
  );
  await home.runtime.create(one);
  const { seen } = await home.view(one.terminal, { from: 0, lease: false });
  await until(() => seen.text.includes('1b5b313b3152'));
  const holder = await home.view(one.terminal, { from: 0, lease: true });
  await until(() => holder.seen.lease);
  await home.runtime.input(one.terminal, Buffer.from('x'));
  await until(() => seen.exit);
  expect([seen.text.includes('1b5b306e'), seen.text.includes('SILENCE')]).toEqual([true, true]);
});

it.concurrent('reports status: bell, title, offset, end', async ({ home, expect }) => {
  const one = home.spec('printf "\\e]0;working \\a"; printf "\\a"; read line');
  const statuses: { title: string | null; bellAt: number | null; offset: number; exit: unknown }[] = [];
  await home.runtime.create(one);
  const stop = home.runtime.onStatus((status) => status !== null && statuses.push(status));
  await until(() => statuses.at(-1)?.bellAt);
  expect(statuses.at(-1)).toMatchObject({ title: 'working', offset: 14, exit: null });
  await home.runtime.input(one.terminal, Buffer.from('\r'));
  await until(() => statuses.at(-1)?.exit);
  stop();
});

it.concurrent('reports a notice, and typing but not what an emulator sends by itself', async ({ home, expect }) => {
  const one = home.spec('stty -echo; printf "\\e]777;notify;Claude;needs you\\a"; read line');
  await home.runtime.create(one);
  const status = async () => {
    const listed = await home.runtime.list();
    return listed.ok ? listed.value[0] : undefined;
  };
  await expect.poll(status).toMatchObject({ notice: 'Claude: needs you', inputAt: null });
  await home.runtime.input(one.terminal, Buffer.from('\x1b[I\x1b[1;1R'));
  expect(await status()).toMatchObject({ inputAt: null });
  await home.runtime.input(one.terminal, Buffer.from('y'));
  const { noticeAt, inputAt } = (await status()) ?? {};
  expect([typeof noticeAt, (inputAt ?? 0) >= (noticeAt ?? Infinity)]).toEqual(['number', true]);
});

it.concurrent('kills the whole tree, also of a program whose child daemon holds the terminal', async ({
  home,
  expect,
}) => {
  const tag = `zoo-${process.pid}`;
  const daemon = `trap "" HUP TERM; exec -a ${tag} bash -c 'trap "" HUP TERM; while :; do sleep 1; done'`;
  const one = home.spec(
    `trap "" HUP TERM; setsid bash -c '${daemon.replaceAll("'", "'\\''")}' & echo up; while :; do sleep 1; done`,
  );
  await home.runtime.create(one);
  const { seen } = await home.view(one.terminal, { from: 'screen', lease: false });
  await until(() => seen.text.includes('up'));
  const report = await home.runtime.kill(one.terminal);
  expect(report).toMatchObject({ ok: true, value: { survivors: [], exit: { signal: 9 } } });
  expect(await processesMarked(one.terminal)).toEqual([]);
});

it.concurrent('tells and ends terminals whose host was killed', async ({ home, expect }) => {
  const one = home.spec('trap "" HUP TERM; echo history; while :; do sleep 1; done');
  await home.runtime.create(one);
  const { seen } = await home.view(one.terminal, { from: 'screen', lease: false });
  const history = { ok: true, value: 'history' };
  await expect.poll(() => home.runtime.output(one.terminal, 5)).toEqual(history);
  for (const pid of await home.hosts()) process.kill(pid, 'SIGKILL');
  await until(() => seen.closed);
  expect(await home.runtime.probe(one.terminal)).toEqual({ kind: 'alive', pid: expect.any(Number) });
  expect((await home.runtime.forget(one.terminal)).ok).toBe(false);
  expect(await home.runtime.output(one.terminal, 5)).toEqual(history);
  expect(await home.runtime.kill(one.terminal)).toEqual({ ok: true, value: { exit: null, survivors: [] } });
  expect(await processesMarked(one.terminal)).toEqual([]);
  expect(await home.runtime.probe(one.terminal)).toEqual({ kind: 'ended', exit: null });
  expect(await home.runtime.forget(one.terminal)).toEqual({ ok: true, value: null });
});

it.concurrent('shows what a terminal printed whose host was killed and whose program ended with it', async ({
  home,
  expect,
}) => {
  const one = home.spec('echo history; exec sleep 60');
  const created = await home.runtime.create(one);
  const before = await home.view(one.terminal, { from: 'screen', lease: false });
  await expect.poll(() => home.runtime.output(one.terminal, 5)).toEqual({ ok: true, value: 'history' });
  for (const pid of await home.hosts()) process.kill(pid, 'SIGKILL');
  await until(() => before.seen.closed);
  await expect.poll(() => home.runtime.probe(one.terminal)).toEqual({ kind: 'ended', exit: null });
  const after = await home.view(one.terminal, { from: 'screen', lease: false });
  await until(() => after.seen.exit);
  expect([created.ok, after.seen.text, after.seen.exit]).toEqual([
    true,
    'history\r\n',
    { code: null, signal: null, at: expect.any(Number) },
  ]);
});

it.concurrent('shows a terminal that ended under an earlier host, and forgets it when told', async ({
  home,
  expect,
}) => {
  const one = home.spec('for i in {1..30}; do echo line $i; done');
  await home.runtime.create(one);
  const before = await home.view(one.terminal, { from: 0, lease: false });
  await until(() => before.seen.exit);
  home.runtime.close();
  await expect.poll(() => home.hosts()).toEqual([]);
  const later = home.client();
  expect(await later.output(one.terminal, 2)).toEqual({ ok: true, value: 'line 29\nline 30' });
  const after = await home.view(one.terminal, { from: 'screen', lease: false }, { through: later });
  await until(() => after.seen.exit);
  expect(after.seen.text).toBe(before.seen.text);
  expect(await later.forget(one.terminal)).toEqual({ ok: true, value: null });
  expect(await later.probe(one.terminal)).toMatchObject({ kind: 'unknown' });
});

async function processesMarked(terminal: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const marked = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      const state = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ') Z ');
      return environment.includes(`ATHENE_TERMINAL=${terminal}\0`) && !/\) [ZX] /.test(state) ? [pid] : [];
    }),
  );
  return marked.flat();
}
