// The door to the machine's ports: does somebody listen there? Asked by listening oneself for a moment, on loopback only.
import { createServer } from 'node:net';
import type { PortBlock } from '#shared/domain/ports.ts';
import { faultPoint } from './fault-points.ts';
import { codeOf } from './files.ts';

export type PortProbe = 'free' | 'taken' | 'unknown';

/** `taken` when one of the block's ports is; `free` when all provably are. Never rejects. */
export async function probePorts({ base, count }: PortBlock): Promise<PortProbe> {
  try {
    faultPoint('net', 'listen');
  } catch {
    return 'unknown';
  }
  const ports = Array.from({ length: count }, (_, index) => base + index);
  const asked = ports.flatMap((port) => [probe(port, '127.0.0.1'), probe(port, '::1')]);
  // A number that is no port can't even be asked for.
  const probes = await Promise.all(asked.map((answer) => answer.catch((): PortProbe => 'unknown')));
  if (probes.includes('taken')) return 'taken';
  return probes.includes('unknown') ? 'unknown' : 'free';
}

/** A machine without IPv6 has nobody listening on it. */
const noSuchAddress = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

function probe(port: number, host: string): Promise<PortProbe> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = codeOf(error);
      if (code === 'EADDRINUSE') resolve('taken');
      else resolve(host === '::1' && noSuchAddress.has(code) ? 'free' : 'unknown');
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('free')));
  });
}
