import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { ListeningPorts, parseLsof, parseSockets } from './listening-ports.ts';
import { identityOf } from './process-identity.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Listens on each of the addresses, on ports of the system's choice; closes them when told to. */
const program = `
const servers = process.argv.slice(1).map((host) => require('node:net').createServer().listen(0, host));
Promise.all(servers.map((each) => new Promise((done) => each.once('listening', done)))).then(() =>
  console.log(JSON.stringify(servers.map((each) => each.address().port))));
process.stdin.once('data', () => { for (const each of servers) each.close(); console.log('closed'); });
setInterval(() => {}, 60000);
`;

async function listenOn(...hosts: string[]) {
  const child = spawn(process.execPath, ['-e', program, ...hosts], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, process: identityOf(child.pid!)!, ports: JSON.parse(printed.toString()) as number[] };
}

describe.runIf(process.platform === 'linux')('ports', () => {
  it('are those on which the processes listen that are asked for, and nobody else', async () => {
    const [one, other] = [await listenOn('127.0.0.1', '0.0.0.0'), await listenOn('127.0.0.1')];
    const found = await new ListeningPorts().find([one.process]);
    expect(found).toEqual({
      listeners: expect.arrayContaining([
        { pid: one.process.pid, port: one.ports[0], address: '127.0.0.1' },
        { pid: one.process.pid, port: one.ports[1], address: '0.0.0.0' },
      ]),
      closed: new Set(),
      cannotTell: null,
    });
    expect(found.listeners.map(({ port }) => port)).not.toContain(other.ports[0]);
  });

  it('come and go, with the listener and with its process', async () => {
    const ports = new ListeningPorts();
    const one = await listenOn('127.0.0.1');
    const portsOf = async (...of: (typeof one)[]) =>
      (await ports.find(of.map(({ process: each }) => each))).listeners.map(({ port }) => port);
    expect(await portsOf(one)).toEqual(one.ports);
    const two = await listenOn('127.0.0.1');
    expect(new Set(await portsOf(one, two))).toEqual(new Set([...one.ports, ...two.ports]));
    one.child.stdin.write('close\n');
    await once(one.child.stdout, 'data');
    expect(await portsOf(one, two)).toEqual(two.ports);
    two.child.kill('SIGKILL');
    await once(two.child, 'exit');
    expect(await portsOf(one)).toEqual([]);
  });
});

it('the kernel’s table is read with both kinds of addresses, and only of sockets that listen', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 111 1 0 100 0 0 10 0
   1: 0100007F:1F91 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 222 1 0 100 0 0 10 0
   2: 00000000000000000000000001000000:0BB8 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 1000 0 333 1 0
   3: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 1000 0 444 1 0`;
  expect(Object.fromEntries(parseSockets(table))).toEqual({
    111: { address: '127.0.0.1', port: 8080 },
    333: { address: '::1', port: 3000 },
    444: { address: '::', port: 80 },
  });
});

it('what lsof prints is read', () => {
  expect(parseLsof('p12\nf3\nn127.0.0.1:8080\nf4\nn[::1]:80\np13\nf5\nn*:443\n')).toEqual([
    { pid: 12, address: '127.0.0.1', port: 8080 },
    { pid: 12, address: '::1', port: 80 },
    { pid: 13, address: '*', port: 443 },
  ]);
});
